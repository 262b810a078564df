// Samples that are read again: what was said of their reading is said again, what changed is counted, and a file that cannot be read says
// what it was read as.
import { expect, test } from 'vitest';
import { sampleDifference } from '../../../engine/data/samples/sample-difference.ts';
import { samplesFrom } from '../../../engine/store/datasets/sample-reader.ts';
import { differenceText } from '../../../engine/words/difference.ts';
import { optionsOfDataset } from '../../../engine/words/recipe.ts';
import { waveFile } from '../../../renderer/features/data/recorder/wave-file.ts';
import { imported, ownFolder } from './imported.ts';
import { pngOf } from './picture-files.ts';

const { file, folder } = ownFolder();

const recordingOf = async (take: number): Promise<Uint8Array> => {
  const wave = Int16Array.from({ length: 400 }, (_, at) => 1_000 * ((at * (take + 1)) % 17));
  return new Uint8Array(await waveFile({ rate: 8_000, wave }).arrayBuffer());
};

const TEXTS = Array.from(
  { length: 12 },
  (_, row) => `the words of sample ${row},${row % 2 ? 'a' : 'b'},w${row % 4}`,
);

test('a group that was found can be none, of a table and of recordings, also when they are read again', async () => {
  const table = file('by-author.csv', `text,label,author\n${TEXTS.join('\n')}\n`);
  for (const take of [0, 1, 2, 3]) file(`spoken/${take % 2}_ann_${take}.wav`, await recordingOf(take));
  for (const take of [0, 1, 2, 3]) file(`spoken/${take % 2}_bob_${take}.wav`, await recordingOf(take + 4));
  for (const [path, group] of [
    [table, 'author'],
    [`${folder}/spoken`, 'group'],
  ] as const) {
    expect((await imported(path, {})).samples!.info).toMatchObject({ group });
    const first = await imported(path, { ungrouped: true });
    const { info } = first.samples!;
    expect(info).toMatchObject({ group: null, groups: 0 });
    const again = await imported(path, optionsOfDataset({ recipe: first.recipe, samples: info }));
    expect(again.samples!.info).toEqual(info);
  }
  expect((await imported(table, { ungrouped: true, groupColumn: 'author' })).samples!.info.group).toBe(
    'author',
  );
});

test('pictures are read again in the size and the colours that were asked for', async () => {
  for (const name of ['a', 'b'])
    for (const index of [0, 1])
      file(
        `drawn/${name}/${index}.png`,
        pngOf(20, 20, () => [200, 10 * index, 0]),
      );
  const { recipe, samples } = await imported(`${folder}/drawn`, { pictureSize: 8, pictureColour: 'grey' });
  const options = optionsOfDataset({ recipe, samples: samples!.info });
  expect(options).toMatchObject({ pictureSize: 8, pictureColour: 'grey' });
  expect((await imported(`${folder}/drawn`, options)).samples!.info).toEqual(samples!.info);
});

test('what two versions have in common goes by their inputs, as often as they are there', () => {
  const before = { hashes: ['x', 'y', 'y', 'z'], said: ['a', 'a', 'b', 'a'] };
  const after = { hashes: ['y', 'z', 'y', 'z', 'w'], said: ['b', 'c', 'b', 'a', 'a'] };
  const difference = sampleDifference(before, after);
  expect(difference).toEqual({ added: 2, removed: 1, relabelled: 1 });
  expect(differenceText(difference)).toBe('2 samples are new, 1 sample went, 1 sample has another label');
  const twice = (...said: readonly string[]) => ({ hashes: ['x', 'x'], said });
  expect(sampleDifference(twice('a', 'a'), twice('a', 'b')).relabelled).toBe(1);
  expect(differenceText(sampleDifference(before, before))).toBe(
    '0 samples are new, of the others the same is said',
  );
});

test('a file of samples that cannot be read says that it was read as samples; one of series does not', async () => {
  const samples = [
    file('broken.wav', 'no wave'),
    file('broken.ts', '@problemName x\n@data\n'),
    file('empty.fasta', '>a\n'),
  ];
  for (const path of samples)
    await expect(imported(path, {}), path).rejects.toMatchObject({ details: { readAs: 'samples' } });
  const failed = imported(file('series.csv', 'time,value\n'), {});
  await expect(failed).rejects.not.toMatchObject({ details: { readAs: 'samples' } });
});

test('numbers of a new file are read by their names, in the order that was learned', async () => {
  const rows = [1, 2, 3].map((row) => `${row}.5,${10 * row},${100 * row},${row}`);
  const path = file('numbers.csv', `c,id,a,b\n${rows.join('\n')}\n`);
  const options = { as: 'samples' as const, unlabelled: true, numberColumns: ['a', 'b', 'c'] };
  const { samples, chunks } = await imported(path, options);
  const [input] = samplesFrom(samples!.info, chunks).columns;
  if (input?.kind !== 'sequence') expect.unreachable();
  expect(input.sequences.map(({ values }) => [...values])).toEqual([
    [100, 1, 1.5],
    [200, 2, 2.5],
    [300, 3, 3.5],
  ]);
  const missing = imported(path, { ...options, numberColumns: ['a', 'bb'] });
  await expect(missing).rejects.toMatchObject({
    code: 'unknown-column',
    message: expect.stringContaining('numbers.csv has no column "bb"'),
  });
});
