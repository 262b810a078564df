// The store's time for the lists and curves that a window asks for. Target through the API: 50 ms each.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MetricsFrame } from '../../../engine/contract/datasets/frames.ts';
import type { RunId } from '../../../engine/contract/values/ids.ts';
import { openWorkspace } from '../../../engine/store/workspace.ts';
import { report } from '../report.ts';
import { fillWorkspace, NAMES, RUNS, STEPS } from './large-workspace.ts';

const series = (name: string, work: () => unknown) => report('store', name, work);

export async function benchStore(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'hindcast-bench-'));
  try {
    const path = join(folder, 'w.hindcast');
    const filled = openWorkspace(path, { create: true, now: Date.now });
    const runId = fillWorkspace(filled);
    filled.close();
    await series('open and close', () => openWorkspace(path, { create: false, now: Date.now }).close());
    await measureStore(path, runId);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measureStore(path: string, runId: RunId): Promise<void> {
  const workspace = openWorkspace(path, { create: false, now: Date.now });
  const { runs, metrics } = workspace;
  await series(`run list of ${RUNS}, JSON text, one run changed before each`, () => {
    runs.update(runId, { step: 1 });
    return runs.listText();
  });
  await series(`run list of ${RUNS}, as bytes`, () => new TextEncoder().encode(runs.listText()));
  await series(`run list of ${RUNS}, every text again`, () => {
    workspace.datasets.rename(workspace.datasets.list()[0]!.id, 'data');
    return runs.listText();
  });
  const points = STEPS * NAMES.length;
  await series(`curves of ${points} points, frame`, () => metrics.read(runId, 'step'));
  await series(`curves of ${points} points, encoded`, () => MetricsFrame.encode(metrics.read(runId, 'step')));
  await series('one curve of 12500 points', () => metrics.read(runId, 'step', { names: ['metric 3'] }));
  await series('append of 20 steps x 8', () => {
    metrics.append(runId, 'step', metrics.lastIndex(runId, 'step') + 1, 20, new Float64Array(160));
  });
  const data = new Uint8Array(10 * 2 ** 20);
  await series('checkpoint of 10 MB', () =>
    workspace.checkpoints.write(runId, 'last', { step: 1, epoch: 1, data, hasOptimizerState: true, atMs: 1 }),
  );
  await series('disk use', () => workspace.diskUse());
  await series('detail of a run', () => runs.detail(runId));
  workspace.close();
}
