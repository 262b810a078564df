// Notes to the user about the data as it is used: a list that stays readable with any number of series.

import type { ForecastTask } from '../../../contract/tasks/forecast.ts';
import type { ForecastExperiment } from '../../../contract/tasks/forecast-experiment.ts';
import { countText, rowsText } from '../../../data/count-text.ts';
import { nameList } from '../../../data/pipeline/did-you-mean.ts';
import type { Part, PreparedSeries, SeriesTarget, WindowSet } from '../../../data/prepared.ts';
import type { Series } from '../../../data/series.ts';
import { crossedGap, describeGaps, findGaps } from '../../../data/time-grid.ts';
import { PARTS } from '../preparation/requirements.ts';

const MOST = 40;

export interface Notes {
  /** Null adds nothing. */
  readonly add: (text: string | null) => void;
  /** In order, the first 40 and how many more there were. */
  readonly list: () => string[];
}

export function createNotes(): Notes {
  const texts: string[] = [];
  return {
    add: (text) => {
      if (text !== null) texts.push(text);
    },
    list: () => {
      const more = texts.length - MOST;
      return more > 0 ? [...texts.slice(0, MOST), `And ${more} more notes of this kind.`] : texts;
    },
  };
}

export interface NotedData {
  readonly experiment: ForecastExperiment;
  readonly series: readonly PreparedSeries[];
  readonly windows: Readonly<Record<Part, WindowSet>>;
  /** What the validation loss leaves out. */
  readonly unjudged: readonly SeriesTarget[];
}

/** Targets that are missing or constant, and series without windows. */
export function noteData(data: NotedData, notes: Notes): void {
  noteMissingTargets(data, notes);
  noteConstantTargets(data, notes);
  noteSeriesWithoutWindows(data, notes);
  noteStride(data, notes);
}

function noteStride({ experiment: { task }, windows: { train } }: NotedData, notes: Notes): void {
  if (task.stride === 1 || train.count > new Set(train.series).size) return;
  notes.add(
    `task.stride of ${rowsText(task.stride)} is longer than the training part: ${train.count === 1 ? 'one window trains' : 'one window of each series trains'}.`,
  );
}

/** Gaps in time of the series as imported, and what becomes of them; or that their steps are uneven. */
export function noteGaps(task: ForecastTask, series: readonly Series[], notes: Notes): void {
  const found = series.map(({ name, times }) => ({ name, times, ...findGaps(times) }));
  const uneven = found.filter(({ isRegular }) => !isRegular).map(({ name }) => name);
  const broken = found
    .map((one) => ({ ...one, missing: sum(one.gaps.map(({ missing }) => missing)) }))
    .filter(({ missing }) => missing > 0)
    .sort((one, other) => other.missing - one.missing);
  const [worst, ...others] = broken;
  if (worst !== undefined) {
    const { name, times } = worst;
    const what =
      others.length === 0
        ? `Series "${name}" has ${describeGaps(times, worst)}`
        : `${countText(broken.length)} of ${countText(series.length)} series have gaps in time (${rowsText(sum(broken.map(({ missing }) => missing)))} missing); most are missing in "${name}", which has ${describeGaps(times, worst)}`;
    notes.add(`${what}: ${fateOfGaps(task)}`);
  }
  if (uneven.length === 0) return;
  const names = nameList(uneven);
  notes.add(`The steps in time of ${names} are uneven: rows are neighbours whatever time lies between them.`);
}

function fateOfGaps({ gaps, crossGaps, lookback }: ForecastTask): string {
  if (gaps === 'rows') return 'the rows beside a gap are neighbours, since task.gaps is "rows".';
  const crossed = crossedGap({ crossGaps, lookback });
  const most = crossed === 0 ? 'no gap' : `no gap longer than ${rowsText(crossed)}`;
  return `these rows are missing values, and windows cross ${most}.`;
}

/** Series that a note about several of them names. */
const MOST_NAMED = 3;

