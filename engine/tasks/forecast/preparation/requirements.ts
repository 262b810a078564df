// Requirements that an experiment's data must meet before anything is fitted: existing series and columns, and enough rows for a
// window.

import type { Evaluation } from '../../../contract/experiment/experiment.ts';
import type { Split } from '../../../contract/experiment/split.ts';
import type { ForecastTask } from '../../../contract/tasks/forecast.ts';
import { HindcastError } from '../../../contract/values/errors.ts';
import { countText, rowsText } from '../../../data/count-text.ts';
import { didYouMean, nameList } from '../../../data/pipeline/did-you-mean.ts';
import type { Part, PreparedForecast, WindowSet } from '../../../data/prepared.ts';
import type { Series } from '../../../data/series.ts';
import type { PartRanges } from '../../../data/split.ts';
import { crossedGap } from '../../../data/time-grid.ts';
import { scoredWindows } from '../../../data/windows.ts';

export const PARTS: readonly Part[] = ['train', 'validation', 'test'];
const PART_NAMES = { train: 'training', validation: 'validation', test: 'test' } as const;

/** The series that the task names, in the order of the dataset. Error: `not-found`. */
export function chooseSeries(
  task: ForecastTask,
  series: readonly Series[],
  datasetName: string,
): readonly Series[] {
  const names = series.map((candidate) => candidate.name);
  if (series.length === 0) {
    throw new HindcastError('too-few-rows', `${datasetName} holds no series; import data with rows.`);
  }
  const unknown = task.series?.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    const message = `${datasetName} has no series "${unknown}"${didYouMean(unknown, names)}, which task.series names; its series are ${nameList(names)}.`;
    throw new HindcastError('not-found', message, { details: { field: 'task.series', series: unknown } });
  }
  return task.series === undefined
    ? series
    : series.filter((candidate) => task.series!.includes(candidate.name));
}

/** Error: `invalid-input` where a list names a column twice. */
export function requireDistinct(names: readonly string[], field: string): void {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice === undefined) return;
  const message = `${field} names the column "${twice}" twice; take one of them out.`;
  throw new HindcastError('invalid-input', message, { details: { field, column: twice } });
}

export interface WindowRequirements {
  readonly task: ForecastTask;
  readonly evaluation: Evaluation;
  readonly split: Split;
  readonly datasetName: string;
  /** By series. */
  readonly splits: readonly PartRanges[];
  /** Rows were put into gaps in time. */
  readonly isGappy: boolean;
  readonly windows: Readonly<Record<Part, WindowSet>>;
}

/** Errors: `too-few-rows` where a part has no window, `invalid-input` where every test window would be dropped. */
export function requireWindows(requirements: WindowRequirements): void {
  const { windows, evaluation } = requirements;
  for (const part of PARTS) {
    if (windows[part].count === 0) throw noWindow(part, requirements);
  }
  const size = evaluation.dropPartialBatchOf;
  if (size === undefined || scoredWindows(windows.test, evaluation) > 0) return;
  const message = `evaluation.dropPartialBatchOf is ${size}, but the test part has only ${countText(windows.test.count)} windows, so none would be scored; lower it or leave it out.`;
  throw new HindcastError('invalid-input', message, { details: { field: 'evaluation.dropPartialBatchOf' } });
}

/** Fields of the split that keep rows out of all parts, where they do. */
function rowsKeptOut(split: Split): string[] {
  if (split.kind !== 'count') return [];
  const { skip = 0, embargo = 0 } = split;
  return [...(embargo > 0 ? ['split.embargo'] : []), ...(skip > 0 ? ['split.skip'] : [])];
}

function noWindow(
  part: Part,
  { task, split, datasetName, splits, isGappy }: WindowRequirements,
): HindcastError {
  const { lookback, horizon } = task;
  const most = Math.max(...splits.map((split) => split[part].to - split[part].from));
  const inAll = Math.max(...splits.map((split) => split.test.to));
  const needed = part === 'train' ? lookback + horizon : horizon;
  const has = `the ${PART_NAMES[part]} part of ${datasetName} has ${rowsText(most)} (of ${countText(inAll)})`;
  const details = { part, rows: most, needed, lookback, horizon };
  if (most >= needed) {
    const crossed = crossedGap(task);
    const gaps = isGappy ? ` without a gap longer than ${rowsText(crossed)} (task.crossGaps)` : '';
    const cross = isGappy
      ? ', lower task.lookback, raise task.crossGaps with the step fill in the pipeline'
      : '';
    const message = `No window of the ${PART_NAMES[part]} part of ${datasetName} has a known target${gaps}; correct the target columns${cross}, or move the split.`;
    return new HindcastError('too-few-rows', message, { details: { ...details, field: 'task.targets' } });
  }
  const sum =
    part === 'train'
      ? `look-back ${countText(lookback)} + horizon ${countText(horizon)} = ${countText(needed)}`
      : `horizon = ${countText(needed)}`;
  const keptOut = rowsKeptOut(split);
  const ofTask = part === 'train' ? ['task.lookback', 'task.horizon'] : ['task.horizon'];
  const lower = [...keptOut, ...ofTask].join(' or ');
  const count = splits.length > 1 ? ' in its longest series' : '';
  const message = `Too few rows: ${has}${count}, but a window needs ${sum}; lower ${lower}, or move the split.`;
  const [first] = keptOut;
  const field =
    first ??
    (needed <= FAIR_SHARE[part] * inAll
      ? 'split'
      : part === 'train' && lookback > horizon
        ? 'task.lookback'
        : 'task.horizon');
  return new HindcastError('too-few-rows', message, { details: { ...details, field } });
}

/** Of the rows, by part: a window that would fit into this much is kept out by the split. */
const FAIR_SHARE = { train: 0.7, validation: 0.15, test: 0.15 } as const;

const WITHOUT_TARGET = {
  validation: 'no epoch can be judged',
  test: 'there would be no score',
} as const;

/** Error: `too-few-rows` where no window that validation or test counts has a known target value. Asked before training begins. */
export function requireKnownTargets(
  { series, windows, horizon }: Pick<PreparedForecast, 'series' | 'windows' | 'horizon'>,
  evaluation: Evaluation,
): void {
  for (const part of ['validation', 'test'] as const) {
    const set = windows[part];
    const count = scoredWindows(set, evaluation);
    const isKnown = (window: number): boolean => {
      const first = set.origin[window]! + 1;
      const { actuals } = series[set.series[window]!]!;
      return actuals.some((values) =>
        values.subarray(first, first + horizon).some((value) => !Number.isNaN(value)),
      );
    };
    let window = 0;
    while (window < count && !isKnown(window)) window += 1;
    if (window < count) continue;
    throw new HindcastError(
      'too-few-rows',
      `None of the ${countText(count)} ${part} windows has a known target value, so ${WITHOUT_TARGET[part]}; choose another split or other targets.`,
      { details: { field: 'split', part, windows: count } },
    );
  }
}
