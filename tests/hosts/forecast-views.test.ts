// The views of a run's forecasts, through the API of a real host with its worker processes.
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { connectEngine } from '../../engine/connect/connection.ts';
import type { JobReply, JobRequest } from '../../engine/contract/processes/jobs/job.ts';
import { ForecastAtFrame, ForecastFrame } from '../../engine/contract/results/forecast.ts';
import { ACTIVE_STATES } from '../../engine/contract/runs/run.ts';
import { startEngineHost } from '../../engine/hosts/engine/engine-host.ts';
import { samplePath, workerEntry } from '../../engine/hosts/node/paths.ts';
import { startNodeWorker } from '../../engine/hosts/node/worker-process.ts';
import { chunkMessages, describedMessage } from '../services/dataset.ts';
import { temporaryFolder } from './engine/fixture.ts';
import { interruptedExperiment } from './exactness-fixture.ts';

const ROWS = 400;

test('origins and errors by step are those of the whole forecast, and many at once take two processes', async () => {
  /** Now, and at most. */
  const processes = { living: 0, most: 0 };
  const host = await startEngineHost({
    workspacePath: join(temporaryFolder(), 'views.hindcast'),
    version: '0.0.0',
    now: Date.now,
    log: () => {},
    startTrainer: () => startNodeWorker(workerEntry('trainer'), () => {}),
    startJobProcess: () => {
      const worker = startNodeWorker<JobRequest, JobReply>(workerEntry('trainer'), () => {});
      processes.living++;
      processes.most = Math.max(processes.most, processes.living);
      void worker.exited.then(() => processes.living--);
      return worker;
    },
    startImporter: () => startNodeWorker(workerEntry('importer'), () => {}),
    samplePath,
  });
  if (!host) throw new Error('the folder is new: no other process can host it');
  try {
    const writer = host.workspace.datasets.beginImport({ name: 'waves', atMs: 0 });
    writer.describe(describedMessage(ROWS));
    for (const chunk of chunkMessages(ROWS)) writer.chunk(chunk);
    writer.finish(0);
    const { client } = connectEngine(async () => ({
      link: host.link,
      closed: new Promise(() => {}),
      close: () => {},
    }));
    const configuration = { ...interruptedExperiment, training: { epochs: 1, batchSize: 7 } };
    const { id: run } = await client.runs.start({ configuration, name: 'seen' });
    await expect.poll(() => ACTIVE_STATES.includes(host.workspace.runs.summary(run).state)).toBe(false);

    const at = async (origin: number, more: { originUs?: number } = {}) =>
      ForecastAtFrame.fromAnswer(await client.runs.forecastAt({ run, part: 'test', origin, ...more }));
    const all = await ForecastFrame.fromAnswer(await client.runs.forecast({ run, part: 'test' }));
    const first = await at(0);
    const { horizon, origins } = first.header;
    expect(origins * horizon).toBe(all.columns.forecast.length);
    expect(origins).toBeGreaterThan(64);
    for (const origin of [0, 1, 63, 64, origins - 1]) {
      const { header, columns } = await at(origin);
      expect(header).toMatchObject({ runId: run, origin, origins, part: 'test' });
      const rows = all.columns.forecast.subarray(origin * horizon, (origin + 1) * horizon);
      expect(columns.forecast[0]!.slice(-horizon)).toEqual(rows.slice());
      expect(columns.actual[0]!.slice(-horizon)).toEqual(
        all.columns.actual.slice(origin * horizon, (origin + 1) * horizon),
      );
      expect(header.originUs).toBe(Number(all.columns.origin[origin * horizon]));
      expect((await at(0, { originUs: header.originUs })).header.origin).toBe(origin);
    }
    expect((await at(1_000_000)).header.origin).toBe(origins - 1);

    const errors = await client.runs.horizonErrors({ run, part: 'test' });
    expect(errors).toMatchObject({ horizon, origins });
    const { scores } = host.workspace.runs.detail(run);
    for (const { subject, byStep } of errors.subjects) {
      const scored = scores.find(
        (score) =>
          score.subject === subject &&
          score.part === 'test' &&
          score.metric === 'mae' &&
          score.unit === 'original' &&
          score.target === null,
      );
      const mean = byStep.mae!.reduce((sum, one) => sum + one, 0) / horizon;
      expect(mean).toBeCloseTo(scored?.value ?? Number.NaN, 10);
    }

    const copies = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        client.runs.forecastAt({ run, part: 'validation', origin: 0, originUs: index }),
      ),
    );
    expect(copies).toHaveLength(10);
    expect(processes.most).toBe(2);
  } finally {
    await host.close();
  }
});