function noteMissingTargets({ experiment, series }: NotedData, notes: Notes): void {
  const { targets } = experiment.task;
  const lacking = series
    .map(({ name, actuals }) => ({ name, rows: actuals[0]!.length, missing: actuals.map(countMissing) }))
    .filter(({ missing }) => missing.some((count) => count > 0));
  if (lacking.length > 1) {
    notes.add(`${lackInSeries(targets, lacking, series.length)}: they are neither trained on nor scored.`);
    return;
  }
  for (const { name, rows, missing } of lacking) {
    // Targets that lack equally many share a note: those of a synthetic task do.
    for (const count of new Set(missing.filter((number) => number > 0))) {
      const which = targets.filter((_, target) => missing[target] === count);
      const [noun, verb, each] = which.length > 1 ? ['targets', 'lack', ' each'] : ['target', 'lacks', ''];
      const lacks = `The ${noun} ${nameList(which)} of series "${name}" ${verb} ${countText(count)} of ${countText(rows)} values${each}`;
      notes.add(`${lacks}: they are neither trained on nor scored.`);
    }
  }
}

const countMissing = (values: ArrayLike<number>): number => {
  let count = 0;
  for (let row = 0; row < values.length; row += 1) if (Number.isNaN(values[row])) count += 1;
  return count;
};

interface LackingSeries {
  readonly name: string;
  readonly rows: number;
  /** [targets] */
  readonly missing: readonly number[];
}

/** One sentence for all series, with those that lack most. */
function lackInSeries(targets: readonly string[], lacking: readonly LackingSeries[], all: number): string {
  const which = targets.filter((_, target) => lacking.some(({ missing }) => missing[target]! > 0));
  const counted = lacking
    .map(({ name, rows, missing }) => ({ name, values: rows * which.length, count: sum(missing) }))
    .sort((one, other) => other.count - one.count);
  const [noun, verb] = which.length > 1 ? ['targets', 'lack'] : ['target', 'lacks'];
  const total = sum(counted.map(({ count }) => count));
  const values = sum(counted.map((one) => one.values));
  const named = counted.slice(0, MOST_NAMED).map(({ name, count }) => `"${name}" (${countText(count)})`);
  const most = counted.length > MOST_NAMED ? 'most in ' : 'in ';
  return `The ${noun} ${nameList(which)} ${verb} ${countText(total)} of ${countText(values)} values in ${countText(lacking.length)} of ${countText(all)} series, ${most}${named.slice(0, -1).join(', ')} and ${named.at(-1)}`;
}

const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);

/** One note for all series of a target that are left out for the same reason. */
function noteConstantTargets({ experiment, series, unjudged }: NotedData, notes: Notes): void {
  const { targets } = experiment.task;
  // A deviation of 0 divides nothing.
  const unscored =
    experiment.evaluation.scale === 'standardized' ? ', and its standardized score is left out' : '';
  targets.forEach((name, target) => {
    const constant = series.flatMap(({ trainStd }, index) => (trainStd[target] === 0 ? [index] : []));
    const isJudged = (index: number) =>
      !unjudged.some((one) => one.series === index && one.target === target);
    for (const indices of Map.groupBy(constant, isJudged).values()) {
      const which = `The target "${name}" of series ${nameList(indices.map((index) => series[index]!.name))}`;
      const isLeftOut = !isJudged(indices[0]!);
      notes.add(
        `${which} is constant in the training part: there is nothing to learn from${unscored}.${isLeftOut ? ` ${UNJUDGED}` : ''}`,
      );
    }
  });
}

const UNJUDGED =
  'The validation loss, by which the best epoch is chosen, leaves it out, since it could not be scaled and would count in its raw unit.';

/** One note for all parts that lack the same series. */
function noteSeriesWithoutWindows({ series, windows }: NotedData, notes: Notes): void {
  const absentFrom = (part: Part): string[] => {
    const present = new Set(windows[part].series);
    return series.filter((_, index) => !present.has(index)).map(({ name }) => name);
  };
  for (const parts of Map.groupBy(PARTS, (part) => JSON.stringify(absentFrom(part))).values()) {
    const absent = absentFrom(parts[0]!);
    if (absent.length === 0) continue;
    const count = `${countText(absent.length)} of ${countText(series.length)} series`;
    const where = parts.length === 1 ? `the part ${nameList(parts)}` : `the parts ${nameList(parts)}`;
    notes.add(`${count} have no window in ${where}: ${nameList(absent)}.`);
  }
}
