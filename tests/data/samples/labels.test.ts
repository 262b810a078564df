// Several labels a sample, in each of the forms that files have them in; a number to be estimated; and what looks like either and is not.
import { expect, test } from 'vitest';
import { labelSetsIn } from '../../../engine/data/samples/import/label-sets.ts';
import { decodePieces } from '../../../engine/store/datasets/chunk-codec.ts';
import { optionsOfDataset } from '../../../engine/words/recipe.ts';
import { imported, ownFolder } from './imported.ts';

const { file } = ownFolder();

const SETS = [['war', 'drama'], ['comedy'], [], ['drama'], ['comedy', 'war'], ['drama', 'comedy'], ['war']];
const TEXTS = SETS.map((_, row) => `a film that we saw on day ${row}`);
const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
const table = (name: string, cellOf: (labels: string[]) => string) =>
  file(name, `plot,genres\n${SETS.map((set, row) => `${TEXTS[row]},${quoted(cellOf(set))}`).join('\n')}\n`);

async function labelsOf(path: string, options = {}) {
  const { samples, report, chunks } = await imported(path, options);
  const { info } = samples ?? expect.unreachable();
  const column = info.columns.findIndex(({ kind }) => kind === 'labels');
  const sets = chunks
    .filter((chunk) => chunk.column === column)
    .flatMap((chunk) => decodePieces(chunk).map((piece) => JSON.parse(new TextDecoder().decode(piece))));
  return { info, report, sets };
}

const sorted = SETS.map((set) => set.toSorted());

test.each([
  ['semicolons', (set: string[]) => set.join(';')],
  ['bars', (set: string[]) => set.join('|')],
  ['commas in a column of that name', (set: string[]) => set.join(', ')],
  ['lists in JSON', (set: string[]) => JSON.stringify(set)],
  ['lists of Python', (set: string[]) => `[${set.map((label) => `'${label}'`).join(', ')}]`],
])('labels between %s', async (name, cellOf) => {
  const { info, report, sets } = await labelsOf(table(`${name}.csv`, cellOf));
  expect(info).toMatchObject({ input: 'plot', label: 'genres' });
  expect(info.columns[1]).toMatchObject({ kind: 'labels', categories: ['comedy', 'drama', 'war'], max: 2 });
  expect(info.classes).toEqual(['comedy', 'drama', 'war'].map((label) => ({ name: label, samples: 3 })));
  expect(sets).toEqual(sorted);
  expect(report.rowsSetAside).toBe(0);
  expect(report.notes).toContain('1 sample has no label: none of the labels is true of it.');
});

test('lists in JSON lines, and a column of 0 and 1 for each label, are read as labels too', async () => {
  const lines = SETS.map((tags, row) => JSON.stringify({ text: TEXTS[row], tags }));
  expect((await labelsOf(file('tags.jsonl', lines.join('\n')))).sets).toEqual(sorted);
  const bits = SETS.map((set, row) =>
    [
      `id${row}`,
      TEXTS[row],
      ...['comedy', 'drama', 'war'].map((label) => (set.includes(label) ? 1 : 0)),
    ].join(),
  );
  const path = file('bits.csv', `id,comment,comedy,drama,war\n${bits.join('\n')}\n`);
  const { info, sets, report } = await labelsOf(path);
  expect(info).toMatchObject({ input: 'comment', label: 'labels' });
  expect(sets).toEqual(sorted);
  expect(report.notes[0]).toBe('The columns of 0 and 1 are read as labels: comedy, drama, war.');
});

test('spellings of a label are one label, and one label a cell can be asked for', async () => {
  const cells = ['Drama; war', 'drama', 'DRAMA ;war', 'war', 'drama;war', 'drama'];
  const path = file(
    'spelled.csv',
    `plot,genres\n${cells.map((cell, row) => `${TEXTS[row]},${cell}`).join('\n')}\n`,
  );
  const { info, report } = await labelsOf(path);
  expect(info.classes).toEqual([
    { name: 'drama', samples: 5 },
    { name: 'war', samples: 4 },
  ]);
  expect(report.notes.join(' ')).toContain('differ in case or spaces alone');
  const one = await imported(path, { labels: 'one', labelColumn: 'genres' });
  expect(one.samples?.info.columns[1]).toMatchObject({ kind: 'category' });
});

