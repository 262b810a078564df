// workspace.check and workspace.repair: progress, an end before the end, a copy before anything is repaired, nothing while runs train.
import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import type { Jobs } from '../../engine/contract/processes/jobs/table.ts';
import type { RunId } from '../../engine/contract/values/ids.ts';
import type { CheckUpdate } from '../../engine/contract/workspace/check.ts';
import { createFileChecks } from '../../engine/services/file-check.ts';
import type { RunJob } from '../../engine/services/processes/job-pool.ts';
import { newRun } from '../store/content.ts';
import { createTestEngine, runJobHere } from './fixture.ts';

function engineWithRows(runJob: RunJob<Jobs> = runJobHere) {
  const engine = { ...createTestEngine(), runJob };
  const { workspace } = engine;
  const run = newRun(workspace);
  workspace.metrics.declare(run, 'step', ['a']);
  workspace.metrics.append(run, 'step', 1, 3, Float64Array.of(1, 2, 3));
  return { engine, run, checks: createFileChecks(engine) };
}

function breakRow(path: string): void {
  const file = new Database(path);
  file.exec('UPDATE run_step_metric SET metric_values = zeroblob(12) WHERE step = 2');
  file.close();
}

test('the check asks for one slice after the other, says how far it is, and ends with the result', async () => {
  const at = { phase: 'data', stage: 1, run: 0, after: 0, totalBytes: 100 };
  const slices = [10, 50].map((doneBytes) => ({ findings: [], next: { ...at, doneBytes } }));
  const broken = { message: 'Something is damaged.', repair: null };
  const asked: unknown[] = [];
  const { checks } = engineWithRows((async (_name: string, { from }: { from: unknown }) => {
    asked.push(from);
    return slices.shift() ?? { findings: [broken], next: null };
  }) as never);
  const updates: CheckUpdate[] = [];
  for await (const update of checks.updates(undefined)) updates.push(update);
  expect(asked).toEqual([null, { ...at, doneBytes: 10 }, { ...at, doneBytes: 50 }]);
  expect(updates).toMatchObject([
    { type: 'progress', phase: 'data', fraction: 0.1, secondsLeft: expect.any(Number) },
    { type: 'progress', phase: 'data', fraction: 0.5 },
    { type: 'done', healthy: false, findings: ['Something is damaged.'], repairs: [] },
  ]);
});

test('a check whose caller has gone asks no further', async () => {
  const next = { phase: 'data', stage: 1, run: 0, after: 0, doneBytes: 1, totalBytes: 100 };
  let asked = 0;
  const { checks } = engineWithRows((async () => {
    asked++;
    return { findings: [], next };
  }) as never);
  for await (const _ of checks.updates(undefined)) if (asked === 3) break;
  expect(asked).toBe(3);
});

test('a repair keeps a copy and leaves a sound file; a sound file is left alone', async () => {
  const { engine, run, checks } = engineWithRows();
  const { workspace } = engine;
  expect(await checks.repair()).toEqual({ kept: null, done: [], failed: [] });
  breakRow(workspace.path);
  expect(await checks.check(undefined)).toMatchObject({ healthy: false, repairs: { length: 1 } });
  const { kept, done } = await checks.repair();
  expect(kept).toBe(`${workspace.path}.before-repair`);
  expect(existsSync(kept!)).toBe(true);
  expect(done).toHaveLength(1);
  expect(await checks.check(undefined)).toMatchObject({ healthy: true, repairs: [] });
  expect(workspace.metrics.read(run, 'step').columns.values).toEqual([Float64Array.of(1, Number.NaN, 3)]);
});

test('nothing is repaired while a run trains', async () => {
  const { engine, run } = engineWithRows();
  const supervisor = { ...engine.supervisor, running: (): RunId[] => [run] };
  const checks = createFileChecks({ ...engine, supervisor });
  breakRow(engine.workspace.path);
  await expect(checks.repair()).rejects.toMatchObject({ code: 'conflict' });
  expect(existsSync(`${engine.workspace.path}.before-repair`)).toBe(false);
});
