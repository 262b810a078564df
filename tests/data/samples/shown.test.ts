// What a preview shows of samples: some of each class as a whole, of long ones the beginning, and nothing where it is not asked for.
import { expect, test } from 'vitest';
import { imported, ownFolder } from './imported.ts';

const { file } = ownFolder();

const reviews = (rows: readonly string[]) => file('reviews.csv', `text,label,stars\n${rows.join('\n')}\n`);

test('samples of each class stand first, the most frequent class before the others', async () => {
  const rows = Array.from(
    { length: 30 },
    (_, row) => `the text number ${row},${row < 27 ? 'good' : 'bad'},${row}`,
  );
  const { samples } = await imported(reviews(rows), {}, true);
  const { examples, head } = samples!.shown!;
  expect(examples).toHaveLength(9);
  expect(examples.slice(0, 4).map(({ row, label }) => [row, label])).toEqual([
    [0, 'good'],
    [27, 'bad'],
    [1, 'good'],
    [28, 'bad'],
  ]);
  expect(examples[1]).toMatchObject({
    name: 'line 29',
    content: { kind: 'text', text: 'the text number 27', isCut: false },
  });
  expect(head).toHaveLength(6);
  expect(head[1]).toEqual(['the text number 1', '1', 'good']);
  expect((await imported(reviews(rows), {})).samples!.shown).toBeUndefined();
});

test('of twenty classes twelve are shown, of a sample without a number an empty cell', async () => {
  const rows = Array.from(
    { length: 60 },
    (_, row) => `words of sample ${row},class ${row % 20},${row === 0 ? 'NA' : row}`,
  );
  const { samples } = await imported(reviews(rows), {}, true);
  const { examples, head } = samples!.shown!;
  expect(new Set(examples.map(({ label }) => label)).size).toBe(12);
  expect(head[0]).toEqual(['words of sample 0', '', 'class 0']);
});

test('of a long series the beginning is shown, in whole steps', async () => {
  const series = (at: number) => Array.from({ length: 100_000 }, (_, step) => (step * at) % 7).join(',');
  const rows = [0, 1, 2, 3].flatMap((at) => [
    `${series(at)}:${series(at + 1)}:${series(at + 2)}:${at % 2 ? 'a' : 'b'}`,
  ]);
  const path = file(
    'long.ts',
    `@problemName long\n@timeStamps false\n@univariate false\n@dimensions 3\n@classLabel true a b\n@data\n${rows.join('\n')}\n`,
  );
  const { samples } = await imported(path, {}, true);
  const { content } = samples!.shown!.examples[0]!;
  expect(content).toMatchObject({ kind: 'sequence', channels: 3, isCut: true });
  if (content.kind !== 'sequence') expect.unreachable();
  expect(content.values.length % 12).toBe(0);
  expect(content.values.length).toBeLessThanOrEqual(2 ** 20);
});
