import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { DatasetDetailSchema, DatasetSummarySchema } from '../../../engine/contract/datasets/dataset.ts';
import { parseRunList } from '../../../engine/contract/runs/run-list.ts';
import type { DatasetId, DatasetVersionId } from '../../../engine/contract/values/ids.ts';
import type { ImportWriter } from '../../../engine/store/datasets/import-writer.ts';
import { openSeriesSource } from '../../../engine/store/datasets/series-source.ts';
import type { Workspace } from '../../../engine/store/workspace.ts';
import {
  dataCode,
  dataTime,
  dataValue,
  errorOf,
  feed,
  importData,
  importMessages,
  newRun,
  newWorkspace,
  openTest,
  temporaryFolder,
} from '../helpers.ts';

const DATA_TABLES = ['dataset', 'dataset_version', 'series', 'series_column', 'column_chunk', 'chunk'];

/** Rows of the tables of data, seen from outside. */
function rowCounts(workspace: Workspace): number[] {
  const database = new Database(workspace.path, { fileMustExist: true });
  try {
    return DATA_TABLES.map((table) =>
      Number(database.prepare(`SELECT count(*) FROM ${table}`).pluck().get()),
    );
  } finally {
    database.close();
  }
}
const NOTHING = DATA_TABLES.map(() => 0);

