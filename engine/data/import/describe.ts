// Describes the series of an import: rows, span, frequency, and the statistics of each column.
import type { ColumnInfo, SeriesInfo } from '../../contract/dataset.ts';
import {
  addCodes,
  addValues,
  type ColumnStatistics,
  createStatistics,
  meanOf,
} from './columns/statistics.ts';
import type { Duck } from './source/duck.ts';
import { readColumnGroups, seriesCutter, type TypedColumn } from './table/typed-table.ts';
import { describeSteps } from './time/frequency.ts';

type Span = Omit<SeriesInfo, 'columns'>;

/** Spans of the series that have rows; `names` by number of the series in `placed`. */
export async function describeSpans(duck: Duck, names: readonly string[]): Promise<Span[]> {
  const counts = await duck.rows('SELECT s, count(*) FROM placed GROUP BY s ORDER BY s');
  const rows = counts.map(([, count]) => Number(count));
  const spans: Span[] = [];
  const cut = seriesCutter(rows);
  let steps = new Float64Array(0);
  let startUs = 0;
  let previous = 0;
  for await (const block of duck.blocks('SELECT t FROM placed')) {
    const times = block.int64(0);
    for (const { series, from, to, row } of cut(block.rows)) {
      if (row === 0) {
        steps = new Float64Array((rows[series] ?? 1) - 1);
        startUs = Number(times[from]);
      }
      for (let i = from; i < to; i++) {
        const time = Number(times[i]);
        if (row + i - from > 0) steps[row + i - from - 1] = time - previous;
        previous = time;
      }
      if (row + to - from === rows[series]) {
        const name = names[Number(counts[series]?.[0])] ?? '';
        spans.push({ name, rows: rows[series] ?? 0, startUs, endUs: previous, ...describeSteps(steps) });
      }
    }
  }
  return spans;
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

/** Reads all values once. `progress` gets the share that is done, 0 to 1. */
export async function describeSeries(
  duck: Duck,
  spans: readonly Span[],
  columns: readonly TypedColumn[],
  progress: (share: number) => void,
): Promise<{ readonly series: SeriesInfo[]; readonly statistics: readonly (readonly ColumnStatistics[])[] }> {
  const statistics = spans.map(() => columns.map(createStatistics));
  const rows = spans.map((span) => span.rows);
  for await (const { firstColumn, count, blocks } of readColumnGroups(duck, columns)) {
    const cut = seriesCutter(rows);
    for await (const block of blocks) {
      const pieces = cut(block.rows);
      for (let i = 0; i < count; i++) {
        const isNumeric = columns[firstColumn + i]?.kind === 'numeric';
        const values = isNumeric ? block.float64(i) : block.int32(i);
        for (const { series, from, to } of pieces) {
          const into = statistics[series]?.[firstColumn + i] as ColumnStatistics;
          if (values instanceof Float64Array) addValues(into, values, from, to);
          else addCodes(into, values, from, to);
        }
      }
    }
    progress((firstColumn + count) / columns.length);
  }
  const series = spans.map((span, place) => ({
    ...span,
    columns: columns.map((column, i) => columnInfo(column, statistics[place]?.[i] as ColumnStatistics)),
  }));
  return { series, statistics };
}
