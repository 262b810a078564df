// Describes the series of an import: rows, time span, frequency, and the statistics of each column.
import type { ColumnInfo, SeriesInfo } from '../../contract/datasets/dataset.ts';
import { FATE_OF_GAPS, IN_TIME } from '../../contract/runs/note-words.ts';
import { forPieces } from '../pieces.ts';
import { addToExtremes, createExtremes, type Extremes, FEWEST_VALUES } from '../spikes.ts';
import { describeGaps, findGaps, type TimeGaps } from '../time-grid.ts';
import { evenStep, stepNumbers } from '../time-numbers.ts';
import {
  addCodes,
  addValues,
  type ColumnStatistics,
  createStatistics,
  meanOf,
} from './columns/statistics.ts';
import { addToWalk, createWalk, walksByShares } from './columns/walks.ts';
import type { Placed, PlacedPart, Values } from './rows/placed.ts';
import type { TypedColumn } from './table/typed-table.ts';
import { describeSteps } from './time/frequency.ts';

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

export interface Description {
  /** The values of one column; returns how many of each part are missing. */
  add(index: number, values: Values): number[];
  /** When all columns were added. */
  end(): DescribedSeries;
}

/** `spans`: of the parts. */
export function beginDescription(
  parts: readonly PlacedPart[],
  spans: readonly Span[],
  columns: readonly TypedColumn[],
): Description {
  const statistics = spans.map(() => columns.map(createStatistics));
  const extremes = spans.map(() => columns.map((): Extremes | null => null));
  const walks = columns.map(() => 0);
  return {
    add(index, values) {
      for (const [series, { from, rows }] of parts.entries()) {
        const into = statistics[series]![index]!;
        const to = from + rows;
        if (values instanceof Int32Array) {
          addCodes(into, values, from, to);
          continue;
        }
        const ends = rows >= FEWEST_VALUES ? createExtremes() : null;
        const walk = createWalk(rows);
        forPieces(from, to, (first, end) => {
          addValues(into, values, first, end);
          if (ends !== null) addToExtremes(ends, values, { from: first, to: end, row: first - from });
          addToWalk(walk, values, { from: first, to: end, row: first - from });
        });
        extremes[series]![index] = ends;
        if (walksByShares(walk)) walks[index]!++;
      }
      return statistics.map((ofSeries) => ofSeries[index]!.missing);
    },
    end: () => ({
      series: spans.map((span, series) => ({
        ...span,
        columns: columns.map((column, i) => columnInfo(column, statistics[series]![i]!)),
      })),
      statistics,
      extremes,
      walks: walks.map((count) => 2 * count > spans.length),
    }),
  };
}
