// The first line of samples: a header where it is one, a row where nothing sets it apart from those below, and what the user says of it in any case.
import { expect, test } from 'vitest';
import type { ImportOptions } from '../../../engine/contract/datasets/dataset.ts';
import { imported, ownFolder } from './imported.ts';

const { file } = ownFolder();

const WORDS = [
  'hond dog',
  'kat cat',
  'huis house',
  'boom tree',
  'water water',
  'brood bread',
  'melk milk',
  'boek book',
  'stoel chair',
  'raam window',
  'deur door',
  'vuur fire',
].map((pair) => pair.split(' '));
const NOUNS = 'Hund Katze Haus Baum Wasser Brot Milch Buch Stuhl Fenster Tür Feuer'.split(' ');
const RUSSIAN = 'собака кошка дом дерево вода хлеб молоко книга стул окно дверь огонь'.split(' ');
const REMARKS = WORDS.map(([word, other], row) => [
  `the ${word} is not the ${other} of ${row}`,
  row % 2 ? 'good' : 'bad',
]);
const LISTS = WORDS.map(([word, other], row) => [`['${word}', '${other}']`, row % 3 ? 'buy' : 'leave']);
const TAGGED = WORDS.map(([word, other], row) => [`${word} ${other} ${word}`, row % 2 ? 'N V N' : 'V N V']);
const SENTENCES = WORDS.map(([word, other]) => [`de ${word} is mooi`, `the ${other} is nice`]);

async function read(
  name: string,
  lines: readonly (readonly string[])[],
  sign: string,
  options?: ImportOptions,
) {
  const quoted = (cell: string) => (cell.includes(',') ? `"${cell}"` : cell);
  const text = lines.map((cells) => cells.map(quoted).join(sign)).join('\n');
  const { samples, report, columns, recipe } = await imported(file(name, text), options ?? {});
  return { rows: samples!.rows, names: columns.map((one) => one.name), notes: report.notes, recipe };
}

const BARE = ['column1', 'column2'];

test.each([
  ['words.tsv', WORDS, '\t'],
  ['words.csv', WORDS, ','],
  ['words-semicolons.csv', WORDS, ';'],
  ['two.tsv', WORDS.slice(0, 2), '\t'],
  ['same.tsv', WORDS.slice(4), '\t'],
  ['nouns.tsv', WORDS.map(([word], row) => [NOUNS[row]!, word!]), '\t'],
  ['sentences.tsv', SENTENCES, '\t'],
  ['remarks.tsv', REMARKS, '\t'],
  ['lists.csv', LISTS, ','],
  ['tagged.tsv', TAGGED, '\t'],
  ['time.tsv', [['time', 'tijd'], ...WORDS], '\t'],
])('without a header no line is lost: %s', async (name, lines, sign) => {
  const { rows, names } = await read(name, lines, sign);
  expect({ rows, names: names.toSorted() }).toEqual({ rows: lines.length, names: BARE });
});

test.each([
  ['named.tsv', ['source', 'target'], WORDS, '\t'],
  ['languages.csv', ['dutch', 'english'], WORDS, ','],
  ['codes.csv', ['nl', 'en'], WORDS, ';'],
  ['own-names.csv', ['nederlands', 'engels'], WORDS, ','],
  ['from-to.tsv', ['from', 'to'], WORDS, '\t'],
  ['one-known.tsv', ['woord', 'translation'], WORDS, '\t'],
  ['capitals.tsv', ['Woord', 'Vertaling'], WORDS, '\t'],
  ['identifiers.tsv', ['woord_1', 'woord_2'], WORDS, '\t'],
  ['camels.tsv', ['hetWoord', 'zijnBeeld'], WORDS, '\t'],
  ['script.tsv', ['woord', 'vertaald'], WORDS.map(([word], row) => [word!, RUSSIAN[row]!]), '\t'],
  ['lower.tsv', ['woord', 'wort'], WORDS.map(([word], row) => [word!, NOUNS[row]!]), '\t'],
  ['short.tsv', ['zin', 'zien'], SENTENCES, '\t'],
  ['mood.csv', ['remark', 'mood'], REMARKS, ','],
  ['steps.csv', ['visit', 'end'], LISTS, ','],
] as const)('a header is one: %s', async (name, header, lines, sign) => {
  const { rows, names } = await read(name, [header, ...lines], sign);
  expect({ rows, names: names.toSorted() }).toEqual({ rows: lines.length, names: header.toSorted() });
});

test('where nothing proves it, the import says so; what the user says stands', async () => {
  const lines = [['wolf', 'wolves'], ...WORDS];
  const found = await read('wolf.tsv', lines, '\t');
  expect([found.rows, found.notes]).toEqual([
    13,
    [
      expect.stringMatching(
        /^The first line is like those below it, so it was read as a row.*--header-line 1/,
      ),
    ],
  ]);
  const headed = await read('wolf.tsv', lines, '\t', { headerLine: 1 });
  expect([headed.rows, headed.names, headed.notes]).toEqual([12, ['wolf', 'wolves'], []]);
  const bare = await read('bare.tsv', [['source', 'target'], ...WORDS], '\t', { headerLine: 0 });
  expect([bare.rows, bare.names]).toEqual([13, BARE]);
  // So that another file is read the same way.
  expect(bare.recipe).toMatchObject({ headerLine: 0 });
  const below = await read('below.tsv', [['see', 'also'], ...WORDS], '\t', { headerLine: 0, skip: 1 });
  expect(below.rows).toBe(12);
});

test('a table whose columns have one name is still refused', async () => {
  const lines = [['value', 'value'], ...WORDS.map((_, row) => [String(row), String(row * 2)])];
  await expect(read('twice.csv', lines, ',')).rejects.toThrow('has two columns named "value"');
});

const SKIPPED = 'A comment line (#) above the table was skipped.';

test('comments above are no rows, whether the header is found or the user says that there is none', async () => {
  const comment = ['# made by hand'];
  const all = [comment, ...WORDS];
  const found = await read('commented.tsv', all, '\t');
  expect([found.rows, found.names]).toEqual([12, BARE]);
  expect(found.notes).toEqual([expect.stringContaining('--header-line 2)'), SKIPPED]);
  const said = await read('commented.tsv', all, '\t', { headerLine: 0 });
  expect([said.rows, said.names]).toEqual([12, BARE]);
  expect(said.notes).toContain(SKIPPED);
  // No two columns have one name.
  const same = await read('commented-same.tsv', [comment, ...WORDS.slice(4)], '\t');
  expect([same.rows, same.notes.toSorted()]).toEqual([8, found.notes.toSorted()]);
  const signed = await read('signed.csv', [['sep=;'], ...WORDS], ';', { headerLine: 0 });
  expect(signed.rows).toBe(12);
  // The first line of all is a row where the user says so.
  const literal = await read('tags.tsv', [['#hond', 'dog'], ...WORDS], '\t', { headerLine: 0, skip: 0 });
  expect(literal.rows).toBe(13);
});
