import { join } from 'node:path';
import { expect, test } from 'vitest';
import { connectEngine } from '../../engine/connect/connection.ts';
import { ACTIVE_STATES } from '../../engine/contract/runs/run.ts';
import type { RunId } from '../../engine/contract/values/ids.ts';
import { startEngineHost } from '../../engine/hosts/engine/engine-host.ts';
import { samplePath, workerEntry } from '../../engine/hosts/node/paths.ts';
import { startNodeWorker } from '../../engine/hosts/node/worker-process.ts';
import { chunkMessages, describedMessage } from '../services/dataset.ts';
import { temporaryFolder } from './engine/fixture.ts';
import { createMoments, interruptedExperiment, trace } from './exactness-fixture.ts';

const ROWS = 160;
const KILLS = 6;

test(`a run whose training process is killed ${KILLS} times ends with the same weights and rows as one that was left alone`, async () => {
  const trainers: number[] = [];
  const host = await startEngineHost({
    workspacePath: join(temporaryFolder(), 'killed.hindcast'),
    version: '0.0.0',
    now: Date.now,
    log: () => {},
    startTrainer: () => {
      const worker = startNodeWorker<never, never>(workerEntry('trainer'), () => {});
      trainers.push(worker.pid ?? 0);
      return worker;
    },
    startJobProcess: () => startNodeWorker(workerEntry('trainer'), () => {}),
    startImporter: () => startNodeWorker(workerEntry('importer'), () => {}),
    samplePath,
  });
  if (!host) throw new Error('the folder is new: no other process can host it');
  try {
    const writer = host.workspace.datasets.beginImport({ name: 'waves', atMs: 0 });
    writer.describe(describedMessage(ROWS));
    for (const chunk of chunkMessages(ROWS)) writer.chunk(chunk);
    writer.finish(0);
    const engine = connectEngine(async () => ({
      link: host.link,
      closed: new Promise(() => {}),
      close: () => {},
    }));
    const ended = (run: RunId) =>
      expect.poll(() => ACTIVE_STATES.includes(host.workspace.runs.summary(run).state)).toBe(false);

    const calm = await engine.client.runs.start({ configuration: interruptedExperiment, name: 'calm' });
    await ended(calm.id);
    const expected = trace(host.workspace, calm.id);
    expect(expected.state).toBe('completed');
    const totalSteps = host.workspace.metrics.lastIndex(calm.id, 'step');

    const seed = Date.now() % 1_000_000;
    const moment = createMoments(seed);
    const run = await engine.client.runs.start({ configuration: interruptedExperiment, name: 'killed' });
    for (let kill = 0; kill < KILLS; kill++) {
      // Somewhere ahead of where it is, and a little later than a message boundary.
      const { step, state } = host.workspace.runs.summary(run.id);
      if (state === 'completed') break;
      const at = step + moment((totalSteps - step) / (KILLS - kill));
      await expect
        .poll(() => host.workspace.runs.summary(run.id), { interval: 5 })
        .toSatisfy((summary) => summary.step >= at || !ACTIVE_STATES.includes(summary.state));
      await new Promise((resolve) => setTimeout(resolve, moment(20)));
      const victim = trainers.at(-1);
      if (host.workspace.runs.summary(run.id).state !== 'running' || !victim) break;
      process.kill(victim, 'SIGKILL');
      await ended(run.id);
      if (host.workspace.runs.summary(run.id).state === 'completed') break;
      expect(host.workspace.runs.summary(run.id).state).toBe('interrupted');
      await engine.client.runs.resume({ run: run.id });
    }
    await ended(run.id);
    expect(host.workspace.runs.detail(run.id).attempts).toBeGreaterThan(2);
    expect(trace(host.workspace, run.id), `moments of seed ${seed}`).toEqual(expected);
  } finally {
    await host.close();
  }
});
