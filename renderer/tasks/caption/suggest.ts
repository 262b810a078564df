// Suggests a first writer of captions of a dataset of images with texts. Pure.
import type { DatasetSummary } from '../../../engine/contract/datasets/dataset.ts';
import { completeExperiment } from '../../../engine/defaults/experiment.ts';
import type { Draft } from '../../features/design/draft.ts';
import { draftName } from '../draft-name.ts';

export function suggestCaption(dataset: DatasetSummary): Draft {
  const draft = {
    name: '',
    dataset: { name: dataset.name },
    task: { kind: 'caption' },
    model: { kind: 'encoder-decoder' },
    seed: 1,
  };
  const complete = completeExperiment(draft, dataset) as Draft;
  return { ...complete, name: captionName(complete) };
}

/** `birds captions gru 128` */
export const captionName = (draft: Draft): string => draftName(draft, ['captions']);
