// Suggests a first forecast of frames of a dataset of videos. Pure.
import type { DatasetSummary } from '../../../engine/contract/datasets/dataset.ts';
import { completeExperiment } from '../../../engine/defaults/experiment.ts';
import { type Draft, valueAt } from '../../features/design/draft.ts';

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

/** `frames lstm 256`: what is said, the model and its size. */
export function videoName(draft: Draft): string {
  const parts = [valueAt(draft, 'task.input'), valueAt(draft, 'model.kind'), valueAt(draft, 'model.units')];
  return parts.filter((part) => part !== undefined && part !== null && part !== '').join(' ');
}
