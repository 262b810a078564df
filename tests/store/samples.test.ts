// Samples are kept as their import sent them, read back whole or in ranges, found by the check when a byte changes, and leave nothing
// behind when their dataset is deleted.
import { expect, test } from 'vitest';
import { recipeWith } from '../../engine/data/samples/import/json-lines.ts';
import { chunksOfSamples } from '../../engine/data/samples/import/sample-chunks.ts';
import { shapeSamples } from '../../engine/data/samples/import/shape-samples.ts';
import { sampleJob, samplePageJob } from '../../engine/hosts/trainer/jobs/samples.ts';
import { openSeriesSource } from '../../engine/store/datasets/series-source.ts';
import type { Workspace } from '../../engine/store/workspace.ts';
import { errorOf, newWorkspace } from './helpers.ts';

const TEXTS = ['one', '', 'zwei ä', 'trois'].map((text) => `${text}.`);

function importSome(workspace: Workspace, name: string) {
  const shaped = shapeSamples(
    {
      form: 'a table',
      names: ['text', 'label', 'size'],
      rows: TEXTS.map((text, row) => [text, row % 2 ? 'odd' : 'even', row === 1 ? '' : String(row / 4)]),
      lines: [1, 2, 3, 4],
      roles: {},
      setAside: [],
      notes: [],
      recipe: recipeWith({ path: 'x.csv', bytes: 1, sha256: '0', sample: null }),
    },
    { path: 'x.csv', options: { labelColumn: 'label' } },
  );
  const { table, info, report } = shaped ?? expect.unreachable();
  const chunks = chunksOfSamples(table);
  const writer = workspace.datasets.beginImport({ name, atMs: 1 });
  writer.describe({
    type: 'described',
    recipe: recipeWith({ path: 'x.csv', bytes: 1, sha256: '0', sample: null }),
    report,
    series: [],
    columns: info.columns.map(({ name: column, kind }) => ({ name: column, kind })),
    samples: { rows: table.rows, info },
    chunks: chunks.length,
  });
  for (const [index, chunk] of chunks.entries()) writer.chunk({ type: 'chunk', chunk: index + 1, ...chunk });
  return writer.finish(2);
}

test('samples come back as they were, and the dataset says what they are', async () => {
  const workspace = newWorkspace();
  const { dataset } = importSome(workspace, 'texts');
  expect(dataset).toMatchObject({ rows: 4, series: 0, startUs: null, seriesInfo: [] });
  expect(dataset.samples).toMatchObject({ input: 'text', label: 'label' });
  expect(workspace.datasets.list()[0]?.samples?.classes).toHaveLength(2);
  const source = await openSeriesSource(workspace.path, dataset.versionId);
  const { columns, names, rows } = await source.readSamples(['label', 'text', 'size']);
  expect(rows).toBe(4);
  expect(names).toEqual(['item 1', 'item 2', 'item 3', 'item 4']);
  expect(columns).toEqual([
    { name: 'label', kind: 'category', codes: Float64Array.of(0, 1, 0, 1), categories: ['even', 'odd'] },
    { name: 'text', kind: 'text', texts: TEXTS },
    { name: 'size', kind: 'numeric', values: Float64Array.of(0, Number.NaN, 0.5, 0.75) },
  ]);
  await expect(source.readSamples(['nope'])).rejects.toMatchObject({ code: 'unknown-column' });
  await expect(source.read()).rejects.toThrow('has samples without times');
  source.close();
});

test('the same content is no new version; what asks for series is refused', () => {
  const workspace = newWorkspace();
  const first = importSome(workspace, 'texts');
  expect(importSome(workspace, 'texts')).toMatchObject({ created: false });
  expect(errorOf(() => workspace.datasets.readValues(first.dataset.versionId, { fromRow: 0 })).code).toBe(
    'conflict',
  );
});

test('deleting the dataset removes its chunks', () => {
  const workspace = newWorkspace();
  const empty = workspace.diskUse();
  const { dataset } = importSome(workspace, 'texts');
  workspace.datasets.delete(dataset.id);
  expect(workspace.datasets.list()).toEqual([]);
  expect(workspace.diskUse().datasetBytes).toBe(empty.datasetBytes);
});

test('a page of samples and one as a whole are read for screens, of all or of a class', async () => {
  const workspace = newWorkspace();
  const { dataset } = importSome(workspace, 'texts');
  const version = {
    workspacePath: workspace.path,
    datasetVersionId: Number(dataset.versionId),
    info: dataset.samples!,
    rows: dataset.rows,
  };
  const environment = { openSource: openSeriesSource, progress: () => {} };
  // Of the environment only the source is asked, whose version needs no brand.
  const ask = (changes: object) =>
    samplePageJob.run({ ...version, from: 0, most: 2, ...changes }, environment as never);
  expect(await ask({ from: 1 })).toEqual({
    total: 4,
    samples: [
      { row: 1, name: 'item 2', group: '', part: '', label: 'odd', shown: TEXTS[1] },
      { row: 2, name: 'item 3', group: '', part: '', label: 'even', shown: TEXTS[2] },
    ],
    pictures: null,
  });
  expect(await ask({ label: 'odd' })).toMatchObject({ total: 2, samples: [{ row: 1 }, { row: 3 }] });
  expect(await ask({ label: 'nope' })).toEqual({ total: 0, samples: [], pictures: null });
  const named = ['item 4', 'item 1', 'no such'];
  expect(await ask({ names: named })).toMatchObject({ total: 2, samples: [{ row: 0 }, { row: 3 }] });
  expect(await ask({ names: named, label: 'odd' })).toMatchObject({ total: 1, samples: [{ row: 3 }] });
  expect(await ask({ from: 9 })).toEqual({ total: 4, samples: [], pictures: null });
  // Texts to learn to write have no label.
  const plain = { ...version.info, label: null, classes: [] };
  expect(await ask({ info: plain, from: 2 })).toMatchObject({ total: 4, samples: [{ row: 2 }, { row: 3 }] });
  const one = (row: number) => sampleJob.run({ ...version, row }, environment as never);
  expect(await one(2)).toEqual({ kind: 'text', text: TEXTS[2], isCut: false });
  await expect(one(4)).rejects.toMatchObject({ code: 'not-found' });
});
