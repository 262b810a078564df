// What a card says of the run it comes from, in tests that have none.
import type { ExportedRun } from '../../engine/contract/processes/jobs.ts';

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
