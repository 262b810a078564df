// What a preview shows of samples: the first rows, and some samples as a whole, of each class in turn, the most frequent class first.
import { besideInput, type SamplesInfo } from '../../../contract/datasets/samples.ts';
import type { ShownSamples } from '../../../contract/processes/importer.ts';
import type { ExampleContent } from '../../../contract/processes/jobs/samples.ts';
import { contentOf, sampleRow, shownOf } from '../sample-content.ts';
import type { SampleTable } from '../sample-table.ts';

const HEAD_ROWS = 6;
const MOST_EXAMPLES = 12;
/** Twelve seconds of a recording of 44,100 Hz; of a longer sample the beginning. */
const MOST_BYTES = 2 ** 20;

export const shownSamples = (table: SampleTable, info: SamplesInfo): ShownSamples => ({
  examples: examplesOf(table, info),
  head: Array.from({ length: Math.min(HEAD_ROWS, table.rows) }, (_, row) =>
    table.columns.map((column) => shownOf(column, row)),
  ),
});

function examplesOf(table: SampleTable, info: SamplesInfo): ExampleContent[] {
  const beside = besideInput(info);
  const [input] = table.columns;
  if (!input) return [];
  return spread(table, info).map((row) => ({
    ...sampleRow(table, row, beside),
    content: contentOf(input, row, MOST_BYTES),
  }));
}

/** Rows that show many classes, and as equally many of each as there are. */
function spread({ rows, columns }: SampleTable, { classes, label }: SamplesInfo): number[] {
  const labels = columns.find(({ name }) => name === label);
  if (labels?.kind !== 'category')
    return Array.from({ length: Math.min(rows, MOST_EXAMPLES) }, (_, row) => row);
  const wanted = classes.slice(0, MOST_EXAMPLES).map(({ name }) => labels.categories.indexOf(name));
  const most = Math.ceil(MOST_EXAMPLES / Math.max(1, wanted.length));
  const found = wanted.map((): number[] => []);
  for (let row = 0; row < rows; row++) {
    const own = found[wanted.indexOf(labels.codes[row]!)];
    if (own && own.length < most) own.push(row);
  }
  const turns = Array.from({ length: most }, (_, turn) => found.map((own) => own[turn]));
  return turns
    .flat()
    .filter((row) => row !== undefined)
    .slice(0, MOST_EXAMPLES);
}
