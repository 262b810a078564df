import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { connectEngine } from '../../../engine/connect/connection.ts';
import { openWebSocket } from '../../../engine/connect/websocket.ts';
import type { EngineEvent } from '../../../engine/contract/api/events.ts';
import { ValuesFrame } from '../../../engine/contract/datasets/frames.ts';
import { readRunList } from '../../../engine/contract/runs/run-list.ts';
import { HeldBytes } from '../../../engine/contract/values/frame-answer.ts';
import type { EngineHost } from '../../../engine/hosts/engine/engine-host.ts';
import { keepScores } from '../../../engine/services/runs/standing.ts';
import { createQueuedRun, parseExperiment } from '../../../engine/services/runs/start.ts';
import { importedWorkspaceDataset } from '../../services/dataset.ts';
import { smallExperiment } from '../../services/fixture.ts';
import { importData } from '../../store/helpers.ts';
import { startProxy, startTestHost, temporaryFolder } from './fixture.ts';

async function hostWithDataset(): Promise<EngineHost> {
  const host = await startTestHost(join(temporaryFolder(), 'test.hindcast'));
  if (!host) throw new Error('no other process can host a new folder');
  importedWorkspaceDataset(host.workspace, 'waves');
  return host;
}

const addressOf = (port: number, token: string) => `ws://127.0.0.1:${port}/?token=${token}`;

/** A run that never trains: its rows and events are written by the test. */
function runWithoutProcess(host: EngineHost, appended: { append(body: never): void }) {
  const context = { workspace: host.workspace, hub: appended, host: { now: () => 1 } };
  return createQueuedRun(context as never, { experiment: parseExperiment(smallExperiment) });
}

describe('the API over a socket', () => {
  test('gives the same answers and errors as in process', async () => {
    const host = await hostWithDataset();
    const remote = connectEngine(() => openWebSocket(addressOf(host.port, host.token)));
    const local = connectEngine(async () => ({
      link: host.link,
      closed: new Promise(() => {}),
      close: () => {},
    }));
    for (const call of [
      (engine: typeof remote) => engine.client.datasets.get({ dataset: 'waves' }),
      (engine: typeof remote) => engine.client.queue.get(),
      (engine: typeof remote) => engine.client.runs.list({}).then(readRunList),
      (engine: typeof remote) =>
        engine.client.datasets.values({ dataset: 'waves' }).then(ValuesFrame.fromAnswer),
    ]) {
      expect(await call(remote)).toEqual(await call(local));
    }
    for (const engine of [remote, local]) {
      await expect(engine.client.runs.get({ run: 7 })).rejects.toMatchObject({
        name: 'HindcastError',
        code: 'not-found',
      });
      await expect(engine.client.runs.get({ run: -1 })).rejects.toMatchObject({ code: 'invalid-input' });
    }
    await remote.close();
  });

  test('answers with a small frame in the text of the answer, and with a large one as a block of bytes', async () => {
    const host = await startTestHost(join(temporaryFolder(), 'test.hindcast'));
    if (!host) throw new Error('no other process can host a new folder');
    importData(host.workspace, 'long', { rows: 20_000 });
    const remote = connectEngine(() => openWebSocket(addressOf(host.port, host.token)));
    for (const [rows, kind] of [
      [500, HeldBytes],
      [20_000, Blob],
    ] as const) {
      const answer = await remote.client.datasets.values({ dataset: 'long', rows });
      expect(answer).toBeInstanceOf(kind);
      const { columns } = await ValuesFrame.fromAnswer(answer);
      const own = host.workspace.datasets.readValues(host.workspace.datasets.detail('long').versionId, {
        fromRow: 0,
        rows,
      });
      expect(columns).toEqual(own.columns);
    }
    await remote.close();
  });

  test('says in the list of runs which baseline is best, also where the model has no number', async () => {
    const host = await hostWithDataset();
    const remote = connectEngine(() => openWebSocket(addressOf(host.port, host.token)));
    const runId = runWithoutProcess(host, { append: () => {} });
    const score = { part: 'test', metric: 'mae', unit: 'original', target: null, count: 9 } as const;
    keepScores(host.workspace, runId, [
      { ...score, subject: 'model', value: Number.NaN },
      { ...score, subject: 'repeat', value: 2.5 },
    ]);
    const best = { bestBaseline: 'repeat', bestBaselineScore: 2.5 };
    const [listed] = await readRunList(await remote.client.runs.list({}));
    expect(listed).toMatchObject({ id: runId, testScore: null, ...best });
    expect(await remote.client.runs.get({ run: runId })).toMatchObject({ testScore: Number.NaN, ...best });
    await remote.close();
  });

  test('carries NaN and infinities in events', async () => {
    const host = await hostWithDataset();
    const remote = connectEngine(() => openWebSocket(addressOf(host.port, host.token)));
    const runId = runWithoutProcess(host, { append: () => {} });
    const body = {
      type: 'run.epochEnded',
      runId,
      epoch: 1,
      step: 4,
      trainLoss: Number.NaN,
      validationLoss: Infinity,
      best: false,
    } as const;
    const { sequence } = host.workspace.events.append(body, 5);
    const [event] = await remote.client.events.list({ after: sequence - 1 });
    expect(event).toEqual({ sequence, atMs: 5, body });
    await remote.close();
  });

  test.each([
    ['no token', ''],
    ['a wrong token', `?token=${'0'.repeat(64)}`],
  ])('refuses %s', async (_name, query) => {
    const host = await hostWithDataset();
    await expect(openWebSocket(`ws://127.0.0.1:${host.port}/${query}`)).rejects.toMatchObject({
      code: 'workspace-unreachable',
    });
  });

  test('refuses a web page, also one that knows the token', async () => {
    const host = await hostWithDataset();
    const { WebSocket } = await import('ws');
    const socket = new WebSocket(addressOf(host.port, host.token), { origin: 'http://evil.example' });
    const outcome = await new Promise((resolve) => {
      socket.on('open', () => resolve('open'));
      socket.on('error', (error) => resolve(error.message));
    });
    expect(outcome).toContain('401');
  });
});

