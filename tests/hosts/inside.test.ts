// A look inside a run through the API of a real host: its process stays, and answers about every sort of weights.
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { connectEngine } from '../../engine/connect/connection.ts';
import { InsideFlowFrame, InsideHistogramsFrame } from '../../engine/contract/inside/probe.ts';
import { InsideStatesFrame, InsideWindowFrame } from '../../engine/contract/inside/states.ts';
import type { JobReply, JobRequest } from '../../engine/contract/processes/jobs/job.ts';
import { ForecastFrame } from '../../engine/contract/results/forecast.ts';
import { ACTIVE_STATES } from '../../engine/contract/runs/run.ts';
import { startEngineHost } from '../../engine/hosts/engine/engine-host.ts';
import { samplePath, workerEntry } from '../../engine/hosts/node/paths.ts';
import { startNodeWorker } from '../../engine/hosts/node/worker-process.ts';
import { chunkMessages, describedMessage } from '../services/dataset.ts';
import { temporaryFolder } from './engine/fixture.ts';
import { interruptedExperiment } from './exactness-fixture.ts';

test('before, while and after it trains', async () => {
  /** The jobs of each process. */
  const asked: string[][] = [];
  const host = await startEngineHost({
    workspacePath: join(temporaryFolder(), 'inside.hindcast'),
    version: '0.0.0',
    now: Date.now,
    log: () => {},
    startTrainer: () => startNodeWorker(workerEntry('trainer'), () => {}),
    startJobProcess: () => {
      const worker = startNodeWorker<JobRequest, JobReply>(workerEntry('trainer'), () => {});
      const jobs: string[] = [];
      asked.push(jobs);
      const post = (request: JobRequest) => {
        jobs.push(request.name);
        worker.post(request);
      };
      return { ...worker, post };
    },
    startImporter: () => startNodeWorker(workerEntry('importer'), () => {}),
    samplePath,
  });
  if (!host) throw new Error('the folder is new: no other process can host it');
  try {
    const writer = host.workspace.datasets.beginImport({ name: 'waves', atMs: 0 });
    writer.describe(describedMessage(120));
    for (const chunk of chunkMessages(120)) writer.chunk(chunk);
    writer.finish(0);
    const { client } = connectEngine(async () => ({
      link: host.link,
      closed: new Promise(() => {}),
      close: () => {},
    }));
    await client.queue.setLimit({ limit: 1 });
    const configuration = { ...interruptedExperiment, training: { epochs: 1, batchSize: 7 } };
    const { id: run } = await client.runs.start({ configuration, name: 'seen' });
    const early = await client.inside.describe({ run });
    expect(early.weights).toContainEqual({ weights: 'first', epoch: 0 });
    const first = InsideStatesFrame.fromAnswer(await client.inside.states({ run, weights: 'first' }));
    await expect.poll(() => ACTIVE_STATES.includes(host.workspace.runs.summary(run).state)).toBe(false);

    const { weights, notes } = await client.inside.describe({ run });
    expect(notes).toEqual([]);
    expect(weights.map((one) => one.weights)).toEqual(['best', 'last', 'first']);
    const best = await InsideStatesFrame.fromAnswer(await client.inside.states({ run }));
    expect((await first).columns.mean).not.toEqual(best.columns.mean);
    const again = await InsideStatesFrame.fromAnswer(await client.inside.states({ run, weights: 'first' }));
    expect(again.columns).toEqual((await first).columns);

    const seen = await InsideWindowFrame.fromAnswer(await client.inside.window({ run, origin: 3 }));
    const all = await ForecastFrame.fromAnswer(await client.runs.forecast({ run, part: 'test' }));
    const { horizon, about } = seen.header;
    const rows = all.columns.forecast.subarray(3 * horizon, 4 * horizon);
    for (const [step, value] of seen.columns.forecast.slice(-horizon).entries()) {
      expect(value).toBeCloseTo(rows[step]!, 5);
    }
    expect(BigInt(about.originUs)).toBe(all.columns.origin[3 * horizon]);
    const { verdict } = await client.inside.gradients({ run });
    expect(verdict!.clipped).toBeGreaterThanOrEqual(0);
    expect(await client.inside.clipped({ run })).toEqual({ share: verdict!.clipped });
    // The probe saw in training what the view computes from the weights that were kept.
    const flow = await InsideFlowFrame.fromAnswer(await client.inside.flow({ run }));
    expect([...flow.columns.epoch]).toEqual([0, 1]);
    for (const [row, kept] of (['first', 'last'] as const).entries()) {
      const asked = { run, weights: kept, part: 'validation', windows: flow.header.windows } as const;
      const { places } = await client.inside.gradients(asked);
      for (const [lag, norm] of places[0]!.hidden.entries())
        expect(flow.columns.value[lag]![row]).toBeCloseTo(norm, 6);
      for (const [block, what] of flow.header.blocks.entries()) {
        const { radius, singularValues } = await client.inside.spectrum({ run, weights: kept, what });
        expect(flow.columns.largest[block]![row]! / singularValues[0]!).toBeCloseTo(1, 1);
        expect(flow.columns.radius[block]![row]! / radius).toBeCloseTo(1, 1);
      }
    }
    const updates = await client.inside.histograms({ run, of: 'updates', parameter: 'lstm/0/kernel' });
    const { columns } = await InsideHistogramsFrame.fromAnswer(updates);
    expect(columns.share.map((share) => share[0])).toEqual(columns.share.map(() => 0));
    expect(columns.share.reduce((sum, share) => sum + share[1]!, 0)).toBeCloseTo(1, 3);
    expect(columns.ratio[1]).toBeGreaterThan(0);
    await expect(client.inside.flow({ run, of: 'head' })).rejects.toThrow(/No heads were recorded/);
    const bare = { ...configuration, training: { ...configuration.training, probe: false } };
    const { id: unprobed } = await client.runs.start({ configuration: bare, name: 'unprobed' });
    await expect(client.inside.flow({ run: unprobed })).rejects.toThrow(
      `Run ${unprobed} recorded nothing over its epochs, because training.probe is off; start it again with training.probe, or look at the gradients and states of the weights that it kept.`,
    );
    await expect
      .poll(() => host.workspace.runs.detail(unprobed).weightsHash)
      .toBe(host.workspace.runs.detail(run).weightsHash);
    expect((await client.inside.gates({ run })).gates).toHaveLength(4);
    expect((await client.inside.spectrum({ run })).blocks).toEqual(['i', 'f', 'g', 'o']);
    expect((await client.inside.step({ run, step: 2, unit: 1 })).gap).toBeLessThan(1e-5);
    // One that looks inside and nothing else; it stays, however slow the machine is, and what forecasts is another.
    const inside = asked.filter((jobs) => jobs.includes('inspect'));
    expect(inside.map((jobs) => new Set(jobs))).toEqual([new Set(['inspect'])]);
    expect(asked.filter((jobs) => jobs.includes('predict'))).toHaveLength(1);
    const refused = client.inside.window({ run, origin: 10_000 });
    await expect(refused).rejects.toMatchObject({ code: 'invalid-input' });
  } finally {
    await host.close();
  }
});
