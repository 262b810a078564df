// Invalid input to the command line: one sentence, an exit code, and nothing written.

import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCommand } from './command.ts';

const folder = mkdtempSync(join(tmpdir(), 'hindcast-bad-'));
const workspace = join(folder, 'good.hindcast');
const inFolder = (name: string, content?: string | Buffer): string => {
  const path = join(folder, name);
  if (content !== undefined) writeFileSync(path, content);
  return path;
};

const goodCsv = [
  'date,level,note',
  ...Array.from(
    { length: 60 },
    (_, day) =>
      `2020-${String(1 + Math.floor(day / 28)).padStart(2, '0')}-${String(1 + (day % 28)).padStart(2, '0')},${day},x${day % 3}`,
  ),
].join('\n');
const goodExperiment = {
  name: 'good',
  dataset: { name: 'good' },
  task: { kind: 'forecast', targets: ['level'], lookback: 4, horizon: 2 },
  model: { kind: 'lstm', units: 2 },
  training: { epochs: 1 },
};

/** What the workspace holds, as the command line tells it. */
async function holdings(): Promise<string> {
  const datasets = await runCommand(['datasets', '--json', '--workspace', workspace]);
  const runs = await runCommand(['runs', '--json', '--workspace', workspace]);
  return datasets.stdout + runs.stdout;
}

