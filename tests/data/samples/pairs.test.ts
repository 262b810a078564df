// Pairs of texts are found in tables: by the names of their columns, as the only two columns of texts, without a header, and as the user says.
import { expect, test } from 'vitest';
import type { ImportOptions } from '../../../engine/contract/datasets/dataset.ts';
import { generatedPairs } from '../../../engine/data/generated/pairs.ts';
import { imported, ownFolder } from './imported.ts';

const { file } = ownFolder();

async function read(name: string, content: string, options: ImportOptions = {}) {
  const { samples, report } = await imported(file(name, content), options);
  return { info: samples!.info, rows: samples!.rows, report };
}

const SENTENCES = Array.from(
  { length: 30 },
  (_, index) => [`I see ${index} cats.`, `Ich sehe ${index} Katzen.`] as const,
);

test('sentences without a header and with their sources are pairs of the first two columns', async () => {
  const lines = SENTENCES.map(
    ([a, b], index) => `${a}\t${b}\tCC-BY 2.0 (France) Attribution: tatoeba.org #${index}`,
  );
  const { info, rows } = await read('deu.txt', lines.join('\n'));
  expect(rows).toBe(30);
  expect(info).toMatchObject({ input: 'column1', label: null, pairs: { target: 'column2', aligned: null } });
});

test('a first line that is too long for names is no header', async () => {
  const words = (word: string, row: number) =>
    Array.from({ length: 40 }, (_, at) => `${word}${row * 40 + at}`).join(' ');
  const lines = Array.from({ length: 30 }, (_, row) => `${words('wort', row)}\t${words('mot', row)}`);
  const { info, rows } = await read('long.tsv', lines.join('\n'));
  expect([rows, info!.input]).toEqual([30, 'column1']);
});

test('a header is one: names that are no words of the texts', async () => {
  const lines = ['english,german', ...SENTENCES.map((pair) => pair.join(','))];
  const { info, rows } = await read('pairs.csv', lines.join('\n'));
  expect(rows).toBe(30);
  expect(info).toMatchObject({ input: 'english', pairs: { target: 'german' } });
});

test('objects a line are pairs; one without a target is set aside; --target-column decides', async () => {
  const objects = [
    ...SENTENCES.map(([source, target]) => ({ source, target, note: `n ${source}` })),
    { source: 'alone', target: '', note: 'x' },
  ];
  const text = objects.map((one) => JSON.stringify(one)).join('\n');
  const { info, rows, report } = await read('pairs.jsonl', text);
  expect(rows).toBe(30);
  expect(info).toMatchObject({ input: 'source', pairs: { target: 'target' } });
  expect(report.setAside).toMatchObject([{ column: 'target', reason: 'nothing is to be written for it' }]);
  const other = await read('pairs.jsonl', text, { targetColumn: 'note' });
  expect(other.info.pairs!.target).toBe('note');
  await expect(read('pairs.jsonl', text, { targetColumn: 'french' })).rejects.toThrow(
    'has no column "french"',
  );
});

test.each([
  ['dates-to-iso-100.tsv', null],
  ['number-words-to-digits-100.tsv', null],
  ['reversed-letters-100.tsv', null],
  ['parts-of-speech-100.tsv', 'words'],
])('the made pairs %s are read as such', async (name, aligned) => {
  const { info, rows } = await read(name, [...generatedPairs(name)!].join(''));
  expect(rows).toBe(100);
  expect(info).toMatchObject({ input: 'source', label: null, pairs: { target: 'target', aligned } });
});

test.each([
  ['phonemes,stress', false],
  ['stress,phonemes', true],
])('of two columns that go word by word the one of fewer words is labels: %s', async (header, isFirst) => {
  const rows = Array.from({ length: 120 }, (_, index) => {
    const vowels = Array.from(
      { length: 3 + (index % 7) },
      (_, at) => (index + (1 + (index % 9)) * at * at) % 11,
    );
    const sounds = vowels.map((vowel) => `K ${'AA AE AH AO AW AY EH ER EY IH IY'.split(' ')[vowel]}`);
    const pair = [sounds.join(' '), vowels.map((vowel) => `- ${vowel % 3}`).join(' ')];
    return (isFirst ? pair.toReversed() : pair).join(',');
  });
  const { info } = await read('sounds.csv', [header, ...rows].join('\n'));
  expect(info).toMatchObject({ input: 'phonemes', pairs: { target: 'stress', aligned: 'words' } });
  const given = { inputColumn: 'stress', targetColumn: 'phonemes' };
  const other = await read('sounds.csv', [header, ...rows].join('\n'), given);
  expect(other.info).toMatchObject({ input: 'stress', pairs: { target: 'phonemes' } });
});

test('a label for each letter is seen; samples with labels and numbers over time stay what they are', async () => {
  const letters = Array.from({ length: 40 }, (_, index) => 'ACDEFGHIKLMN'.slice(index % 5, 6 + (index % 7)));
  const proteins = letters.map(
    (text, index) => `${text}${index},${[...`${text}${index}`].map((_, at) => 'HEC'[at % 3]).join('')}`,
  );
  const { info } = await read('proteins.csv', ['sequence,states', ...proteins].join('\n'));
  expect(info.pairs).toMatchObject({ target: 'states', aligned: 'characters' });
  const reviews = SENTENCES.map(([text], index) => `${text},${index % 2 ? 'good' : 'bad'}`);
  const labelled = await read('reviews.csv', ['text,label', ...reviews].join('\n'));
  expect(labelled.info.pairs).toBeUndefined();
  expect(labelled.info.label).toBe('label');
});

