// How often each category of a column occurs, and when it was seen first and last.
import type { CategoryCounts } from '../../contract/datasets/explore.ts';
import type { Analysis, ExploredColumn } from './analysis.ts';

const MOST_SHOWN = 200;

function countsOf({ name, values, categories }: ExploredColumn, times: BigInt64Array): CategoryCounts {
  const counts = new Float64Array(categories.length);
  const [first, last] = [new Int32Array(counts.length).fill(-1), new Int32Array(counts.length)];
  let missing = 0;
  for (let row = 0; row < values.length; row++) {
    const code = values[row]!;
    if (Number.isNaN(code)) {
      missing++;
      continue;
    }
    counts[code]!++;
    if (first[code] === -1) first[code] = row;
    last[code] = row;
  }
  const codes = Array.from(counts, (_, code) => code)
    .filter((code) => counts[code]! > 0)
    .sort((a, b) => counts[b]! - counts[a]! || a - b);
  const shown = codes.slice(0, MOST_SHOWN).map((code) => ({
    name: categories[code]!,
    count: counts[code]!,
    share: counts[code]! / Math.max(1, values.length - missing),
    firstUs: Number(times[first[code]!]),
    lastUs: Number(times[last[code]!]),
  }));
  return { column: name, rows: values.length, missing, distinct: codes.length, categories: shown };
}

export const categories: Analysis<CategoryCounts[]> = {
  title: 'counts of categories',
  of: 'category',
  run: ({ columns, times }) => columns.map((column) => countsOf(column, times)),
};
