// Suggests a first labelling of a dataset of texts with labels for their words or letters. Pure.
import type { DatasetSummary } from '../../../engine/contract/datasets/dataset.ts';
import { completeExperiment } from '../../../engine/defaults/experiment.ts';
import { type Draft, valueAt } from '../../features/design/draft.ts';

export function suggestLabel(dataset: DatasetSummary): Draft {
  const draft = {
    name: '',
    dataset: { name: dataset.name },
    task: { kind: 'label' },
    model: { kind: 'gru' },
    seed: 1,
  };
  const complete = completeExperiment(draft, dataset) as Draft;
  return { ...complete, name: labelName(complete) };
}

/** `target gru 64`: what is said, the model and its size. */
export function labelName(draft: Draft): string {
  const parts = [valueAt(draft, 'task.target'), valueAt(draft, 'model.kind'), valueAt(draft, 'model.units')];
  return parts.filter((part) => part !== undefined && part !== null && part !== '').join(' ');
}
