// A round of byte flips: a bit of the main file changes, as a failing disk does it. The oracle: the file is refused, or the check finds
// it, or data, metrics and weights are read bit for bit as before. What carries no checksum (names, states, scores) may change unseen; the
// round says so.
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HindcastError } from '../../engine/contract/errors.ts';
import { checkAll } from '../../engine/store/check/check-file.ts';
import { openSeriesSource } from '../../engine/store/series-source.ts';
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
  const count = { harmless: 0, found: 0 };
  for (let flip = 0; flip < FLIPS; flip++) {
    const path = join(folder, `flip-${flip}.hindcast`);
    const at = below(random, bytes.length);
    const flipped = Buffer.from(bytes);
    flipped[at] = flipped[at]! ^ (1 << below(random, 8));
    writeFileSync(path, flipped);
    const outcome = await outcomeOf(path, expected);
    if (outcome === 'silent') throw new Error(`byte ${at} of ${whole} changed, and nothing says so`);
    count[outcome]++;
  }
  return count;
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
  }
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

/** Data, metrics and weights as text. */
async function contentsOf(original: string): Promise<string> {
  const path = `${original}.read`;
  copyFileSync(original, path);
  const workspace = openWorkspace(path, { create: false, now: Date.now });
  try {
    const contents = [...(await seriesOf(workspace)), ...rowsAndWeights(workspace)];
    return contents
      .map((bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64'))
      .join('\n');
  } finally {
    workspace.close();
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