test.each([
  ['named.tsv', ['source\ttarget', ...SENTENCES.map(([text]) => `${text}\t`)]],
  ['unnamed.csv', ['english,german', ...SENTENCES.map(([text]) => `${text},`)]],
  ['objects.jsonl', SENTENCES.map(([source]) => JSON.stringify({ source, target: '' }))],
])('%s, in which nothing is to be written, is refused by that column', async (name, lines) => {
  await expect(read(name, lines.join('\n'))).rejects.toThrow(
    /has no text that is to be written: the column "(target|german)" is empty in all 30 rows/,
  );
});

const TATOEBA = 'CC-BY 2.0 (France) Attribution: tatoeba.org #7 (CM) & #8 (sacredceltic)';
const speech = SENTENCES.map(([a, b]) => [`"${a}" he said.`, `»${b}« sagte er.`] as const);

test.each([
  ['what is said begins a line', speech, 30],
  ['some lines begin so', SENTENCES.map((pair, row) => (row % 3 < 2 ? speech[row]! : pair)), 30],
  ['a quote opens a cell and never closes', SENTENCES.map(([a, b]) => [`"${a}`, b] as const), 30],
  [
    'both sides are quoted in the middle',
    speech.map(([a, b], row) => [`${row} ${a}`, `"${b}" so war das.`] as const),
    30,
  ],
])('quotes in lines with tabs are signs of the text: %s', async (_, pairs, count) => {
  for (const source of ['', `\t${TATOEBA}`]) {
    const text = pairs.map((pair) => pair.join('\t') + source).join('\n');
    const { info, rows, report } = await read('said.txt', text);
    expect(report.setAside).toEqual([]);
    expect(rows).toBe(count);
    expect(info).toMatchObject({ input: 'column1', label: null, pairs: { target: 'column2' } });
  }
});

test('one licence for all pairs is no class of them', async () => {
  const text = SENTENCES.map((pair) => [...pair, TATOEBA].join('\t')).join('\n');
  for (const name of ['deu.txt', 'deu.tsv'])
    expect((await read(name, text)).info).toMatchObject({ label: null, pairs: { target: 'column2' } });
  const labelled = SENTENCES.map(([a, b]) => `${a}\t${b}\tspam`).join('\n');
  const { info } = await read('one.tsv', `subject\ttext\tlabel\n${labelled}`, { as: 'samples' });
  expect(info).toMatchObject({ label: 'label', classes: [{ name: 'spam' }] });
});

test('pairs of the same on both sides, the first one too', async () => {
  const words = Array.from({ length: 40 }, (_, row) => `one${row === 0 ? '' : ` and ${row}`}`);
  const { info, rows } = await read('same.tsv', words.map((word) => `${word}\t${word}`).join('\n'));
  expect(rows).toBe(40);
  expect(info.pairs).toMatchObject({ target: 'column2' });
  await expect(read('names.csv', 'a,a\n1,2\n3,4\n')).rejects.toThrow('two columns named "a"');
});

test('objects within objects are fields of their own', async () => {
  const objects = SENTENCES.map(([en, de], id) => JSON.stringify({ id, translation: { en, de } }));
  const { info, rows } = await read('opus.jsonl', objects.join('\n'));
  expect(rows).toBe(30);
  expect(info).toMatchObject({ input: 'translation.en', pairs: { target: 'translation.de' } });
});

test('a target that is named finds its source, also where that has few different texts; it is not its own', async () => {
  const text = Array.from({ length: 60 }, (_, row) => `${'👍'.repeat(1 + (row % 4))}\t${1 + (row % 4)}`).join(
    '\n',
  );
  const { info, rows } = await read('thumbs.tsv', text, { targetColumn: 'column2' });
  expect(rows).toBe(60);
  expect(info).toMatchObject({ input: 'column1', pairs: { target: 'column2' } });
  await expect(read('thumbs.tsv', text, { inputColumn: 'column2', targetColumn: 'column2' })).rejects.toThrow(
    `"column2" can't be both what is read and what is to be written; name two columns`,
  );
});

test('a text of another ending whose lines are no rows says how it is read', async () => {
  const lines = '"No," he said.\n"Yes," she said, "I do."\n'.repeat(20);
  await expect(read('talk.log', lines)).rejects.toThrow(
    /talk\.log has no line that is a row of a table.*--as lines or --as text/,
  );
});

test('a label for each word is seen where few texts have another number of them', async () => {
  const lines = Array.from({ length: 100 }, (_, row) =>
    [`the dog sees a cat of ${row}`, row % 12 === 5 ? 'D N V D N' : 'D N V D N P M'].join('\t'),
  );
  const { info, rows } = await read('few.tsv', lines.join('\n'));
  expect(rows).toBe(100);
  expect(info).toMatchObject({ label: null, pairs: { target: 'column2', aligned: 'words' } });
  const half = lines.map((line, row) => (row % 2 ? line : line.replace(' P M', '')));
  expect((await read('half.tsv', half.join('\n'))).info.pairs?.aligned ?? null).toBeNull();
});
