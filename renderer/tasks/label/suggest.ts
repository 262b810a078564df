// Suggests a first labelling of a dataset of texts with labels for their words or letters. Pure.
import type { DatasetSummary } from '../../../engine/contract/datasets/dataset.ts';
import { completeExperiment } from '../../../engine/defaults/experiment.ts';
import type { Draft } from '../../features/design/draft.ts';
import { draftName } from '../draft-name.ts';

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

/** `tagged labels gru 64` */
export const labelName = (draft: Draft): string => draftName(draft, ['labels']);
