// Suggests a first writer of captions of a dataset of images with texts. Pure.
import type { DatasetSummary } from '../../../engine/contract/datasets/dataset.ts';
import { completeExperiment } from '../../../engine/defaults/experiment.ts';
import { type Draft, valueAt } from '../../features/design/draft.ts';

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

/** `caption gru 128`: what is written, the cell and its size. */
export function captionName(draft: Draft): string {
  const model = valueAt(draft, 'model.cell') ?? valueAt(draft, 'model.kind');
  const parts = [valueAt(draft, 'task.target'), model, valueAt(draft, 'model.units')];
  return parts.filter((part) => part !== undefined && part !== null && part !== '').join(' ');
}