describe('importing', () => {
  test('what was described and sent is what is found', () => {
    const workspace = newWorkspace();
    const messages = importMessages({ rows: 20_000, series: ['A', 'B'] });
    const writer = workspace.datasets.beginImport({ name: 'data', atMs: 1 });
    feed(writer, messages);
    expect(workspace.datasets.list()).toEqual([]);
    expect(workspace.datasets.find('data')).toBeUndefined();
    const { dataset, created } = writer.finish(7);
    expect(created).toBe(true);
    expect(DatasetDetailSchema.parse(dataset)).toEqual(dataset);
    expect(dataset).toMatchObject({
      name: 'data',
      version: 1,
      versions: 1,
      rows: 40_000,
      series: 2,
      setAside: 1,
    });
    expect(dataset).toMatchObject({ createdAtMs: 7, startUs: 0, frequency: '1 hour', state: 'ready' });
    expect(dataset.endUs).toBe(Number(dataTime(19_999)));
    expect(dataset.seriesInfo).toEqual(messages.described.series);
    expect(dataset.recipe).toEqual(messages.described.recipe);
    expect(dataset.report).toEqual(messages.described.report);
    expect(dataset.columns).toEqual(messages.described.columns);
    expect(workspace.datasets.detail('data')).toEqual(dataset);
    expect(workspace.datasets.detail(dataset.id, 1)).toEqual(dataset);
    expect(workspace.datasets.versionDetail(dataset.versionId)).toEqual(dataset);
    expect(workspace.datasets.list().map((item) => DatasetSummarySchema.parse(item))).toHaveLength(1);
    // Times and categories of both series are equal: 3 + 3 chunks once, values 2 x 3.
    expect(rowCounts(workspace)).toEqual([1, 1, 2, 6, 18, 12]);
    const stored = new Set(messages.chunks.map(({ data }) => Buffer.from(data).toString('latin1')));
    expect(dataset.bytes).toBe([...stored].reduce((sum, data) => sum + data.length, 0));
    expect(workspace.diskUse().datasetBytes).toBe(dataset.bytes);
  });

  test('an aborted import leaves nothing', () => {
    const workspace = newWorkspace();
    const writer = workspace.datasets.beginImport({ name: 'data', atMs: 1 });
    feed(writer, importMessages());
    expect(rowCounts(workspace)).not.toEqual(NOTHING);
    writer.abort();
    writer.abort();
    expect(rowCounts(workspace)).toEqual(NOTHING);
    expect(() => writer.finish(3)).toThrow('without a description');
  });

  /** All but the last chunk of each column is sent ahead, with values that no column has. */
  function feedAhead(writer: ImportWriter, messages: ReturnType<typeof importMessages>): void {
    const last = Math.max(...messages.chunks.map(({ position }) => position));
    const first = messages.chunks.filter(({ position }) => position < last);
    const left = importMessages({ offset: 0.5 }).chunks;
    writer.ahead([...first, ...left]);
    writer.describe(messages.described);
    writer.take(first.map((chunk, ahead) => ({ ...chunk, chunk: ahead + 1, ahead })));
    for (const chunk of messages.chunks) if (chunk.position === last) writer.chunk(chunk);
  }

  test('values that were sent ahead make the same version, and what is not taken is removed', () => {
    const messages = importMessages({ rows: 20_000 });
    const [usual, ahead] = [newWorkspace(), newWorkspace()];
    const writers = [usual, ahead].map(({ datasets }) => datasets.beginImport({ name: 'data', atMs: 1 }));
    feed(writers[0]!, messages);
    feedAhead(writers[1]!, messages);
    const [one, other] = writers.map((writer) => writer.finish(2).dataset);
    expect(other).toEqual(one);
    expect(rowCounts(ahead)).toEqual(rowCounts(usual));
  });

  test('values sent ahead stay while another dataset that has them is deleted; an abort removes them', () => {
    const workspace = newWorkspace();
    const messages = importMessages({ rows: 20_000 });
    importData(workspace, 'other', { rows: 20_000 });
    const writer = workspace.datasets.beginImport({ name: 'data', atMs: 1 });
    writer.ahead(messages.chunks);
    workspace.datasets.delete(workspace.datasets.detail('other').id);
    writer.describe(messages.described);
    writer.take(messages.chunks.map((chunk, ahead) => ({ ...chunk, ahead })));
    expect(writer.finish(2).dataset.rows).toBe(20_000);
    const before = rowCounts(workspace);
    const aborted = workspace.datasets.beginImport({ name: 'data', atMs: 3 });
    aborted.ahead(importMessages({ rows: 20_000, offset: 1 }).chunks);
    expect(rowCounts(workspace)).not.toEqual(before);
    aborted.abort();
    expect(rowCounts(workspace)).toEqual(before);
  });

  test('chunks of values that were never sent ahead are refused', () => {
    const writer = newWorkspace().datasets.beginImport({ name: 'data', atMs: 1 });
    const { described, chunks } = importMessages();
    writer.ahead([{ ...chunks[0]!, rows: 20 }]);
    writer.describe(described);
    expect(errorOf(() => writer.take([{ ...chunks[0]!, ahead: 1 }])).message).toContain('did not send ahead');
    expect(errorOf(() => writer.take([{ ...chunks[0]!, rows: 3, ahead: 0 }])).code).toBe('internal');
    expect(errorOf(() => writer.ahead(chunks)).message).toContain('ahead');
  });

  test('an aborted second version leaves the first, with the chunks that both use', () => {
    const workspace = newWorkspace();
    importData(workspace, 'data');
    const before = rowCounts(workspace);
    const writer = workspace.datasets.beginImport({ name: 'data', atMs: 1 });
    feed(writer, importMessages({ offset: 1 }));
    writer.abort();
    expect(rowCounts(workspace)).toEqual(before);
    expect(workspace.datasets.detail('data').version).toBe(1);
  });

  test('the same content again makes no version; other content makes one that shares chunks', () => {
    const workspace = newWorkspace();
    const first = importData(workspace, 'data');
    const before = rowCounts(workspace);
    const again = workspace.datasets.beginImport({ name: 'data', atMs: 8 });
    feed(again, importMessages());
    const result = again.finish(9);
    expect(result.created).toBe(false);
    expect(result.dataset.versionId).toBe(first);
    expect(rowCounts(workspace)).toEqual(before);

    const second = importData(workspace, 'data', { offset: 1 });
    expect(workspace.datasets.detail('data')).toMatchObject({ version: 2, versions: 2, versionId: second });
    expect(workspace.datasets.detail('data', 1).versionId).toBe(first);
    expect(workspace.datasets.list()).toHaveLength(1);
    expect(rowCounts(workspace)).toEqual([1, 2, 2, 6, 6, 4]);
    // Back to the first content: not the newest version's, so it is a version again.
    importData(workspace, 'data');
    expect(workspace.datasets.detail('data')).toMatchObject({ version: 3, versions: 3 });
    expect(workspace.datasets.detail('data').contentHash).toBe(
      workspace.datasets.detail('data', 1).contentHash,
    );
  });

  test('names, kinds and categories are part of the content', () => {
    const workspace = newWorkspace();
    const base = importMessages();
    const variants = [
      base.described,
      { ...base.described, series: base.described.series.map((series) => ({ ...series, name: 'other' })) },
      withColumn(base, 0, { name: 'open' }),
      withColumn(base, 1, { categories: ['a', 'b', 'd'] }),
    ];
    const hashes = variants.map((described, index) => {
      const writer = workspace.datasets.beginImport({ name: `data ${index}`, atMs: 1 });
      feed(writer, { ...base, described });
      return writer.finish(2).dataset.contentHash;
    });
    expect(new Set(hashes).size).toBe(variants.length);
  });

  test('messages that contradict each other are refused', () => {
    const workspace = newWorkspace();
    const { described, chunks } = importMessages();
    const [first, second] = [chunks[0]!, chunks[1]!];
    const begin = () => workspace.datasets.beginImport({ name: 'data', atMs: 1 });
    const undescribed = begin();
    expect(() => undescribed.chunk(first)).toThrow('without a description');
    const writer = begin();
    writer.describe(described);
    expect(() => writer.describe(described)).toThrow('second description');
    expect(() => writer.chunk({ ...first, data: first.data.subarray(1) })).toThrow('bytes where 20 rows');
    expect(() => writer.chunk({ ...first, column: 9 })).toThrow('did not describe');
    writer.chunk(first);
    expect(() => writer.chunk({ ...first, chunk: 2 })).toThrow('has one already');
    expect(() => writer.finish(2)).toThrow('1 of 3 chunks');
    writer.chunk(second);
    writer.chunk({ ...chunks[2]!, position: 1 });
    expect(() => writer.finish(2)).toThrow('only a part of the column "kind"');
    writer.abort();
    undescribed.abort();
    expect(rowCounts(workspace)).toEqual(NOTHING);
  });

  test('what a killed host left is swept, and nothing else', () => {
    const path = join(temporaryFolder(), 'w.hindcast');
    const killed = openTest(path);
    importData(killed, 'data');
    const before = rowCounts(killed);
    feed(killed.datasets.beginImport({ name: 'data', atMs: 1 }), importMessages({ offset: 1 }));
    feed(killed.datasets.beginImport({ name: 'new', atMs: 1 }), importMessages({ offset: 2 }));
    killed.close();
    const workspace = openTest(path);
    expect(workspace.datasets.list().map(({ name }) => name)).toEqual(['data']);
    expect(workspace.datasets.sweepImports()).toBe(2);
    expect(rowCounts(workspace)).toEqual(before);
    expect(workspace.datasets.sweepImports()).toBe(0);
    expect(workspace.datasets.detail('data').version).toBe(1);
    workspace.close();
  });
});

