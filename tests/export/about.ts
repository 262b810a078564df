// The origin in the card of an exported model, for tests without a run.
import type { ExportedRun } from '../../engine/contract/processes/jobs/export.ts';

export const ABOUT: ExportedRun = {
  name: 'made',
  description: 'Made for a test.',
  training: {
    dataset: 'made',
    datasetVersion: 1,
    dataHash: '0'.repeat(64),
    fingerprint: null,
    weightsHash: null,
    seed: 1,
  },
  trainedOn: { dataset: 'made', reading: {}, series: [{ name: 'one', frequency: '1 day' }] },
  scores: [],
};