describe('an event stream whose socket is cut again and again', () => {
  test('delivers every event once and in order', async () => {
    const host = await hostWithDataset();
    const proxy = await startProxy(host.port);
    let opened = 0;
    const remote = connectEngine(() => {
      opened++;
      return openWebSocket(addressOf(proxy.port, host.token));
    });
    const runId = runWithoutProcess(host, { append: () => {} });
    const total = 2_000;
    const ended = new AbortController();
    const seen: EngineEvent[] = [];
    const reading = (async () => {
      for await (const event of remote.watchEvents({ after: 0, signal: ended.signal })) {
        seen.push(event);
        if (event.body.type === 'run.ended') return;
      }
    })();
    for (let step = 1; step <= total; step++) {
      host.workspace.events.append(
        {
          type: 'run.progressed',
          runId,
          step,
          totalSteps: total,
          epoch: 1,
          trainLoss: 1 / step,
          secondsLeft: null,
        },
        step,
      );
      if (step % 20 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
      if (step % 250 === 0) {
        const before = opened;
        proxy.cut();
        await expect.poll(() => opened).toBeGreaterThan(before);
      }
    }
    await remote.client.runs
      .rename({ run: runId, name: 'woken' })
      .catch(() => remote.client.runs.rename({ run: runId, name: 'woken' }));
    host.workspace.events.append({ type: 'run.ended', runId, state: 'completed', reason: null }, total);
    await remote.client.runs.rename({ run: runId, name: 'again' });
    await reading;
    const stored = host.workspace.events.after(0, 10_000);
    expect(seen.map(({ sequence }) => sequence)).toEqual(
      stored
        .filter(({ sequence }) => sequence <= (seen.at(-1)?.sequence ?? 0))
        .map(({ sequence }) => sequence),
    );
    expect(seen).toEqual(stored.slice(0, seen.length));
    expect(seen.length).toBeGreaterThan(total);
    expect(opened).toBeGreaterThanOrEqual(9);
    await remote.close();
  });

  test('a change that is being answered when it is cut ends with connection-lost, a read is made again', async () => {
    const host = await hostWithDataset();
    const proxy = await startProxy(host.port);
    const remote = connectEngine(() => openWebSocket(addressOf(proxy.port, host.token)));
    await remote.ready();
    // The proxy swallows what comes after the cut, so these answers are lost for certain.
    const [change, read] = [remote.client.queue.setLimit({ limit: 2 }), remote.client.queue.get()];
    proxy.cut();
    await expect(change).rejects.toMatchObject({ code: 'connection-lost' });
    expect((await read).queued).toEqual([]);
    expect((await remote.client.engine.describe()).hostPid).toBe(process.pid);
    await remote.close();
  });
});
