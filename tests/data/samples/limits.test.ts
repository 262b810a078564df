// Data that go too far: said in one sentence, with what to do, and the samples beside them are kept.
import { linkSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { filesBelow } from '../../../engine/data/samples/import/folder-form.ts';
import { waveFile } from '../../../renderer/features/data/recorder/wave-file.ts';
import { imported, ownFolder } from './imported.ts';

const { file, folder } = ownFolder();

const recording = async (seconds: number, rate: number): Promise<Uint8Array> => {
  const wave = Int16Array.from({ length: seconds * rate }, (_, at) => 900 * (at % 13));
  return new Uint8Array(await waveFile({ rate, wave }).arrayBuffer());
};

test('an endless and an empty recording are set aside; those beside them stay, whatever their rates', async () => {
  for (const [name, seconds, rate] of [
    ['a/1', 1, 8_000],
    ['a/2', 1, 44_100],
    ['b/1', 2, 16_000],
    ['b/2', 1, 4_000],
    ['b/endless', 601, 4_000],
    ['b/empty', 0, 8_000],
  ] as const)
    file(`clips/${name}.wav`, await recording(seconds, rate));
  const { samples, report } = await imported(`${folder}/clips`, {});
  expect(samples?.info.classes).toEqual([
    { name: 'a', samples: 2 },
    { name: 'b', samples: 2 },
  ]);
  expect(report.setAside.map(({ raw, reason }) => [raw, reason])).toEqual([
    ['b/empty.wav', expect.stringContaining('it is empty')],
    ['b/endless.wav', expect.stringContaining('it is longer than 10 minutes; cut it into pieces')],
  ]);
});

test('one class only is imported, and said to leave nothing to tell apart', async () => {
  const rows = Array.from({ length: 6 }, (_, row) => `a text of number ${row},same`);
  const { report } = await imported(file('one.csv', `text,label\n${rows.join('\n')}\n`), {
    labelColumn: 'label',
  });
  expect(report.rowsKept).toBe(6);
  expect(report.notes).toContain('Every sample has the label "same": there is nothing to tell apart.');
});

test('a folder of more than 100,000 files is refused with its number', async () => {
  const many = join(folder, 'many', 'a');
  mkdirSync(many, { recursive: true });
  // Names of the same files: on a busy disk 100,000 new files take minutes. No file system refuses 1,000 names of one file.
  for (let index = 0; index <= 100_000; index++) {
    const first = index - (index % 1_000);
    if (index === first) writeFileSync(join(many, String(index)), '');
    else linkSync(join(many, String(first)), join(many, String(index)));
  }
  await expect(filesBelow(join(folder, 'many'))).rejects.toMatchObject({
    code: 'file-unreadable',
    message: expect.stringMatching(/many holds more than 100,000 files; import a part of it\.$/),
  });
});

test('letters that no sequence has set their record aside', async () => {
  const records = ['>s1 label=a\nACGTNRY', '>s2 label=b\nACG7T', '>s3 label=b\nACGG', '>s4 label=a\nacgt'];
  const { samples, report } = await imported(file('letters.fasta', records.join('\n')), {});
  expect(report.setAside).toMatchObject([{ line: 3, reason: expect.stringContaining('7') }]);
  expect(samples?.rows).toBe(3);
});

test('a file none of whose samples can be read says why', async () => {
  await expect(imported(file('headless.fasta', 'no header\nACGT\n'), {})).rejects.toMatchObject({
    message: expect.stringContaining(
      'headless.fasta has no sample that can be kept: line 1, it stands before the first header',
    ),
  });
});