test('sentences, amounts and classes with a sign in their name are no lists of labels', () => {
  expect(labelSetsIn('text', ['we came; we saw', 'it rained; we left', 'a; b'])).toBeNull();
  expect(labelSetsIn('price', ['1,200', '1,300', '1,200', '2,300'])).toBeNull();
  expect(labelSetsIn('class', ['C, C++', 'Java', 'C, C++', 'Java', 'Go'])).toBeNull();
  expect(labelSetsIn('values', ['[1, 2, 3]', '[4, 5, 6]'])).toBeNull();
  expect(labelSetsIn('labels', ['', 'NA'])).toBeNull();
});

test('a column of numbers is estimated where it is named so, or where the user says so', async () => {
  const rows = TEXTS.map((text, row) => `${text},${row % 2 ? 'new' : 'old'},${10 + row / 4}`);
  const path = file('prices.csv', `description,state,price\n${rows.join('\n')}\n`);
  expect((await imported(path, {})).samples?.info).toMatchObject({ label: 'state' });
  const { samples } = await imported(path, { valueColumn: 'price' });
  expect(samples?.info).toMatchObject({ input: 'description', label: null, value: 'price' });
  const alone = file(
    'alone.csv',
    `text,rating\n${TEXTS.map((text, row) => `${text},${row}.5`).join('\n')}\n`,
  );
  expect((await imported(alone, {})).samples?.info).toMatchObject({ input: 'text', value: 'rating' });
  const gap = file(
    'gap.csv',
    `text,rating\n${TEXTS.map((text, row) => `${text},${row || ''}`).join('\n')}\n`,
  );
  const { report } = await imported(gap, { valueColumn: 'rating' });
  expect(report.setAside[0]).toMatchObject({ column: 'rating', reason: 'it has no number to be estimated' });
});

test('series of the archive of regressions have a number each', async () => {
  const path = file(
    'heart.ts',
    '@problemname heart\n@univariate true\n@targetlabel true\n@data\n1,2,3:61.5\n2,3,4:70\n',
  );
  const { samples } = await imported(path, {});
  expect(samples?.info).toMatchObject({ input: 'series', value: 'value', label: null });
  expect(samples?.info.columns[1]).toMatchObject({ kind: 'numeric', min: 61.5, max: 70 });
});

test('a file is read again as it was: its columns are for the same, whatever would be found today', async () => {
  const rows = TEXTS.map(
    (text, row) => `${text},${row % 2 ? 'a;b' : 'b'},${row + 0.5},p${row % 3},${row % 3 ? 'train' : 'test'}`,
  );
  const path = file('again.csv', `note,topics,price,by,for\n${rows.join('\n')}\n`);
  for (const options of [
    { inputColumn: 'note', labelColumn: 'topics', labels: 'one', groupColumn: 'by' },
    { inputColumn: 'note', labelColumn: 'topics' },
    { inputColumn: 'note', valueColumn: 'price' },
    { inputColumn: 'note', labelColumn: 'topics', partColumn: 'for' },
  ] as const) {
    const first = await imported(path, options);
    const { recipe, samples } = { ...first, samples: first.samples!.info };
    const again = await imported(path, optionsOfDataset({ recipe, samples }));
    expect(again.samples).toEqual(first.samples);
  }
  const bits = file(
    'bits-again.csv',
    `text,x,y\n${TEXTS.map((text, row) => `${text},${row % 2},${row % 3 ? 1 : 0}`).join('\n')}\n`,
  );
  const first = await imported(bits, {});
  const again = await imported(
    bits,
    optionsOfDataset({ recipe: first.recipe, samples: first.samples!.info }),
  );
  expect(again.samples).toEqual(first.samples);
});