function withColumn(
  { described }: ReturnType<typeof importMessages>,
  position: number,
  change: { name?: string; categories?: string[] },
): ReturnType<typeof importMessages>['described'] {
  const series = described.series.map((info) => ({
    ...info,
    columns: info.columns.map((column, index) => (index === position ? { ...column, ...change } : column)),
  }));
  return { ...described, series };
}

describe('finding, renaming, deleting', () => {
  test('by number, by name, by a number as text; unknown ones name what there is', () => {
    const workspace = newWorkspace();
    expect(errorOf(() => workspace.datasets.detail('x')).message).toContain('import one');
    importData(workspace, 'data');
    importData(workspace, '1');
    const { id } = workspace.datasets.detail('data');
    expect(workspace.datasets.find(id)?.name).toBe('data');
    expect(workspace.datasets.find('1')?.name).toBe('1');
    expect(workspace.datasets.find('2')?.name).toBe('1');
    expect(workspace.datasets.find('3')).toBeUndefined();
    // A number that the list does not show may be a name, and hides none that it shows.
    importData(workspace, '2024');
    expect(workspace.datasets.find(2024 as DatasetId)?.name).toBe('2024');
    expect(workspace.datasets.find(1 as DatasetId)?.name).toBe('data');
    const error = errorOf(() => workspace.datasets.detail('dta'));
    expect(error.code).toBe('not-found');
    expect(error.message).toContain('there are 1, 2024, data');
    expect(errorOf(() => workspace.datasets.detail('data', 4)).message).toContain('no version 4');
    expect(errorOf(() => workspace.datasets.versionDetail(99 as DatasetVersionId)).code).toBe('not-found');
  });

  test('renaming is refused where the name is taken, and the run list follows', () => {
    const workspace = newWorkspace();
    importData(workspace, 'data');
    importData(workspace, 'taken');
    newRun(workspace);
    const { id } = workspace.datasets.detail('data');
    expect(errorOf(() => workspace.datasets.rename(id, 'taken')).code).toBe('conflict');
    expect(parseRunList(workspace.runs.listText())[0]?.datasetName).toBe('data');
    workspace.datasets.rename(id, 'data');
    workspace.datasets.rename(id, 'better "name"');
    expect(parseRunList(workspace.runs.listText())[0]?.datasetName).toBe('better "name"');
    expect(errorOf(() => workspace.datasets.rename(99 as DatasetId, 'x')).code).toBe('not-found');
  });

  test('deleting takes all versions and their chunks, but not shared ones, and never what runs use', () => {
    const workspace = newWorkspace();
    importData(workspace, 'kept', { offset: 1 });
    const before = rowCounts(workspace);
    importData(workspace, 'data');
    importData(workspace, 'data', { offset: 1 });
    const { id } = workspace.datasets.detail('data');
    const runId = newRun(workspace);
    expect(workspace.datasets.runsUsing(id)).toEqual([runId]);
    expect(errorOf(() => workspace.datasets.delete(id)).code).toBe('conflict');
    workspace.runs.delete(runId);
    const running = workspace.datasets.beginImport({ name: 'data', atMs: 1 });
    expect(errorOf(() => workspace.datasets.delete(id)).message).toContain('An import writes');
    running.abort();
    workspace.datasets.delete(id);
    expect(rowCounts(workspace)).toEqual(before);
    expect(errorOf(() => workspace.datasets.delete(id)).code).toBe('not-found');
    // A number is never given again.
    importData(workspace, 'later');
    expect(workspace.datasets.detail('later').id).toBeGreaterThan(id);
  });

  test('the chunks of a large dataset are removed a part at a time, by whatever is asked next', () => {
    const workspace = newWorkspace();
    importData(workspace, 'kept');
    const before = rowCounts(workspace);
    const series = Array.from({ length: 1_500 }, (_, index) => `series ${index}`);
    importData(workspace, 'data', { rows: 5, series });
    workspace.datasets.delete(workspace.datasets.detail('data').id);
    expect(workspace.datasets.find('data')).toBeUndefined();
    expect(rowCounts(workspace).at(-1)).toBeGreaterThan(before.at(-1)!);
    while (workspace.freePages() > 0);
    expect(rowCounts(workspace)).toEqual(before);
    expect(workspace.diskUse().freeBytes).toBe(0);
  });

  test('an import that was summed up in steps ends as one that was not', () => {
    const workspace = newWorkspace();
    const messages = importMessages({ series: ['a', 'b'] });
    importData(workspace, 'at once', { series: ['a', 'b'] });
    const writer = workspace.datasets.beginImport({ name: 'in steps', atMs: 1 });
    expect(() => [...writer.sumUp()]).toThrow('without a description');
    feed(writer, messages);
    expect([...writer.sumUp()]).toHaveLength(6);
    const { dataset } = writer.finish(2);
    const { contentHash, bytes } = workspace.datasets.detail('at once');
    expect(dataset).toMatchObject({ contentHash, bytes });
  });

  test('free pages go back to the disk', () => {
    const workspace = newWorkspace();
    importData(workspace, 'data', { rows: 50_000 });
    workspace.datasets.delete(workspace.datasets.detail('data').id);
    const { freeBytes } = workspace.diskUse();
    expect(freeBytes).toBeGreaterThan(500_000);
    expect(workspace.freePages(5)).toBe(5);
    expect(workspace.freePages() + 5).toBe(freeBytes / 16384);
    expect(workspace.diskUse().freeBytes).toBe(0);
  });
});

