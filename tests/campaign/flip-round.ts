// A round of byte flips: a bit of the main file changes, as a failing disk does it. Every other one is in the pages of rows with names,
// states, scores, settings and events, which are a small part of the file. The oracle: the file is refused, or the check finds it, or
// every cell of every table, data, metrics and weights are read bit for bit as before.
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HindcastError } from '../../engine/contract/values/errors.ts';
import { checkAll } from '../../engine/store/check/check-file.ts';
import { sealedTables } from '../../engine/store/checks/row-checksums.ts';
import { openSeriesSource } from '../../engine/store/datasets/series-source.ts';
import { openConnection } from '../../engine/store/file/connection.ts';
import { openWorkspace, type Workspace } from '../../engine/store/workspace.ts';
import { hasItsChecksum } from '../../engine/training/own-checksum.ts';
import { encodeWeights } from '../../engine/training/weights.ts';
import { importData, newRun } from '../store/content.ts';
import { below, type Random } from './random.ts';

const FLIPS = 12;

export interface FlipRound {
  readonly harmless: number;
  readonly found: number;
}

/** @throws Error that names the byte whose change was not found. */
export async function playFlipRound(folder: string, random: Random): Promise<FlipRound> {
  const whole = join(folder, 'whole.hindcast');
  fill(whole, random);
  const expected = await contentsOf(whole);
  const bytes = readFileSync(whole);
  const rowPages = pagesOfRows(whole);
  const count = { harmless: 0, found: 0 };
  for (let flip = 0; flip < FLIPS; flip++) {
    const path = join(folder, `flip-${flip}.hindcast`);
    const at = flip % 2 === 0 ? below(random, bytes.length) : byteOf(rowPages, random);
    const flipped = Buffer.from(bytes);
    flipped[at] = flipped[at]! ^ (1 << below(random, 8));
    writeFileSync(path, flipped);
    const outcome = await outcomeOf(path, expected);
    if (outcome === 'silent') throw new Error(`byte ${at} of ${whole} changed, and nothing says so`);
    count[outcome]++;
  }
  return count;
}

interface Page {
  readonly offset: number;
  readonly size: number;
}

function pagesOfRows(path: string): Page[] {
  const connection = openConnection(path, { readonly: true, now: () => 0 });
  try {
    const names = sealedTables(connection).map(({ name }) => `'${name}'`);
    return connection.all<Page>(
      `SELECT pgoffset AS "offset", pgsize AS size FROM dbstat
       WHERE name IN (SELECT name FROM sqlite_schema WHERE tbl_name IN (${names.join(', ')}))`,
    );
  } finally {
    connection.close();
  }
}

function byteOf(pages: readonly Page[], random: Random): number {
  const page = pages[below(random, pages.length)];
  return page ? page.offset + below(random, page.size) : 0;
}

function fill(path: string, random: Random): void {
  const workspace = openWorkspace(path, { create: true, now: Date.now });
  importData(workspace, 'data', { rows: 20_000 });
  for (let index = 0; index < 3; index++) {
    const run = newRun(workspace);
    workspace.metrics.declare(run, 'step', ['a', 'b']);
    const values = Float64Array.from({ length: 2_000 }, random);
    workspace.metrics.append(run, 'step', 1, 1_000, values);
    const weights = { name: 'w', shape: [50_000], values: Float32Array.from({ length: 50_000 }, random) };
    const data = encodeWeights([weights]);
    workspace.checkpoints.write(run, 'best', { step: 1, epoch: 1, data, hasOptimizerState: false, atMs: 1 });
    workspace.labels.set({ runId: run, tags: ['tag'], note: 'a note' });
    for (let at = 0; at < 100; at++)
      workspace.events.append({ type: 'run.checkpointed', runId: run, step: at }, at);
  }
  workspace.settings.set('key', 'value');
  workspace.close();
}

async function outcomeOf(path: string, expected: string): Promise<keyof FlipRound | 'silent'> {
  try {
    if (checkAll(path, { isWholeFile: hasItsChecksum }).length > 0) return 'found';
    return (await contentsOf(path)) === expected ? 'harmless' : 'silent';
  } catch (cause) {
    if (cause instanceof HindcastError) return 'found';
    throw cause;
  }
}

/** Data, metrics, weights and the cells of all rows as text. */
async function contentsOf(original: string): Promise<string> {
  const path = `${original}.read`;
  copyFileSync(original, path);
  const rows = rowsOf(path);
  const workspace = openWorkspace(path, { create: false, now: Date.now });
  try {
    const contents = [...(await seriesOf(workspace)), ...rowsAndWeights(workspace)];
    return contents
      .map((bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64'))
      .concat(rows)
      .join('\n');
  } finally {
    workspace.close();
  }
}

function rowsOf(path: string): string[] {
  const connection = openConnection(path, { readonly: true, now: () => 0 });
  try {
    return sealedTables(connection).map(({ name }) =>
      JSON.stringify(connection.all(`SELECT * FROM "${name}"`)),
    );
  } finally {
    connection.close();
  }
}

async function seriesOf(workspace: Workspace): Promise<ArrayBufferView[]> {
  const found = workspace.datasets.find('data');
  if (!found) return [];
  const source = await openSeriesSource(workspace.path, found.versionId);
  try {
    const series = await source.read();
    return series.flatMap(({ times, columns }) => [times, ...columns.map(({ values }) => values)]);
  } finally {
    source.close();
  }
}

function rowsAndWeights(workspace: Workspace): ArrayBufferView[] {
  return workspace.runs
    .inState('queued')
    .flatMap((run) => [
      ...workspace.metrics.read(run, 'step').columns.values,
      workspace.checkpoints.read(run, 'best')?.data ?? new Uint8Array(),
    ]);
}
