// Files of samples that are made to harm: refused or read at once, whatever they say of themselves; and some files of the fuzzer.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ImportOptions } from '../../../engine/contract/datasets/dataset.ts';
import type { ImportDescription } from '../../../engine/contract/processes/importer.ts';
import { HindcastError } from '../../../engine/contract/values/errors.ts';
import { readRecording } from '../../../engine/data/samples/import/sound/recording.ts';
import { importAny } from '../../../engine/hosts/importer/import-any.ts';
import { randomFrom } from '../../fuzz/random.ts';
import { fuzzSamples } from '../../fuzz/samples.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hindcast-hostile-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function imported(path: string, options: ImportOptions = {}): Promise<ImportDescription> {
  let description: ImportDescription | undefined;
  await importAny(
    { path, sample: null, options },
    {
      progress: () => {},
      described: (found) => {
        description = found;
      },
      chunk: async () => {},
    },
  );
  return description!;
}

const TS = '@problemName x\n@classLabel true a b\n@data\n';
const ARFF =
  '@relation x\n@attribute bag relational\n@attribute t numeric\n@end bag\n@attribute class {a,b}\n@data\n';
const TIMES = 'time,v\n2020-01-01,1\n2020-01-02,2\n2020-01-03,2\n';
const MANY = 200_000;

/** Each took minutes, or more memory than there is, in a form that compares every pair or believes what is said. */
test.each([
  ['blank lines before a table', 'blank.csv', '\n'.repeat(2_000) + TIMES, {}],
  ['comments before a table', 'comments.csv', '# \n'.repeat(1_000) + TIMES, {}],
  ['brackets that never close', 'open.ts', `${TS}${'('.repeat(MANY)}:a\n(1,2):b\n(2,3):a\n`, {}],
  [
    'a long channel among many',
    'long.ts',
    `${TS}${'1,'.repeat(MANY)}1${':1'.repeat(MANY)}:a\n1:b\n2:a\n`,
    {},
  ],
  [
    'the same in brackets',
    'long.arff',
    `${ARFF}'${'1,'.repeat(MANY)}1${'\\n1'.repeat(MANY)}',a\n'1',b\n'2',a\n`,
    {},
  ],
  [
    'an attribute with a break inside',
    'break.arff',
    `@relation x\n@attribute ${'a'.repeat(MANY)}\rb\n@attribute class {a,b}\n@data\n1,a\n2,b\n`,
    {},
  ],
  [
    'digits that end in a letter',
    'digits.csv',
    `text,label\n${'1'.repeat(MANY)}x,a\nfoo bar,b\nbaz bar,a\nx y,b\n`,
    { as: 'samples' },
  ],
  [
    'JSON 100,000 deep',
    'deep.jsonl',
    `{"text":${'['.repeat(100_000)}${']'.repeat(100_000)},"label":"a"}\n{"text":"x y","label":"b"}\n{"text":"x z","label":"a"}\n`,
    { as: 'samples' },
  ],
] satisfies [string, string, string, ImportOptions][])(
  '%s: read at once',
  async (_what, name, text, options) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    const { report } = await imported(path, options);
    expect(report.rowsKept).toBeGreaterThan(0);
  },
);

test.each([
  [
    'other fields in each object',
    Array.from({ length: 3_000 }, (_, row) =>
      JSON.stringify(Object.fromEntries(Array.from({ length: 50 }, (_, key) => [`${row} ${key}`, 1]))),
    ).join('\n'),
    'other fields in each object',
  ],
  ['a list 100,000 deep', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, 'no valid JSON'],
])('%s: refused', async (_what, text, words) => {
  const path = join(folder, 'objects.jsonl');
  writeFileSync(path, text);
  await expect(imported(path, { as: 'samples' })).rejects.toMatchObject({
    code: 'file-unreadable',
    message: expect.stringContaining(words),
  });
});

test.skipIf(process.platform === 'win32').each(['', '.fasta', '.txt', '.csv'])(
  'a pipe and a device named x%s are refused before they are opened',
  async (ending) => {
    const [pipe, device] = [join(folder, `pipe${ending}`), join(folder, `device${ending}`)];
    execFileSync('mkfifo', [pipe]);
    symlinkSync('/dev/zero', device);
    for (const path of [pipe, device])
      for (const options of [{}, { as: 'samples' }, { as: 'text' }] as const)
        await expect(imported(path, options)).rejects.toMatchObject({
          code: 'file-unreadable',
          message: expect.stringContaining('is a device or a pipe'),
        });
  },
);

test.skipIf(process.platform === 'win32')(
  'a table reads no file outside of its folder, also through links',
  async () => {
    const own = join(folder, 'own');
    mkdirSync(own);
    writeFileSync(join(folder, 'secret.txt'), 'a secret');
    symlinkSync(join(folder, 'secret.txt'), join(own, 'link.txt'));
    symlinkSync('/dev/zero', join(own, 'endless.txt'));
    execFileSync('mkfifo', [join(own, 'pipe.txt')]);
    for (const name of ['one', 'two', 'three']) writeFileSync(join(own, `${name}.txt`), `the text ${name}`);
    const names = ['one', 'two', 'three', 'link', 'endless', 'pipe', '../secret', '/etc/passwd'];
    writeFileSync(
      join(own, 'list.csv'),
      `file,label\n${names.map((name, index) => `${name}.txt,${'ab'[index % 2]}`).join('\n')}\n`,
    );
    const { report } = await imported(join(own, 'list.csv'), { as: 'samples' });
    expect(report).toMatchObject({ rowsKept: 3, rowsSetAside: 5 });
    expect(report.setAside.map(({ reason }) => reason)).toEqual([
      'it leads out of the folder of the table',
      'it leads out of the folder of the table',
      'it is no file',
      'it leads out of the folder of the table',
      'it leads out of the folder of the table',
    ]);
  },
);

test('the first line of a file that is no table is not repeated', async () => {
  const path = join(folder, 'accounts');
  writeFileSync(path, 'root:secret:1:2:::\ndaemon:other:1:2:::\n'.repeat(10));
  for (const options of [
    { as: 'samples', labelColumn: 'x' },
    { inputColumn: 'x' },
    { labelColumn: 'x' },
  ] as const)
    await imported(path, options).then(
      () => expect.unreachable(),
      (cause: unknown) =>
        expect(JSON.stringify(HindcastError.wrap(cause, '').toData())).not.toContain('secret'),
    );
});

test('some damaged files of samples, always the same ones', async () => {
  const { read, refused, findings } = await fuzzSamples(14, 130);
  expect(findings).toEqual([]);
  expect(Math.min(read, refused)).toBeGreaterThan(10);
});

const RECORDINGS = ['one.flac', 'silence.flac', 'one.mp3', 'one.ogg', 'one.opus'];

test.each(RECORDINGS)('%s with changed bytes is read or set aside with a reason', async (name) => {
  const sound = readFileSync(join(import.meta.dirname, '../../golden/recordings', name));
  const random = randomFrom(name.length);
  for (let round = 0; round < 12; round++) {
    const copy = Buffer.from(sound.subarray(0, round % 3 === 0 ? random.below(sound.length) : sound.length));
    for (let i = 0; i < 4 && copy.length > 0; i++)
      copy[random.below(Math.min(copy.length, i < 2 ? 200 : copy.length))] = random.below(256);
    try {
      const { wave } = await readRecording(copy, name);
      expect(wave.length).toBeGreaterThan(0);
    } catch (cause) {
      expect(cause).toBeInstanceOf(HindcastError);
      expect(cause).toMatchObject({ code: 'file-unreadable' });
    }
  }
});
