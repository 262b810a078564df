// Describes the series of an import: rows, time span, frequency, and the statistics of each column.
import type { ColumnInfo, SeriesInfo } from '../../contract/dataset.ts';
import { FATE_OF_GAPS, IN_TIME } from '../../contract/note-words.ts';
import { addToExtremes, createExtremes, type Extremes, FEWEST_VALUES } from '../spikes.ts';
import { describeGaps, findGaps } from '../time-grid.ts';
import {
  addCodes,
  addValues,
  type ColumnStatistics,
  createStatistics,
  meanOf,
} from './columns/statistics.ts';
import { addToWalk, createWalk, type Walk, walksByShares } from './columns/walks.ts';
import type { Duck } from './source/duck.ts';
import { readColumnGroups, seriesCutter, type TypedColumn } from './table/typed-table.ts';
import { describeSteps } from './time/frequency.ts';

type Span = Omit<SeriesInfo, 'columns'>;

/** Series whose gaps have a note each; of more of them there is one note. */
const MOST_GAP_NOTES = 5;

export interface DescribedSpans {
  readonly spans: readonly Span[];
  /** Gaps in time, in words. */
  readonly notes: readonly string[];
}

/** Spans of the series that have rows, and their gaps; `names` by number of the series in `placed`. */
export async function describeSpans(duck: Duck, names: readonly string[]): Promise<DescribedSpans> {
  const counts = await duck.rows('SELECT s, count(*) FROM placed GROUP BY s ORDER BY s');
  const rows = counts.map(([, count]) => Number(count));
  const spans: Span[] = [];
  const gaps: string[] = [];
  const cut = seriesCutter(rows);
  let times = new BigInt64Array(0);
  for await (const block of duck.blocks('SELECT t FROM placed')) {
    const inBlock = block.int64(0);
    for (const { series, from, to, row } of cut(block.rows)) {
      if (row === 0) times = new BigInt64Array(rows[series] ?? 0);
      times.set(inBlock.subarray(from, to), row);
      if (row + to - from < times.length) continue;
      const name = names[Number(counts[series]?.[0])] ?? '';
      spans.push({ name, ...describeTimes(times) });
      const gap = describeGaps(times, findGaps(times));
      if (gap !== null) gaps.push(`Series "${name}" has ${gap}.`);
    }
  }
  return { spans, notes: gapNotes(gaps) };
}

/** `times`: [rows] microseconds UTC, at least one. */
function describeTimes(times: BigInt64Array): Omit<Span, 'name'> {
  const steps = new Float64Array(times.length - 1);
  for (let row = 1; row < times.length; row++) steps[row - 1] = Number(times[row]! - times[row - 1]!);
  const [startUs, endUs] = [Number(times[0]), Number(times.at(-1))];
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

/** Reads all values once. `progress` gets the share that is done, 0 to 1. */
export async function describeSeries(
  duck: Duck,
  spans: readonly Span[],
  columns: readonly TypedColumn[],
  progress: (share: number) => void,
): Promise<DescribedSeries> {
  const statistics = spans.map(() => columns.map(createStatistics));
  const extremes = spans.map((span) =>
    columns.map(({ kind }) => (kind === 'numeric' && span.rows >= FEWEST_VALUES ? createExtremes() : null)),
  );
  const walks = spans.map((span) =>
    columns.map(({ kind }) => createWalk(kind === 'numeric' ? span.rows : 0)),
  );
  const rows = spans.map((span) => span.rows);
  for await (const { firstColumn, count, blocks } of readColumnGroups(duck, columns)) {
    const cut = seriesCutter(rows);
    for await (const block of blocks) {
      const pieces = cut(block.rows);
      for (let i = 0; i < count; i++) {
        const isNumeric = columns[firstColumn + i]?.kind === 'numeric';
        const values = isNumeric ? block.float64(i) : block.int32(i);
        for (const { series, from, to, row } of pieces) {
          const into = statistics[series]?.[firstColumn + i] as ColumnStatistics;
          if (values instanceof Float64Array) {
            addValues(into, values, from, to);
            const ends = extremes[series]?.[firstColumn + i];
            if (ends) addToExtremes(ends, values, { from, to, row });
            addToWalk(walks[series]?.[firstColumn + i] as Walk, values, { from, to, row });
          } else addCodes(into, values, from, to);
        }
      }
    }
    progress((firstColumn + count) / columns.length);
  }
  const series = spans.map((span, index) => ({
    ...span,
    columns: columns.map((column, i) => columnInfo(column, statistics[index]?.[i] as ColumnStatistics)),
  }));
  const isWalk = columns.map(({ kind }, i) => {
    if (kind !== 'numeric') return false;
    return 2 * walks.filter((columns) => walksByShares(columns[i] as Walk)).length > walks.length;
  });
  return { series, statistics, extremes, walks: isWalk };
}
