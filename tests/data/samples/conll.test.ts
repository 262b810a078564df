// Words with labels, a line each, are sentences for the task that labels; what only looks like them stays what it is.
import { expect, test } from 'vitest';
import type { ImportOptions } from '../../../engine/contract/datasets/dataset.ts';
import { imported, ownFolder } from './imported.ts';

const { file } = ownFolder();
const read = (name: string, content: string | Uint8Array, options: ImportOptions = {}) =>
  imported(file(name, content), options);

const WORDS = [
  ['Anna', 'NNP', 'B-PER'],
  ['sees', 'VBZ', 'O'],
  ['New', 'NNP', 'B-LOC'],
  ['York', 'NNP', 'I-LOC'],
  ['.', '.', 'O'],
] as const;
const COUNT = 12;
const blocks = (lineOf: (word: readonly string[], index: number) => string, end = '\n') =>
  Array.from({ length: COUNT }, () => WORDS.map((word, index) => lineOf(word, index) + end).join('')).join(
    end,
  );

const universal = ([word, tag]: readonly string[], index: number) =>
  [index + 1, word, word!.toLowerCase(), tag, '_', '_', 0, 'dep', '_', '_'].join('\t');

test.each([
  ['tabs.tsv', blocks(([word, , label]) => `${word}\t${label}`)],
  ['lower.tsv', blocks(([word, , label]) => `${word}\t${label!.toLowerCase()}`)],
  ['crlf.txt', blocks(([word, , label]) => `${word} ${label}`, '\r\n')],
  ['four.conll', `-DOCSTART- -X- O O\n\n${blocks(([word, tag, label]) => `${word} ${tag} X ${label}`)}`],
  [
    'ud.conllu',
    blocks(
      (word, at) => (at === 0 ? `# text = Anna\n1-2\tAnnas${'\t_'.repeat(8)}\n` : '') + universal(word, at),
    ),
  ],
])('%s', async (name, content) => {
  const { samples, report } = await read(name, content);
  expect(samples).toMatchObject({
    rows: COUNT,
    info: {
      input: 'tokens',
      label: null,
      pairs: { target: 'labels', aligned: 'words', source: { mostWords: 5 } },
    },
  });
  expect(report.setAside).toEqual([]);
  expect(report.notes.join(' ')).toContain('12 sentences of words with a label each');
});

test('a sentence with a line of another width is set aside with that line', async () => {
  const text = `${blocks(([word, , label]) => `${word}\t${label}`).repeat(20)}\nlate\nword\tO\n`;
  const { report, samples } = await read('late.tsv', text);
  expect(samples!.rows).toBeGreaterThan(200);
  expect(report.setAside).toMatchObject([{ reason: /has 1 columns where 2 are expected/ }]);
});

test('pairs with empty lines between them, poems and series are none', async () => {
  const pairs = Array.from({ length: 30 }, (_, row) => `I see ${row} cats.\tIch sehe ${row} Katzen.`);
  const found = await read('apart.tsv', pairs.join('\n\n'));
  expect(found.samples!.info.pairs).toMatchObject({ target: 'column2' });
  const poem = 'Dark night\nStill water\nDark night\n\nDark water\nStill night\nStill night\n\n'.repeat(8);
  expect((await read('poem.txt', poem)).samples!.info.columns[0]!.name).toBe('text');
  const rows = Array.from(
    { length: 40 },
    (_, row) => `2024-01-${10 + (row % 20)}\t${row % 3}${row % 4 === 3 ? '\n' : ''}`,
  );
  expect((await read('numbers.tsv', `day\tvalue\n${rows.slice(0, 20).join('\n')}`)).samples).toBeUndefined();
});
