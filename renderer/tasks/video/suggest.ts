// Suggests a first forecast of frames of a dataset of videos. Pure.
import type { DatasetSummary } from '../../../engine/contract/datasets/dataset.ts';
import { completeExperiment } from '../../../engine/defaults/experiment.ts';
import type { Draft } from '../../features/design/draft.ts';
import { draftName } from '../draft-name.ts';

export function suggestVideo(dataset: DatasetSummary): Draft {
  const draft = {
    name: '',
    dataset: { name: dataset.name },
    task: { kind: 'video' },
    model: { kind: 'lstm' },
    seed: 1,
  };
  const complete = completeExperiment(draft, dataset) as Draft;
  return { ...complete, name: videoName(complete) };
}

/** `balls frames lstm 256` */
export const videoName = (draft: Draft): string => draftName(draft, ['frames']);
