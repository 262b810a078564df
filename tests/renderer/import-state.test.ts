// The file of the import dialog: chosen, replaced, cancelled, released.
import { afterEach, expect, test } from 'vitest';
import { HindcastError } from '../../engine/contract/values/errors.ts';
import {
  closeImport,
  importDraft,
  openImport,
  openImportOf,
  setImporting,
} from '../../renderer/features/data/import-state.ts';
import type { EngineFile, TransferOptions } from '../../renderer/shell/shell.ts';

afterEach(closeImport);

/** Files whose handing over a test ends by hand, and which of them were released. */
function played() {
  const released: string[] = [];
  const file = (name: string): EngineFile => ({
    name,
    path: `/uploads/${name}`,
    bytes: 1,
    release: () => void released.push(name),
  });
  function handOver(name: string) {
    const { promise, resolve, reject } = Promise.withResolvers<EngineFile>();
    let options: TransferOptions = {};
    const opened = openImportOf((given) => {
      options = given;
      given.onProgress?.(0);
      return promise;
    });
    return {
      opened,
      signal: () => options.signal,
      progress: (fraction: number) => options.onProgress?.(fraction),
      arrive: () => resolve(file(name)),
      fail: (code: 'cancelled' | 'connection-lost') => reject(new HindcastError(code, 'It did not come.')),
    };
  }
  return { released, file, handOver };
}

const shown = () => {
  const subject = importDraft()?.subject;
  return subject?.kind === 'file' ? subject.file.name : null;
};

test('a file is shown when it is there, and released when the dialog closes', async () => {
  const { handOver, released } = played();
  const upload = handOver('a.csv');
  upload.progress(0.5);
  expect(importDraft()).toMatchObject({ subject: null, uploading: 0.5 });
  upload.arrive();
  await upload.opened;
  expect([shown(), importDraft()?.uploading]).toEqual(['a.csv', null]);
  expect(released).toEqual([]);
  closeImport();
  expect(released).toEqual(['a.csv']);
});

test('another file replaces it and is another draft, also the same file again', async () => {
  const { file, released } = played();
  const numbers = [];
  for (const name of ['a.csv', 'b.csv', 'b.csv']) {
    await openImportOf(async () => file(name));
    numbers.push(importDraft()?.number);
  }
  expect(shown()).toBe('b.csv');
  expect(released).toEqual(['a.csv', 'b.csv']);
  expect(new Set(numbers).size).toBe(3);
});

test('several files are one table, and none of them stays where one does not come', async () => {
  const { file, released } = played();
  const progress: (number | null | undefined)[] = [];
  const get =
    (name: string) =>
    async ({ onProgress }: TransferOptions) => {
      onProgress?.(0.5);
      progress.push(importDraft()?.uploading);
      return file(name);
    };
  await openImportOf(get('a.csv'), get('b.csv'));
  expect(progress).toEqual([0.25, 0.75]);
  expect(importDraft()?.subject).toMatchObject({ file: { name: 'a.csv' }, more: [{ name: 'b.csv' }] });
  closeImport();
  expect(released).toEqual(['a.csv', 'b.csv']);
  released.length = 0;
  const failing = openImportOf(get('c.csv'), () => Promise.reject(new HindcastError('file-missing', 'No.')));
  await expect(failing).rejects.toThrow('No.');
  expect([released, importDraft()]).toEqual([['c.csv'], null]);
});

test('closing the dialog calls the upload off, and it does not come back', async () => {
  const { handOver, released } = played();
  const upload = handOver('a.csv');
  closeImport();
  expect(upload.signal()?.aborted).toBe(true);
  upload.progress(0.9);
  expect(importDraft()).toBeNull();
  upload.fail('cancelled');
  await expect(upload.opened).resolves.toBeUndefined();

  const late = handOver('late.csv');
  closeImport();
  late.arrive();
  await late.opened;
  expect([importDraft(), released]).toEqual([null, ['late.csv']]);
});

test('a later upload takes over from an earlier one', async () => {
  const { handOver } = played();
  const first = handOver('a.csv');
  const second = handOver('b.csv');
  expect([first.signal()?.aborted, second.signal()?.aborted]).toEqual([true, false]);
  first.fail('cancelled');
  await first.opened;
  expect(importDraft()?.uploading).toBe(0);
  second.arrive();
  await second.opened;
  expect(shown()).toBe('b.csv');
});

test('an upload that fails says so and closes its dialog; one that shows nothing yet leaves the dialog', async () => {
  const { handOver, file } = played();
  const upload = handOver('a.csv');
  upload.fail('connection-lost');
  await expect(upload.opened).rejects.toThrow('It did not come.');
  expect(importDraft()).toBeNull();

  await openImportOf(async () => file('b.csv'));
  const refused = openImportOf(() => Promise.reject(new HindcastError('file-missing', 'It lies nowhere.')));
  await expect(refused).rejects.toThrow('It lies nowhere.');
  expect(shown()).toBe('b.csv');
});

test('nothing replaces an import that is under way', async () => {
  const { file, released } = played();
  await openImportOf(async () => file('a.csv'));
  const { subject } = importDraft() ?? {};
  if (!subject) throw new Error('nothing is shown');
  setImporting(subject, true);
  await expect(openImportOf(async () => file('b.csv'))).rejects.toMatchObject({ code: 'conflict' });
  openImport();
  expect(importDraft()).toMatchObject({ subject, importing: true });
  expect(released).toEqual([]);
  setImporting(subject, false);
  // Nor what was asked for before it began.
  const { promise, resolve } = Promise.withResolvers<EngineFile>();
  let report: TransferOptions['onProgress'];
  const late = openImportOf(({ onProgress }) => {
    report = onProgress;
    return promise;
  });
  setImporting(subject, true);
  report?.(0.5);
  resolve(file('late.csv'));
  await expect(late).rejects.toMatchObject({ code: 'conflict' });
  expect(importDraft()).toMatchObject({ subject, importing: true });
  expect(released).toEqual(['late.csv']);
  setImporting(subject, false);
  openImport();
  expect(importDraft()).toMatchObject({ subject: null, importing: false });
});
