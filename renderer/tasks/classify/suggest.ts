// Suggests a first classification of a dataset of samples. Pure.
import type { DatasetSummary } from '../../../engine/contract/dataset.ts';
import { completeExperiment } from '../../../engine/defaults/experiment.ts';
import { type Draft, valueAt } from '../../features/design/draft.ts';

export function suggestClassify(dataset: DatasetSummary): Draft {
  const draft = {
    name: '',
    dataset: { name: dataset.name },
    task: { kind: 'classify' },
    model: { kind: isOfImages(dataset) ? 'dense' : 'gru' },
    seed: 1,
  };
  const complete = completeExperiment(draft, dataset) as Draft;
  return { ...complete, name: classifyName(complete) };
}

/** Of these a convolution says more than one patch after the other. */
const isOfImages = ({ samples, columns }: DatasetSummary): boolean =>
  columns.find(({ name }) => name === samples?.input)?.kind === 'image';

/** `label gru 64`: what is said, the model and its size. */
export function classifyName(draft: Draft): string {
  const parts = [valueAt(draft, 'task.label'), valueAt(draft, 'model.kind'), valueAt(draft, 'model.units')];
  return parts.filter((part) => part !== undefined && part !== null && part !== '').join(' ');
}
