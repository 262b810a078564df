// Uploads that are released while another file is being added to them.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { createUploads, type Uploads } from '../../../engine/hosts/serve/uploads.ts';

let uploads: Uploads;
beforeEach(() => {
  uploads = createUploads();
});
afterEach(() => uploads.close());

test.each(['begun', 'about to begin'])(
  'a file that joins a folder released when it was %s is refused and brings nothing back',
  async (when) => {
    const first = await uploads.receive('card.json', Readable.from(['{}']));
    const content = new PassThrough();
    const joining = uploads.receive('weights.bin', content, { beside: first.id });
    content.write('x');
    const begun = join(dirname(first.path), 'weights.bin');
    if (when === 'begun') await expect.poll(() => existsSync(begun)).toBe(true);
    uploads.release(first.id);
    content.end('y');
    await expect(joining).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringContaining('upload all of them again'),
    });
    expect(existsSync(dirname(first.path))).toBe(false);
    await expect(
      uploads.receive('model.json', Readable.from(['x']), { beside: first.id }),
    ).rejects.toMatchObject({
      code: 'not-found',
    });
  },
);

test('a file that breaks off leaves nothing; beside others, only itself goes', async () => {
  const broken = () =>
    Readable.from(
      (async function* () {
        yield 'x';
        throw new Error('the line went dead');
      })(),
    );
  const first = await uploads.receive('card.json', Readable.from(['{}']));
  await expect(uploads.receive('model.json', broken(), { beside: first.id })).rejects.toMatchObject({
    code: 'file-unreadable',
  });
  expect(readFileSync(first.path, 'utf8')).toBe('{}');
  const again = await uploads.receive('model.json', Readable.from(['[]']), { beside: first.id });
  expect(readFileSync(again.path, 'utf8')).toBe('[]');
});

test('a name that is taken says so', async () => {
  const first = await uploads.receive('card.json', Readable.from(['{}']));
  await expect(
    uploads.receive('card.json', Readable.from(['other']), { beside: first.id }),
  ).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('is there already'),
  });
  expect(readFileSync(first.path, 'utf8')).toBe('{}');
});

test('an upload goes when its tab is closed, not when the page is loaded again', async () => {
  // By a clock of the test's own: a file may take longer to arrive than so short a grace.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const own = createUploads({ graceMs: 30 });
  const closeLine = own.tabIsOpen('tab');
  const kept = await own.receive('a.csv', Readable.from(['x']), { tab: 'tab' });
  const never = await own.receive('b.csv', Readable.from(['x']), { tab: 'closed before' });
  vi.advanceTimersByTime(29);
  expect(existsSync(never.path)).toBe(true);
  vi.advanceTimersByTime(1);
  expect(existsSync(never.path)).toBe(false);
  closeLine();
  const closeSecond = own.tabIsOpen('tab');
  vi.advanceTimersByTime(60);
  expect(existsSync(kept.path)).toBe(true);
  closeSecond();
  vi.advanceTimersByTime(30);
  expect(existsSync(kept.path)).toBe(false);
  own.close();
});

test.each([
  ['is announced so', 11],
  ['turns out so', undefined],
])('a file beyond the limit is refused with a sentence when it %s', async (_when, bytes) => {
  const own = createUploads({ mostBytes: 10 });
  await expect(own.receive('big.csv', Readable.from(['12345', '678901']), { bytes })).rejects.toMatchObject({
    code: 'invalid-input',
    message: expect.stringContaining('hindcast import'),
  });
  expect(readdirSync(own.folder)).toEqual([]);
  own.close();
});

test('folders of servers that were killed are removed at the next start; those of others and of the living stay', () => {
  const before = process.env.TMPDIR;
  const parent = mkdtempSync(join(tmpdir(), 'hindcast-sweep-'));
  process.env.TMPDIR = parent;
  try {
    const { pid: dead } = spawnSync(process.execPath, ['--version']);
    const names = [
      `hindcast-uploads-${dead}-abc`,
      `hindcast-uploads-${process.ppid}-abc`,
      'hindcast-uploads-x',
      'other',
    ];
    for (const name of names) mkdirSync(join(parent, name, 'inner'), { recursive: true });
    const own = createUploads();
    expect(
      readdirSync(parent)
        .filter((name) => names.includes(name))
        .sort(),
    ).toEqual(names.slice(1).sort());
    own.close();
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
    rmSync(parent, { recursive: true, force: true });
  }
});
