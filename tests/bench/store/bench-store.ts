// How long the store takes for the lists and curves that a window asks for. Targets through the API: 50 ms each.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeFrame } from '../../../engine/contract/frame.ts';
import type { RunId } from '../../../engine/contract/ids.ts';
import { openWorkspace, type Workspace } from '../../../engine/store/workspace.ts';
import { importData, testExperiment } from '../../store/content.ts';

const RUNS = 10_000;
const STEPS = 12_500;
const NAMES = Array.from({ length: 8 }, (_, at) => `metric ${at}`);
const REPEATS = 15;

/** Prints a line for each measurement: the first (nothing kept), the median and the best, which a busy machine spoils least. */
export async function benchStore(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'hindcast-bench-'));
  try {
    const path = join(folder, 'w.hindcast');
    const filled = openWorkspace(path, { create: true, now: Date.now });
    const runId = fill(filled);
    filled.close();
    series('open and close', () => openWorkspace(path, { create: false, now: Date.now }).close());
    measure(path, runId);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function measure(path: string, runId: RunId): void {
  const workspace = openWorkspace(path, { create: false, now: Date.now });
  const { runs, metrics } = workspace;
  series(`run list of ${RUNS}, JSON text, one run changed before each`, () => {
    runs.update(runId, { step: 1 });
    return runs.listJson();
  });
  series(`run list of ${RUNS}, as bytes`, () => new TextEncoder().encode(runs.listJson()));
  series(`run list of ${RUNS}, every text anew`, () => {
    workspace.datasets.rename(workspace.datasets.list()[0]!.id, 'data');
    return runs.listJson();
  });
  const points = STEPS * NAMES.length;
  series(`curves of ${points} points, frame`, () => metrics.read(runId, 'step'));
  series(`curves of ${points} points, encoded`, () => encodeFrame(metrics.read(runId, 'step')));
  series('one curve of 12500 points', () => metrics.read(runId, 'step', { names: ['metric 3'] }));
  series('append of 20 steps x 8', () => {
    metrics.append(runId, 'step', metrics.lastIndex(runId, 'step') + 1, 20, new Float64Array(160));
  });
  const data = new Uint8Array(10 * 2 ** 20);
  series('checkpoint of 10 MB', () =>
    workspace.checkpoints.write(runId, 'last', { step: 1, epoch: 1, data, hasOptimizerState: true, atMs: 1 }),
  );
  series('disk use', () => workspace.diskUse());
  series('detail of a run', () => runs.detail(runId));
  workspace.close();
}

function fill(workspace: Workspace): RunId {
  const datasetVersionId = importData(workspace, 'data');
  let runId = 0 as RunId;
  const values = Float64Array.from({ length: NAMES.length * 100 }, (_, at) => Math.sqrt(at + 0.1));
  workspace.transaction(() => {
    for (let seed = 0; seed < RUNS; seed++) {
      const experiment = testExperiment({ name: `sp500 lstm ${seed % 50}`, seed });
      runId = workspace.runs.create({
        name: experiment.name,
        experiment,
        datasetVersionId,
        atMs: 1.7e12 + seed,
      });
      workspace.runs.update(runId, {
        state: 'completed',
        step: 2000,
        totalSteps: 2000,
        epoch: 20,
        lastTrainLoss: 1 / (seed + 3),
        lastValidationLoss: 1 / (seed + 7),
        bestValidationLoss: 1 / (seed + 11),
        bestEpoch: 12,
        parameterCount: 12_345,
        fingerprint: 'ab'.repeat(32),
        fitted: { mean: [...values.subarray(0, 20)] },
        startedAtMs: 1.7e12,
        endedAtMs: 1.7e12 + 5,
      });
    }
    workspace.metrics.declare(runId, 'step', NAMES);
    for (let first = 1; first <= STEPS; first += 100)
      workspace.metrics.append(runId, 'step', first, 100, values);
  });
  return runId;
}

function time(work: () => unknown): number {
  const startedAt = performance.now();
  work();
  return performance.now() - startedAt;
}

function series(name: string, work: () => unknown): void {
  report(
    name,
    Array.from({ length: REPEATS }, () => time(work)),
  );
}

function report(name: string, times: readonly number[]): void {
  const sorted = [...times].sort((a, b) => a - b);
  const figures = { first: times[0], median: sorted[sorted.length >> 1], best: sorted[0] };
  const columns = Object.entries(figures).map(([what, ms = 0]) => `${what} ${ms.toFixed(1).padStart(6)} ms`);
  console.log(`store  ${name.padEnd(60)} ${columns.join('  ')}`);
}
