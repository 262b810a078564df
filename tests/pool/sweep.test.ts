// A sweep on the pool, whose host goes away and comes back, is the sweep of one machine; a stop reaches every worker.
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { RunId, StudyId } from '../../engine/contract/values/ids.ts';
import type { EngineHost } from '../../engine/hosts/engine/engine-host.ts';
import { QUOTA_BYTES, writePoolFile } from '../../engine/pool/setup/pool-file.ts';
import {
  clientOf,
  ended,
  importWaves,
  makePool,
  type PoolSite,
  requireEmpty,
  startHost,
} from '../campaign/pool-round.ts';
import { interruptedExperiment, trace } from '../hosts/exactness-fixture.ts';
import { temporaryFolder } from '../store/helpers.ts';
import { PASSWORD, postgresPrograms, startPostgres } from './postgres.ts';
import { startWorkerHere } from './worker-here.ts';

const WHY = postgresPrograms() === null ? ' (SKIPPED: PostgreSQL is not installed)' : '';

const PLAN = {
  kind: 'sweep',
  space: { 'training.optimizer.learningRate': { kind: 'log', min: 1e-3, max: 1e-1 } },
  method: { kind: 'random' },
  stopper: { kind: 'asha', minEpochs: 1, factor: 2 },
  budget: { runs: 2 },
  batch: 2,
};
const training = (epochs: number) => ({
  ...interruptedExperiment,
  training: { ...interruptedExperiment.training, epochs, earlyStopping: null, checkpointEverySteps: 20 },
});

const start = (host: EngineHost, epochs: number, on: 'here' | 'pool') =>
  clientOf(host).studies.start({ configuration: training(epochs), plan: PLAN, on });

async function closed(host: EngineHost, study: StudyId): Promise<void> {
  await expect.poll(() => host.workspace.studies.get(study).open, { interval: 20 }).toBe(false);
  for (const run of host.workspace.studies.runs(study)) await ended(host, run);
}

const traces = ({ workspace }: EngineHost, study: StudyId) =>
  workspace.studies.runs(study).map((run) => trace(workspace, run));

const statesOf = ({ workspace }: EngineHost, runs: readonly RunId[]) =>
  runs.map((run) => workspace.runs.summary(run).state);

async function onThePool(site: PoolSite, folder: string): Promise<EngineHost> {
  const host = await startHost(folder);
  importWaves(host);
  const { address } = site;
  writePoolFile(host.workspace.path, {
    address,
    password: PASSWORD,
    owner: randomUUID(),
    quotaBytes: QUOTA_BYTES,
  });
  return host;
}

test.skipIf(WHY !== '')(
  `a sweep on the pool equals that of one machine, its host may leave, and a stop reaches its workers${WHY}`,
  async () => {
    const alone = await startHost(temporaryFolder());
    importWaves(alone);
    const expected = await start(alone, 2, 'here');
    await closed(alone, expected.id);
    const local = traces(alone, expected.id);
    const { note } = (await clientOf(alone).studies.get({ study: expected.id })).findings;
    await alone.close();

    const server = await startPostgres();
    // No worker is lost here, however busy the machine is.
    const site = await makePool(server, 30_000);
    const folder = temporaryFolder();
    let host = await onThePool(site, folder);
    const workers = ['w1', 'w2'].map((label) => startWorkerHere(site.invitation, temporaryFolder(), label));
    try {
      const { id, runs } = await start(host, 2, 'pool');
      await expect.poll(() => statesOf(host, runs)).not.toContain('queued');
      await host.close();
      host = await startHost(folder);
      host.joinPool();
      await closed(host, id);
      expect(traces(host, id)).toEqual(local);
      expect((await clientOf(host).studies.get({ study: id })).findings.note).toBe(note);
      const { pool } = await clientOf(host).runs.get({ run: runs[0]! });
      expect(['w1', 'w2']).toContain(pool?.worker);

      // Of a long one the host leaves at once after the stop.
      const long = await clientOf(host).studies.start({
        configuration: training(100_000),
        plan: { ...PLAN, stopper: { kind: 'none' } },
        on: 'pool',
      });
      await expect.poll(() => statesOf(host, long.runs)).toEqual(['running', 'running']);
      await clientOf(host).studies.stop({ study: long.id });
      await host.close();
      host = await startHost(folder);
      host.joinPool();
      await expect.poll(() => statesOf(host, long.runs)).toEqual(['stopped', 'stopped']);
      expect(host.workspace.studies.get(long.id)).toMatchObject({ open: false });
      await requireEmpty(site);
    } finally {
      await Promise.all(workers.map(({ leave }) => leave()));
      await host.close();
      await server.close();
    }
  },
);
