// Lists of tokens: from JSON lines, CSV and lists of Python, kept as they are, told from several labels and from series; what is no such list.
import { expect, test } from 'vitest';
import { shownTokens, spacedTokens, typedTokens } from '../../../engine/data/samples/token-lists.ts';
import { samplesFrom } from '../../../engine/store/datasets/sample-reader.ts';
import { imported, ownFolder } from './imported.ts';

const { file } = ownFolder();

const LISTS = [['New York', 'Łódź', 'New York'], ['a;b', 'say "no"', "it's"], ['Case', 'case'], ['x']];
const LABELS = ['one', 'two', 'one', 'two'];
const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
const lines = (objects: readonly object[]) => objects.map((one) => JSON.stringify(one)).join('\n');

async function read(path: string, options = {}, examples = false) {
  const { samples, report, chunks, columns } = await imported(path, options, examples);
  const { info, shown } = samples ?? expect.unreachable();
  const table = samplesFrom(info, chunks);
  return { info, report, table, shown, columns };
}

const listsIn = ({ table }: Awaited<ReturnType<typeof read>>, column = 0) => {
  const found = table.columns[column];
  return found?.kind === 'tokens' ? found.lists : null;
};

const python = (items: readonly string[]) =>
  `[${items.map((item) => (item.includes("'") ? `"${item}"` : `'${item}'`)).join(', ')}]`;
const csv = (listOf: (items: readonly string[]) => string) =>
  `tokens,label\n${LISTS.map((items, row) => `${quoted(listOf(items))},${LABELS[row]}`).join('\n')}\n`;

test.each([
  ['JSON lines', 'a.jsonl', lines(LISTS.map((tokens, row) => ({ tokens, label: LABELS[row] })))],
  [
    'one list of JSON',
    'a.json',
    JSON.stringify(LISTS.map((tokens, row) => ({ tokens, label: LABELS[row] }))),
  ],
  ['lists of JSON in CSV', 'a.csv', csv((items) => JSON.stringify(items))],
  ['lists of Python in CSV', 'b.csv', csv(python)],
])('%s are lists of tokens, whose items stay as they are', async (_form, name, content) => {
  const found = await read(file(name, content), {}, true);
  expect(found.info).toMatchObject({ input: 'tokens', label: 'label' });
  expect(found.info.columns[0]).toMatchObject({
    kind: 'tokens',
    min: 1,
    mean: 2.25,
    max: 3,
    items: 8,
    missing: 0,
  });
  expect(listsIn(found)).toEqual(LISTS);
  expect(found.report.rowsSetAside).toBe(0);
  expect(found.shown?.examples.map(({ content }) => content)).toContainEqual({
    kind: 'tokens',
    items: LISTS[0],
    isCut: false,
  });
  expect(found.shown?.examples.map(({ shown }) => shown)).toContain('Case, case');
  expect(new Set(found.table.hashes).size).toBe(4);
});

test('whole numbers are items too; numbers with fractions are none', async () => {
  const ids = [[3, 7, 3], [1], [12, 7], [1, 2]];
  const found = await read(
    file('ids.jsonl', lines(ids.map((list, row) => ({ ids: list, label: LABELS[row] })))),
  );
  expect(listsIn(found)).toEqual([['3', '7', '3'], ['1'], ['12', '7'], ['1', '2']]);
  const fractions = [[0.5, 7], [1, 2], [12.5], [1]];
  const series = lines(fractions.map((list, row) => ({ input: list, label: LABELS[row] })));
  expect((await read(file('fractions.jsonl', series))).info.columns[0]?.kind).toBe('text');
});

test('a table with times is read as samples where a column holds lists', async () => {
  const rows = LISTS.map(
    (items, row) => `2024-01-0${row + 1},${quoted(JSON.stringify(items))},${LABELS[row]},${row}.5`,
  );
  const { info } = await read(file('times.csv', `time,steps,label,amount\n${rows.join('\n')}\n`));
  expect(info).toMatchObject({ input: 'steps', label: 'label' });
});

test('a list beside texts is several labels, unless it repeats an item or is called as tokens are', async () => {
  const text = (row: number) => `what was written down on day ${row}`;
  const of = (name: string, lists: readonly (readonly string[])[]) =>
    read(file(`${name}.jsonl`, lines(lists.map((list, row) => ({ text: text(row), [name]: list })))), {
      as: 'samples',
    });
  const sets = [['war', 'drama'], ['comedy'], ['drama'], ['comedy', 'war']];
  expect((await of('keywords', sets)).info).toMatchObject({ input: 'text', label: 'keywords' });
  expect((await of('tags', sets)).info).toMatchObject({ input: 'text', label: 'tags' });
  expect((await of('tokens', sets)).info.label).toBeNull();
  expect((await of('said', [['war', 'war'], ...sets.slice(1)])).info.label).toBeNull();
});

