// Imports, with an import process that the test plays.
import { expect, test } from 'vitest';
import type { ImportUpdate } from '../../engine/contract/datasets/dataset.ts';
import { deleteDataset } from '../../engine/services/datasets/datasets.ts';
import { importDataset } from '../../engine/services/datasets/import.ts';
import { previewImport, previewProgress } from '../../engine/services/datasets/preview.ts';
import { chunkMessages, describedMessage } from './dataset.ts';
import { createTestEngine, type TestEngine } from './fixture.ts';

const source = { kind: 'file', path: '/data/waves.csv' } as const;

/** Begins an import and lets its process send everything up to the end. */
async function sendAll(engine: TestEngine, name: string, signal?: AbortSignal) {
  const updates: ImportUpdate[] = [];
  const ended = (async () => {
    for await (const update of importDataset(engine, { source, name, options: {} }, signal))
      updates.push(update);
  })();
  ended.catch(() => {});
  await engine.settle();
  const importer = engine.importers.at(-1)!;
  importer.say(describedMessage(30));
  for (const chunk of chunkMessages(30)) importer.say(chunk);
  await engine.settle();
  return { importer, ended, updates };
}

test('chunks are acknowledged once they are stored, and the process ends with the import', async () => {
  const engine = createTestEngine();
  const { importer, ended, updates } = await sendAll(engine, 'new');
  expect(importer.received.slice(1)).toEqual([{ type: 'stored' }, { type: 'stored' }]);
  importer.say({ type: 'finished' });
  await ended;
  expect(updates.at(-1)).toMatchObject({ type: 'done', created: true, dataset: { name: 'new', rows: 30 } });
  expect(await importer.exited).toMatchObject({ signal: 'SIGKILL' });
});

test.each([['new'], ['waves']])(
  'an import into "%s" whose last transaction fails leaves nothing: the dataset can be deleted and imported again',
  async (name) => {
    const engine = createTestEngine();
    const { importer, ended } = await sendAll(engine, name);
    const { append } = engine.hub;
    engine.hub.append = () => {
      throw new Error('the event could not be written');
    };
    importer.say({ type: 'finished' });
    await expect(ended).rejects.toThrow('the event could not be written');
    engine.hub.append = append;
    expect(engine.workspace.datasets.list().map((one) => [one.name, one.rows])).toEqual([['waves', 40]]);
    const again = await sendAll(engine, name);
    again.importer.say({ type: 'finished' });
    await again.ended;
    deleteDataset(engine, name, false);
    expect(engine.workspace.datasets.find(name)).toBeUndefined();
    expect(engine.workspace.datasets.sweepImports()).toBe(0);
  },
);

test('a cancelled import keeps nothing, though its process has sent all', async () => {
  const engine = createTestEngine();
  const abort = new AbortController();
  const { importer, ended } = await sendAll(engine, 'new', abort.signal);
  abort.abort();
  importer.say({ type: 'finished' });
  await expect(ended).rejects.toMatchObject({ code: 'cancelled' });
  expect(engine.workspace.datasets.find('new')).toBeUndefined();
  expect(await importer.exited).toMatchObject({ signal: 'SIGKILL' });
});

test('a process that ends too early fails the import, and what it said before counts first', async () => {
  const engine = createTestEngine();
  const { importer, ended } = await sendAll(engine, 'new');
  importer.end({ code: 1, signal: null });
  await expect(ended).rejects.toMatchObject({
    code: 'process-died',
    message: 'The import process ended (exit code 1) before the import did.',
  });
});

test('how far a preview is can be asked for by its name, until it is there', async () => {
  const engine = createTestEngine();
  expect(previewProgress('mine')).toBeNull();
  const asked = previewImport(engine, { source, options: {}, watch: 'mine' }, undefined);
  const other = previewImport(engine, { source, options: {}, watch: 'other' }, undefined);
  await engine.settle();
  const [importer, second] = engine.importers.slice(-2);
  importer!.say({ type: 'progress', phase: 'reading', rows: 700, fraction: 0.25 });
  second!.end({ code: 1, signal: null });
  await expect(other).rejects.toMatchObject({ code: 'process-died' });
  expect(previewProgress('mine')).toEqual({ phase: 'reading', rows: 700, fraction: 0.25 });
  expect(previewProgress('other')).toBeNull();
  importer!.say(describedMessage(30));
  for (const chunk of chunkMessages(30)) importer!.say(chunk);
  await asked;
  expect(previewProgress('mine')).toBeNull();
});

test('a preview takes the head of each column and ends the process', async () => {
  const engine = createTestEngine();
  const preview = async (chunks: ReturnType<typeof chunkMessages>) => {
    const asked = previewImport(engine, { source, options: {} }, undefined);
    await engine.settle();
    const importer = engine.importers.at(-1)!;
    importer.say(describedMessage(30));
    for (const chunk of chunks) importer.say(chunk);
    return { importer, head: (await asked).head };
  };
  const { importer, head } = await preview(chunkMessages(30));
  expect(head.columns).toEqual(['date', 'level']);
  expect(head.rows).toHaveLength(6);
  expect(head.rows[1]).toEqual(['1970-01-02', String(Math.sin(1 / 3))]);
  expect(await importer.exited).toMatchObject({ signal: 'SIGKILL' });
  // A midnight among hours has its clock.
  const hours = new Uint8Array(
    BigInt64Array.from({ length: 30 }, (_, i) => BigInt(i) * 3_600_000_000n).buffer,
  );
  const hourly = chunkMessages(30).map((one) => (one.column === -1 ? { ...one, data: hours } : one));
  expect((await preview(hourly)).head.rows.map(([time]) => time).slice(0, 2)).toEqual([
    '1970-01-01 00:00:00',
    '1970-01-01 01:00:00',
  ]);
});
