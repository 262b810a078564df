// The job `rows`: rows of a series that a filter keeps. One column is in memory at a time.
import type { Jobs } from '../../../contract/processes/jobs/table.ts';
import { parseFilter, testOf } from '../../../data/explore/row-filter.ts';
import { firstNotBefore } from '../../../data/first-not-before.ts';
import type { Job } from './job.ts';

/** [matching] rows in order. */
function select(rows: number, masks: readonly ((row: number) => boolean)[]): Int32Array {
  const kept = new Int32Array(rows);
  let count = 0;
  for (let row = 0; row < rows; row++) if (masks.every((mask) => mask(row))) kept[count++] = row;
  return kept.subarray(0, count);
}

export const rowsJob: Job<Jobs['rows']> = {
  async run(
    { workspacePath, datasetVersionId, series, columns, filter, fromUs, from, count },
    { openSource },
  ) {
    const source = await openSource(workspacePath, datasetVersionId);
    try {
      const [read] = await source.read({ series: [series], columns: [] });
      const times = read?.times ?? new BigInt64Array(0);
      let matching = select(times.length, []);
      for (const condition of parseFilter(filter, columns)) {
        const column = columns.find(({ name }) => name === condition.column)!;
        const meets = testOf(condition, column);
        const [values = new Float64Array(0)] = source.columns(series, [column.name]);
        matching = matching.filter((row) => meets(values[row]!));
      }
      const first =
        fromUs === undefined
          ? from
          : firstNotBefore(
              Float64Array.from(matching, (row) => Number(times[row])),
              fromUs,
            );
      const start = Math.max(0, Math.min(first, matching.length - 1));
      const shown = matching.subarray(start, start + count);
      const names = columns.map(({ name }) => name);
      const cells = Array.from(source.columns(series, names), (values, index) => {
        const { categories } = columns[index]!;
        return Array.from(shown, (row) => {
          const value = values[row]!;
          if (Number.isNaN(value)) return null;
          return categories === null ? value : (categories[value] ?? null);
        });
      });
      return {
        columns: columns.map(({ name, categories }) => ({
          name,
          kind: categories === null ? ('numeric' as const) : ('category' as const),
        })),
        matching: matching.length,
        from: start,
        rows: Array.from(shown, (row, i) => ({
          row,
          timeUs: Number(times[row]),
          cells: cells.map((column) => column[i]!),
        })),
      };
    } finally {
      source.close();
    }
  },
};