test('a list beside a text and a label is read where it is called so, or where the text only names its sample', async () => {
  const rows = (more: (row: number) => object) =>
    lines(LISTS.map((list, row) => ({ ...more(row), list, label: LABELS[row] })));
  const names = await read(
    file(
      'names.jsonl',
      rows((row) => ({ who: `user ${row}` })),
    ),
  );
  expect(names.info.input).toBe('list');
  const texts = await read(
    file(
      'read.jsonl',
      rows((row) => ({ text: `what was written down on day ${row}` })),
    ),
  );
  expect(texts.info.input).toBe('text');
  expect(texts.table.columns.find(({ name }) => name === 'list')?.kind).toBe('tokens');
  const named = await read(
    file(
      'named.jsonl',
      rows((row) => ({ text: `what was written down on day ${row}` })),
    ),
    { inputColumn: 'list' },
  );
  expect(named.info.input).toBe('list');
});

test('lists of several labels stay labels, and a label for each item stays a label for each', async () => {
  const tagged = await read(
    file(
      'labels.jsonl',
      lines(LISTS.map((tokens, row) => ({ tokens, labels: [['x', 'y'], ['x'], ['y'], ['x']][row] }))),
    ),
  );
  expect(tagged.info).toMatchObject({ input: 'tokens', label: 'labels' });
  expect(tagged.info.columns.map(({ kind }) => kind)).toEqual(['tokens', 'labels']);
  const words = Array.from({ length: 12 }, (_, row) => [
    'New York',
    'is',
    ...Array(row % 3).fill('very'),
    'far',
  ]);
  const each = await read(
    file(
      'each.jsonl',
      lines(
        words.map((tokens) => ({
          tokens,
          labels: tokens.map((one) => (one === 'New York' ? 'NAME' : 'OTHER')),
        })),
      ),
    ),
  );
  expect(each.info).toMatchObject({
    input: 'tokens',
    label: null,
    pairs: { target: 'labels', aligned: 'words' },
  });
  expect(each.info.columns.map(({ kind }) => kind)).toEqual(['tokens', 'tokens']);
});

test.each([
  ['an empty list', [], 'its list is empty'],
  ['a list in it', ['a', ['b']], 'its list holds another list'],
  ['words and numbers', ['a', 1], 'its list mixes words and numbers'],
  ['an object', ['a', { b: 1 }], 'its list holds an object'],
  ['nothing in a place', ['a', null], 'its list holds null'],
  ['an empty word', ['a', ' '], 'its list holds an empty word'],
  ['a fraction', [1, 2.5], 'its list holds a number that is not whole'],
  ['a text', 'a b', 'it holds no list of words or whole numbers'],
  ['no list at all', undefined, 'it has no list'],
])('%s is set aside with its reason', async (name, tokens, reason) => {
  const good = LISTS.map((list, row) => ({ tokens: list, label: LABELS[row] }));
  const { report, table } = await read(file(`bad ${name}.jsonl`, lines([...good, { tokens, label: 'one' }])));
  expect(table.rows).toBe(4);
  expect(report.setAside).toEqual([expect.objectContaining({ line: 5, column: 'tokens', reason })]);
});

test('a number too long for JSON is not rounded to its neighbour', async () => {
  const long = '{"tokens":[12345678901234567890],"label":"one"}';
  const good = LISTS.map((list, row) => ({ tokens: list, label: LABELS[row] }));
  const { report } = await read(file('long.jsonl', `${lines(good)}\n${long}`));
  expect(report.setAside[0]?.reason).toMatch(/more than 15 digits.*write it in quotes/);
});

test('where every row is bad, one sentence says why', async () => {
  const rows = [0, 1, 2, 3].map((row) => ({ tokens: [['a'], ['b', 'c']], label: LABELS[row] }));
  await expect(imported(file('nested.jsonl', lines(rows)), {})).rejects.toThrow(
    'nested.jsonl has no sample that can be kept: line 1, its list holds another list; correct the data or name the columns.',
  );
});

test('what is typed is a list, or items between commas, lines or spaces', () => {
  expect(typedTokens('["a, b", "c"]')).toEqual(['a, b', 'c']);
  expect(typedTokens(' New York, x ,')).toEqual(['New York', 'x']);
  expect(typedTokens('a b\nc')).toEqual(['a b', 'c']);
  expect(typedTokens('a  b')).toEqual(['a', 'b']);
  expect(() => typedTokens('[["a"]]')).toThrow(/holds another list; write \["a", "b"\], or a, b/);
  for (const items of [['a', 'b c'], ['a, b', 'c'], ['[x', 'y'], ['one']])
    expect(typedTokens(shownTokens(items))).toEqual(items);
  expect(spacedTokens(['New  York', 'x'])).toBe('New_York x');
});
