// Suggests a first language model of a dataset of texts. Pure.
import type { DatasetSummary } from '../../../engine/contract/datasets/dataset.ts';
import { completeExperiment } from '../../../engine/defaults/experiment.ts';
import { type Draft, valueAt } from '../../features/design/draft.ts';
import { draftName } from '../draft-name.ts';

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

/** `moby-dick characters lstm 128` */
export const generateName = (draft: Draft): string =>
  draftName(draft, [valueAt(draft, 'task.tokens.by') ?? 'characters']);