describe('reading values', () => {
  const ROWS = 20_000;

  test.each([
    [0, undefined],
    [0, 10],
    [8190, 5],
    [8192, 8192],
    [8193, 11_807],
    [19_999, 50],
    [20_000, 1],
    [99_999, 1],
  ])('from row %d, %s rows', (fromRow, rows) => {
    const workspace = newWorkspace();
    const versionId = importData(workspace, 'data', { rows: ROWS, series: ['A', 'B'] });
    const { header, columns } = workspace.datasets.readValues(versionId, { series: 'B', fromRow, rows });
    const count = Math.max(0, Math.min(ROWS - fromRow, rows ?? ROWS));
    const at = Array.from({ length: count }, (_, index) => fromRow + index);
    expect(header).toMatchObject({ series: 'B', fromRow, columns: [{ name: 'close' }, { name: 'kind' }] });
    expect(columns.time).toEqual(BigInt64Array.from(at, dataTime));
    const [close, kind] = columns.values;
    expect(close).toEqual(Float64Array.from(at, (row) => dataValue(row, 1)));
    expect(kind).toEqual(Float64Array.from(at, (row) => (dataCode(row) < 0 ? Number.NaN : dataCode(row))));
  });

  test('chosen columns in the order asked for; unknown ones name what there is', () => {
    const workspace = newWorkspace();
    const versionId = importData(workspace, 'data');
    const { header, columns } = workspace.datasets.readValues(versionId, {
      columns: ['kind', 'close'],
      fromRow: 0,
    });
    expect(header.columns.map(({ name }) => name)).toEqual(['kind', 'close']);
    expect(columns.values[1]).toEqual(Float64Array.from({ length: 20 }, (_, row) => dataValue(row, 0)));
    const read = (selection: { columns?: string[]; series?: string }) => () =>
      workspace.datasets.readValues(versionId, { fromRow: 0, ...selection });
    expect(errorOf(read({ columns: ['clse'] }))).toMatchObject({ code: 'unknown-column' });
    expect(errorOf(read({ columns: ['clse'] })).message).toContain('its columns are close, kind');
    expect(errorOf(read({ series: 'Z' }))).toMatchObject({ code: 'not-found' });
  });

  test('a column that is called time does not hide the times', () => {
    const workspace = newWorkspace();
    const messages = importMessages();
    const described = withColumn(messages, 0, { name: 'time' });
    const writer = workspace.datasets.beginImport({ name: 'data', atMs: 1 });
    feed(writer, { ...messages, described });
    const { versionId } = writer.finish(2).dataset;
    const { header, columns } = workspace.datasets.readValues(versionId, { fromRow: 0 });
    expect(header.columns.map(({ name }) => name)).toEqual(['time', 'kind']);
    expect(columns.time).toBeInstanceOf(BigInt64Array);
    expect(columns.values[0]).toBeInstanceOf(Float64Array);
  });
});

