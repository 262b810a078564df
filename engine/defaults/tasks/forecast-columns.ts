// Inputs and pipeline of a forecast that leaves them out, by the columns of its data.
import type { DatasetFacts } from '../../contract/datasets/dataset.ts';
import { isFields, type RecordedFields } from '../../contract/values/fields.ts';

export type Columns = NonNullable<DatasetFacts['columns']>;

/** Columns beyond these are noise more often than news. */
const MOST_INPUTS = 8;

/** What is measured every day tells of each other; prices, and series with a longer season, are forecast from themselves. */
export function inputsFor(
  { task, model, pipeline }: RecordedFields,
  columns: Columns,
  isEveryDay: boolean,
): unknown {
  const targets: unknown = isFields(task) ? task.targets : undefined;
  if (!Array.isArray(targets)) return targets;
  const others = columns
    .filter(({ kind }) => kind !== 'category' || readsCategories(pipeline))
    .map(({ name }) => name)
    .filter((name) => !targets.includes(name));
  const isByItself = isFields(model) && model.channelIndependent === true;
  return isEveryDay && !isByItself && others.length < MOST_INPUTS ? [...targets, ...others] : targets;
}

/** Without that step a category is no number. */
const readsCategories = (pipeline: unknown): boolean =>
  !Array.isArray(pipeline) || pipeline.some((step) => isFields(step) && step.step === 'one-hot');

const isWalking = ({ walks }: Columns[number]): boolean => walks === true;

/** Whether all targets walk: the best first guess is that nothing changes, and little more can be learned. */
export const isWalk = (targets: unknown, columns: Columns): boolean =>
  Array.isArray(targets) &&
  targets.length > 0 &&
  targets.every((target) => columns.some((column) => column.name === target && isWalking(column)));

/**
 * A model that must forecast levels does worse than the last value on most series: it is given changes from the last row, and of columns
 * that walk by shares of their level, such as prices, changes of the logarithm.
 */
export function pipelineFor(used: readonly unknown[], columns: Columns): RecordedFields[] {
  const walking = columns
    .filter((column) => isWalking(column) && used.includes(column.name))
    .map(({ name }) => name);
  return [
    { step: 'fill', method: 'forward' },
    ...(columns.some(({ kind }) => kind === 'category') ? [{ step: 'one-hot' }] : []),
    ...(walking.length > 0 ? [{ step: 'log', columns: walking }] : []),
    { step: 'standardize', scope: 'series' },
    { step: 'subtract-last' },
  ];
}