let before = '';
beforeAll(async () => {
  const { code, stderr } = await runCommand([
    'import',
    inFolder('good.csv', goodCsv),
    '--workspace',
    workspace,
  ]);
  expect({ code, stderr }).toMatchObject({ code: 0 });
  before = await holdings();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** One line, which says `words`; a usage error may add a line that points to the help. */
async function expectRefusal(args: readonly string[], code: 1 | 2, words: RegExp): Promise<void> {
  const result = await runCommand([...args, '--workspace', workspace]);
  expect({ code: result.code, stdout: result.stdout }, result.stderr).toEqual({ code, stdout: '' });
  expect(result.stderr).toMatch(words);
  expect(result.stderr.trim().split('\n').length, result.stderr).toBeLessThanOrEqual(2);
  expect(result.stderr).not.toMatch(/\bat \S+ \(|node:internal|\.ts:\d+/);
}

describe('import refuses', () => {
  test.each<[string, () => string, RegExp]>([
    ['a missing file', () => inFolder('missing.csv'), /no file \S+missing\.csv; check the path/],
    ['an empty file', () => inFolder('empty.csv', ''), /empty\.csv.*empty/i],
    [
      'a binary file',
      () => inFolder('picture.csv', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')),
      /picture\.csv.*PNG/i,
    ],
    [
      'no readable time column',
      () => inFolder('timeless.csv', 'a,b\n1,2\n3,x\n'),
      /timeless\.csv has no readable times among its columns/,
    ],
    [
      'no numeric column',
      () => inFolder('wordy.csv', 'date,name\n2020-01-01,a\n2020-01-02,b\n'),
      /numeric column/i,
    ],
    [
      'two columns of one name',
      () => inFolder('twins.csv', 'date,x,x\n2020-01-01,1,2\n'),
      /two columns.*"x"/i,
    ],
  ])('%s', (_name, file, words) => expectRefusal(['import', file()], 1, words));
});

describe('train refuses', () => {
  const experiment = (name: string, change: object) =>
    inFolder(`${name}.json`, JSON.stringify({ ...goodExperiment, ...change }));
  const task = (change: object) => ({ task: { ...goodExperiment.task, ...change } });

  test.each<[string, () => string, RegExp]>([
    ['an unknown column', () => experiment('column', task({ targets: ['lvel'] })), /no column "lvel".*level/],
    [
      'an unknown model',
      () => experiment('model', { model: { kind: 'oracle' } }),
      /model\.kind is "oracle"; it must be/,
    ],
    [
      'horizon 0',
      () => experiment('horizon', task({ horizon: 0 })),
      /task\.horizon is 0; it must be greater than 0/,
    ],
    [
      'a negative learning rate',
      () => experiment('rate', { training: { optimizer: { kind: 'adam', learningRate: -0.1 } } }),
      /training\.optimizer\.learningRate is -0\.1; it must be greater than 0/,
    ],
    [
      'more look-back than rows',
      () => experiment('long', task({ lookback: 500 })),
      /training part of good has \d+ rows \(of \d+\), but a window needs look-back 500 \+ horizon 2 = 502/,
    ],
    [
      'a horizon longer than the test part',
      () => experiment('far', task({ horizon: 20 })),
      /part of good has/,
    ],
    [
      'cross-entropy of amounts',
      () => experiment('amounts', task({ loss: 'cross-entropy' })),
      /The loss cross-entropy needs targets that are 1 .* level is 4; choose another task\.loss/,
    ],
    ['an unknown dataset', () => experiment('data', { dataset: { name: 'other' } }), /no dataset "other"/],
    ['a file that is no JSON', () => inFolder('broken.json', '{"name": '), /broken\.json.*line 1/],
    ['a file that is not there', () => inFolder('nowhere.json'), /nowhere\.json/],
  ])('%s', (_name, file, words) => expectRefusal(['train', file()], 1, words));
});

describe('wrong use ends with 2', () => {
  test.each<[string, string[], RegExp]>([
    ['an unknown verb', ['trian'], /trian.*train/s],
    ['an unknown option', ['runs', '--lmit', '3'], /--lmit.*--limit/s],
    ['a missing argument', ['import'], /FILE/],
    ['a value that is no number', ['runs', '--limit', 'many'], /many/],
  ])('%s', (_name, args, words) => expectRefusal(args, 2, words));
});

test('nothing of all this is in the workspace', async () => {
  expect(await holdings()).toBe(before);
});

describe('a workspace is refused and left as it is', () => {
  const refused = async (path: string, words: RegExp) => {
    const bytes = readFileSync(path);
    const names = readdirSync(folder);
    const result = await runCommand(['runs', '--workspace', path]);
    expect(result.code, result.stderr).toBe(1);
    expect(result.stderr).toMatch(words);
    expect(result.stderr.trim().split('\n')).toHaveLength(1);
    expect(readFileSync(path).equals(bytes)).toBe(true);
    expect(readdirSync(folder)).toEqual(names);
  };

  test('that is not ours: a text', () =>
    refused(inFolder('letter.hindcast', 'Dear Sir or Madam'), /not a Hindcast workspace|not.*workspace/i));

  test('that is not ours: another SQLite file', async () => {
    const path = inFolder('other.hindcast');
    const database = new Database(path);
    database.exec('CREATE TABLE a (b)');
    database.close();
    await refused(path, /not.*workspace/i);
  });

  test('from a newer Hindcast', async () => {
    const path = inFolder('newer.hindcast');
    copyFileSync(workspace, path);
    const database = new Database(path);
    database.pragma('journal_mode = DELETE');
    database
      .prepare('UPDATE migration SET number = 9000 WHERE number = (SELECT max(number) FROM migration)')
      .run();
    database.pragma('user_version = 9000');
    database.close();
    await refused(path, /newer/i);
  });

  test('damaged', async () => {
    const path = inFolder('damaged.hindcast');
    const bytes = readFileSync(workspace);
    // Page 2 on: everything after the header of the file.
    bytes.fill(0x5a, 16_384, Math.min(bytes.length, 16_384 * 6));
    writeFileSync(path, bytes);
    await refused(path, /damaged/i);
  });

  const isRoot = process.getuid?.() === 0;
  test('in a folder that is mounted read-only: it can be looked at', async (context) => {
    const mounted = join(folder, 'read-only');
    mkdirSync(mounted);
    const mount = isRoot
      ? spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=16m', 'tmpfs', mounted])
      : { status: 1 };
    if (mount.status !== 0) return context.skip('mounting needs root');
    try {
      const path = join(mounted, 'good.hindcast');
      copyFileSync(workspace, path);
      spawnSync('mount', ['-o', 'remount,ro', mounted]);
      const looked = await runCommand(['runs', '--workspace', path]);
      expect(looked.code, looked.stderr).toBe(0);
      expect(looked.stderr).toMatch(/read-only/i);
      const written = await runCommand(['delete', '1', '--yes', '--workspace', path]);
      expect(written.code).toBe(1);
      expect(written.stderr).toMatch(/read-only/i);
      expect(readdirSync(mounted)).toEqual(['good.hindcast']);
    } finally {
      spawnSync('umount', [mounted]);
    }
  });

  test('on a full disk while training: the run pauses with the reason, resumes when there is room, and no row is torn', async (context) => {
    const mounted = join(folder, 'small-disk');
    mkdirSync(mounted);
    const mount = isRoot
      ? spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', mounted])
      : { status: 1 };
    if (mount.status !== 0) return context.skip('mounting needs root');
    try {
      const path = join(mounted, 'full.hindcast');
      copyFileSync(workspace, path);
      const room = 24 * 2 ** 20 - statSync(path).size;
      const ballast = join(mounted, 'ballast');
      const experiment = inFolder(
        'full.json',
        JSON.stringify({
          ...goodExperiment,
          training: { epochs: 400, batchSize: 2, earlyStopping: null, checkpointEverySteps: 20 },
        }),
      );
      const { startCommand } = await import('./command.ts');
      const training = startCommand(['train', experiment, '--name', 'full', '--workspace', path]);
      const state = async () => {
        const { stdout } = await runCommand(['runs', '--json', '--workspace', path]);
        return (JSON.parse(stdout || '[]') as { state: string; reason: string | null }[])[0];
      };
      await expect.poll(async () => (await state())?.state).toBe('running');
      const fill = spawnSync('dd', [
        'if=/dev/zero',
        `of=${ballast}`,
        'bs=4096',
        `count=${Math.ceil(room / 4096)}`,
      ]);
      expect(fill.status).not.toBe(0);
      await expect.poll(async () => (await state())?.state).toBe('paused');
      expect((await state())?.reason).toMatch(/full|room|space/i);
      rmSync(ballast);
      const { code, stderr } = await training.ended;
      expect(code, stderr).toBe(0);

      const calm = await runCommand(['train', experiment, '--name', 'calm', '--workspace', workspace]);
      expect(calm.code, calm.stderr).toBe(0);
      const metrics = async (where: string, run: string) =>
        (
          await runCommand([
            'export',
            run,
            '--format',
            'csv',
            '--out',
            join(folder, `out-${run}`),
            '--workspace',
            where,
          ])
        ).code === 0 && readFileSync(join(folder, `out-${run}`, 'metrics-by-step.csv'), 'utf8');
      expect(await metrics(path, 'full')).toBe(await metrics(workspace, 'calm'));
    } finally {
      spawnSync('umount', [mounted]);
    }
  });
});