describe('the series source', () => {
  test('reads beside the live writer, all or what was asked for', async () => {
    const workspace = newWorkspace();
    const versionId = importData(workspace, 'data', { rows: 9_000, series: ['A', 'B'] });
    const source = await openSeriesSource(workspace.path, versionId);
    expect(source.datasetName).toBe('data');
    const [, last] = await source.read({ columns: ['close'], lastRows: 3 });
    expect(last!.columns[0]!.values).toEqual(
      Float64Array.of(8_997, 8_998, 8_999).map((row) => dataValue(row, 1)),
    );
    expect(last!.times).toHaveLength(3);
    const all = await source.read();
    expect(all.map(({ name }) => name)).toEqual(['A', 'B']);
    const rows = Array.from({ length: 9_000 }, (_, row) => row);
    expect(all[1]?.times).toEqual(BigInt64Array.from(rows, dataTime));
    expect(all[1]?.columns.map(({ name, kind }) => [name, kind])).toEqual([
      ['close', 'numeric'],
      ['kind', 'category'],
    ]);
    expect(all[1]?.columns[0]?.values).toEqual(Float64Array.from(rows, (row) => dataValue(row, 1)));
    expect(all[1]?.columns[1]?.categories).toEqual(['a', 'b', 'c']);
    const some = await source.read({ columns: ['kind'], series: ['B'] });
    expect(some.map(({ name, columns }) => [name, columns.map((column) => column.name)])).toEqual([
      ['B', ['kind']],
    ]);
    await expect(source.read({ columns: ['x'] })).rejects.toMatchObject({ code: 'unknown-column' });
    await expect(source.read({ series: ['x'] })).rejects.toMatchObject({ code: 'not-found' });
    importData(workspace, 'written meanwhile');
    source.close();
  });

  test('reads from another process', async () => {
    const workspace = newWorkspace();
    const versionId = importData(workspace, 'data');
    const script = `
      const { openSeriesSource } = await import(${JSON.stringify(join(import.meta.dirname, '../../../engine/store/datasets/series-source.ts'))});
      const source = await openSeriesSource(${JSON.stringify(workspace.path)}, ${versionId});
      const [series] = await source.read();
      process.stdout.write(series.columns[0].values.join(' '));
      source.close();`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
    expect(stdout).toBe(Array.from({ length: 20 }, (_, row) => dataValue(row, 0)).join(' '));
  });

  test('a chunk that is not what was stored is damage, not data', async () => {
    const workspace = newWorkspace();
    const versionId = importData(workspace, 'data');
    const database = new Database(workspace.path);
    const { id, data } = database
      .prepare("SELECT id, data FROM chunk WHERE encoding = 'numeric-f64'")
      .get() as {
      id: number;
      data: Buffer;
    };
    data[3] = (data[3] as number) ^ 1;
    database.prepare('UPDATE chunk SET data = ? WHERE id = ?').run(data, id);
    database.close();
    const source = await openSeriesSource(workspace.path, versionId);
    await expect(source.read()).rejects.toMatchObject({ code: 'workspace-damaged' });
    await expect(source.read({ columns: ['kind'] })).resolves.toHaveLength(1);
    source.close();
  });

  test('only ready versions of a workspace', async () => {
    const workspace = newWorkspace();
    const writer = workspace.datasets.beginImport({ name: 'data', atMs: 1 });
    feed(writer, importMessages());
    await expect(openSeriesSource(workspace.path, writer.versionId)).rejects.toMatchObject({
      code: 'not-found',
    });
    await expect(openSeriesSource(`${workspace.path}x`, 1)).rejects.toMatchObject({ code: 'file-missing' });
    const other = join(temporaryFolder(), 'other.db');
    const database = new Database(other);
    database.exec('CREATE TABLE a (b)');
    database.close();
    await expect(openSeriesSource(other, 1)).rejects.toMatchObject({ code: 'workspace-not-ours' });
  });
});
