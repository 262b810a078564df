// Series of a lab's own problem, from the lines of a generated CSV.
import type { Series } from '../../data/series.ts';

/** @param lines of a CSV whose first column is a time; columns without a single number become categories */
export function generatedSeries(lines: Iterable<string>): Series {
  const rows = [...lines].join('').trimEnd().split('\n');
  const [, ...names] = rows[0]!.split(',');
  const cells = rows.slice(1).map((row) => row.split(','));
  return {
    name: 'generated',
    times: BigInt64Array.from(cells, ([time]) => 1000n * BigInt(Date.parse(time!))),
    columns: names.map((name, index) =>
      column(
        name,
        cells.map((row) => row[index + 1]!),
      ),
    ),
  };
}

function column(name: string, texts: readonly string[]): Series['columns'][number] {
  const isText = texts.some((text) => text !== '' && Number.isNaN(Number(text)));
  const categories = isText ? [...new Set(texts)].sort() : [];
  const numberOf = (text: string) => (isText ? categories.indexOf(text) : Number(text));
  return {
    name,
    kind: isText ? 'category' : 'numeric',
    values: Float64Array.from(texts, (text) => (text === '' ? Number.NaN : numberOf(text))),
    categories,
  };
}
