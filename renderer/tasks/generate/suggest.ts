// Suggests a first language model of a dataset of texts. Pure.
import type { DatasetSummary } from '../../../engine/contract/datasets/dataset.ts';
import { completeExperiment } from '../../../engine/defaults/experiment.ts';
import { type Draft, valueAt } from '../../features/design/draft.ts';

export function suggestGenerate(dataset: DatasetSummary): Draft {
  const draft = {
    name: '',
    dataset: { name: dataset.name },
    task: { kind: 'generate' },
    model: { kind: 'lstm' },
    seed: 1,
  };
  const complete = completeExperiment(draft, dataset) as Draft;
  return { ...complete, name: generateName(complete) };
}

/** `moby-dick characters lstm 128`: the data, the tokens, the model and its size. */
export function generateName(draft: Draft): string {
  const parts = [
    valueAt(draft, 'dataset.name'),
    valueAt(draft, 'task.tokens.by') ?? 'characters',
    valueAt(draft, 'model.kind'),
    valueAt(draft, 'model.units'),
  ];
  return parts.filter((part) => part !== undefined && part !== null && part !== '').join(' ');
}
