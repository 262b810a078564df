// Describes the series of an import: rows, time span, frequency, and the statistics of each column.
import type { ColumnInfo, SeriesInfo } from '../../../contract/datasets/dataset.ts';
import { FATE_OF_GAPS, IN_TIME } from '../../../contract/runs/note-words.ts';
import { forPieces } from '../../pieces.ts';
import { addToExtremes, createExtremes, type Extremes, FEWEST_VALUES } from '../../spikes.ts';
import { describeGaps, findGaps, type TimeGaps } from '../../time-grid.ts';
import { evenStep, stepNumbers } from '../../time-numbers.ts';
import {
  addCodes,
  addValues,
  type ColumnStatistics,
  createStatistics,
  meanOf,
} from '../columns/statistics.ts';
import { addToWalk, createWalk, walksByShares } from '../columns/walks.ts';
import type { Placed, PlacedPart, Values } from '../rows/placed.ts';
import type { TypedColumn } from '../table/typed-table.ts';
import { describeSteps } from '../time/frequency.ts';

type Span = Omit<SeriesInfo, 'columns'>;

/** Of steps that are all alike a few tell as much as all. */
const FEW_STEPS = 10;

/** Series whose gaps have a note each; of more of them there is one note. */
const MOST_GAP_NOTES = 5;

export interface DescribedSpans {
  readonly spans: readonly Span[];
  /** By series. */
  readonly gaps: readonly TimeGaps[];
  /** Gaps in time, in words. */
  readonly notes: readonly string[];
}

/** Spans of the series that have rows, and their gaps. */
export function describeSpans({ parts, times }: Placed, names: readonly string[]): DescribedSpans {
  const notes: string[] = [];
  const gaps: TimeGaps[] = [];
  const spans = parts.map(({ series, from, rows }): Span => {
    const own = times.subarray(from, from + rows);
    const name = names[series] ?? '';
    const found = findGaps(own);
    const gap = describeGaps(own, found);
    gaps.push(found);
    if (gap !== null) notes.push(`Series "${name}" has ${gap}.`);
    return { name, ...describeTimes(own) };
  });
  return { spans, gaps, notes: gapNotes(notes) };
}

/** `times`: [rows] microseconds UTC, at least one. */
function describeTimes(times: BigInt64Array): Omit<Span, 'name'> {
  const [startUs, endUs] = [Number(times[0]), Number(times.at(-1))];
  const even = evenStep(times);
  const steps =
    even === null ? stepNumbers(times) : new Float64Array(Math.min(FEW_STEPS, times.length - 1)).fill(even);
  return { rows: times.length, startUs, endUs, ...describeSteps(steps) };
}

function gapNotes(gaps: readonly string[]): string[] {
  if (gaps.length === 0) return [];
  const more = gaps.length - MOST_GAP_NOTES;
  const others = more > 0 ? [`${more.toLocaleString('en-US')} more series have gaps ${IN_TIME}.`] : [];
  const fate = `${FATE_OF_GAPS} for missing values, and windows cross no long gap (task.gaps).`;
  return [...gaps.slice(0, MOST_GAP_NOTES), ...others, fate];
}

function columnInfo({ name, kind, categories }: TypedColumn, statistics: ColumnStatistics): ColumnInfo {
  const known = kind === 'numeric' && statistics.valid > 0;
  return {
    name,
    kind,
    missing: statistics.missing,
    min: known ? statistics.min : null,
    max: known ? statistics.max : null,
    mean: kind === 'numeric' ? meanOf(statistics) : null,
    categories: categories === null ? null : [...categories],
  };
}

export interface DescribedSeries {
  readonly series: SeriesInfo[];
  /** By series and column, as all that follows. */
  readonly statistics: readonly (readonly ColumnStatistics[])[];
  /** Null of a category column, and of a series with too few rows. */
  readonly extremes: readonly (readonly (Extremes | null)[])[];
  /** By column: whether most series walk by shares of their level. */
  readonly walks: readonly boolean[];
}

/** One column; by series. */
export interface DescribedColumn {
  readonly statistics: readonly ColumnStatistics[];
  /** Null of a category column, and of a series with too few rows. */
  readonly extremes: readonly (Extremes | null)[];
  /** Most series walk by shares of their level. */
  readonly walks: boolean;
}

export function describeColumn(parts: readonly PlacedPart[], values: Values): DescribedColumn {
  const described = parts.map((part) => describePart(part, values));
  return {
    statistics: described.map(({ statistics }) => statistics),
    extremes: described.map(({ extremes }) => extremes),
    walks: 2 * described.filter(({ walks }) => walks).length > parts.length,
  };
}

function describePart({ from, rows }: PlacedPart, values: Values) {
  const statistics = createStatistics();
  const to = from + rows;
  if (values instanceof Int32Array) {
    addCodes(statistics, values, from, to);
    return { statistics, extremes: null, walks: false };
  }
  const extremes = rows >= FEWEST_VALUES ? createExtremes() : null;
  const walk = createWalk(rows);
  forPieces(from, to, (first, end) => {
    const piece = { from: first, to: end, row: first - from };
    addValues(statistics, values, first, end);
    if (extremes !== null) addToExtremes(extremes, values, piece);
    addToWalk(walk, values, piece);
  });
  return { statistics, extremes, walks: walksByShares(walk) };
}

/** `spans`: of the parts; `described`: of the columns. */
export function describeSeries(
  spans: readonly Span[],
  columns: readonly TypedColumn[],
  described: readonly DescribedColumn[],
): DescribedSeries {
  return {
    series: spans.map((span, series) => ({
      ...span,
      columns: columns.map((column, i) => columnInfo(column, described[i]!.statistics[series]!)),
    })),
    statistics: spans.map((_, series) => described.map(({ statistics }) => statistics[series]!)),
    extremes: spans.map((_, series) => described.map(({ extremes }) => extremes[series]!)),
    walks: described.map(({ walks }) => walks),
  };
}
