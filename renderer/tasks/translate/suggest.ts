// Suggests a first translator of a dataset of pairs. Pure.
import type { DatasetSummary } from '../../../engine/contract/datasets/dataset.ts';
import { completeExperiment } from '../../../engine/defaults/experiment.ts';
import { type Draft, valueAt } from '../../features/design/draft.ts';
import { draftName } from '../draft-name.ts';

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

/** `dates translations gru 128 without attention` */
export const translateName = (draft: Draft): string =>
  draftName(draft, ['translations'], valueAt(draft, 'model.attention') === false ? 'without attention' : '');
