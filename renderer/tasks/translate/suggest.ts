// Suggests a first translator of a dataset of pairs. Pure.
import type { DatasetSummary } from '../../../engine/contract/datasets/dataset.ts';
import { completeExperiment } from '../../../engine/defaults/experiment.ts';
import { type Draft, valueAt } from '../../features/design/draft.ts';

export function suggestTranslate(dataset: DatasetSummary): Draft {
  const draft = {
    name: '',
    dataset: { name: dataset.name },
    task: { kind: 'translate' },
    model: { kind: 'encoder-decoder' },
    seed: 1,
  };
  const complete = completeExperiment(draft, dataset) as Draft;
  return { ...complete, name: translateName(complete) };
}

/** `dates encoder-decoder 128 without attention`: the data, the model, its size, and what it lacks. */
export function translateName(draft: Draft): string {
  const parts = [
    valueAt(draft, 'dataset.name'),
    valueAt(draft, 'model.kind'),
    valueAt(draft, 'model.units'),
    valueAt(draft, 'model.attention') === false ? 'without attention' : '',
  ];
  return parts.filter((part) => part !== undefined && part !== null && part !== '').join(' ');
}
