// Suggests a first experiment of a dataset of samples. Pure.
import type { DatasetSummary } from '../../../engine/contract/dataset.ts';
import { completeExperiment } from '../../../engine/defaults/experiment.ts';
import { type Draft, valueAt } from '../../features/design/draft.ts';

export function suggestTag(dataset: DatasetSummary): Draft {
  const draft = {
    name: '',
    dataset: { name: dataset.name },
    task: { kind: 'tag' },
    model: { kind: 'gru' },
    seed: 1,
  };
  const complete = completeExperiment(draft, dataset) as Draft;
  return { ...complete, name: tagName(complete) };
}

/** What is said, the model and its size. */
export function tagName(draft: Draft): string {
  const parts = [valueAt(draft, 'task.labels'), valueAt(draft, 'model.kind'), valueAt(draft, 'model.units')];
  return parts.filter((part) => part !== undefined && part !== null && part !== '').join(' ');
}
