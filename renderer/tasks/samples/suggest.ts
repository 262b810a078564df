// Suggests a first experiment of a dataset of samples, and names what comes of it. Pure.
import type { DatasetSummary } from '../../../engine/contract/datasets/dataset.ts';
import type { Task } from '../../../engine/contract/tasks/task.ts';
import { completeExperiment } from '../../../engine/defaults/experiment.ts';
import { suitRuns } from '../../../engine/defaults/tasks/classify.ts';
import { type Draft, valueAt } from '../../features/design/draft.ts';
import { draftName } from '../draft-name.ts';
import type { TaskScreens } from '../task-screens.ts';

interface Said {
  readonly kind: Task['kind'];
  /** The field that names the column of what is said. */
  readonly field: string;
}

/** All that read a sample as a whole. */
const MODELS: NonNullable<TaskScreens['models']> = ['lstm', 'gru', 'rnn', 'attention', 'dense', 'linear'];

export function draftsOf({ kind, field }: Said): Pick<TaskScreens, 'suggest' | 'nameOf' | 'models'> {
  /** `mails label gru 64` */
  const nameOf = (draft: Draft): string => draftName(draft, [valueAt(draft, field)]);
  return {
    models: MODELS,
    nameOf,
    suggest(dataset) {
      const draft = {
        name: '',
        dataset: { name: dataset.name },
        task: { kind },
        model: { kind: isReadAtOnce(dataset) ? 'dense' : 'gru' },
        seed: 1,
      };
      const complete = completeExperiment(draft, dataset) as Draft;
      return { ...complete, name: nameOf(complete) };
    },
  };
}

/**
 * Of images a convolution says more than one patch after the other, of short texts runs of letters more than letters; of one step there is
 * nothing to remember.
 */
function isReadAtOnce({ samples, columns }: DatasetSummary): boolean {
  const isInput = ({ name }: { readonly name: string }) => name === samples?.input;
  const steps = samples?.columns.find(isInput);
  const isImage = columns.find(isInput)?.kind === 'image';
  return isImage || suitRuns(samples) || (steps?.kind === 'sequence' && (steps.max ?? 0) <= 1);
}
