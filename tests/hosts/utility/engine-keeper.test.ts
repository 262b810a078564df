// A crashed engine is restarted and reported; one that keeps crashing is given up.
import { expect, it } from 'vitest';
import { HindcastError } from '../../../engine/contract/values/errors.ts';
import { createChannel } from '../../../engine/hosts/engine/channel.ts';
import { type EngineState, keepEngine } from '../../../engine/hosts/utility/engine-keeper.ts';
import type { EngineProcess } from '../../../engine/hosts/utility/engine-process.ts';

interface FakeEngine {
  open(): void;
  fail(error: HindcastError): void;
  die(code: number | null): Promise<void>;
  readonly lines: unknown[];
  readonly closed: boolean;
}

function keeperOfFakes() {
  const engines: FakeEngine[] = [];
  const states: EngineState['state'][] = [];
  /** Of each start. */
  const again: boolean[] = [];
  let nowMs = 0;
  function start(isAgain: boolean): EngineProcess {
    again.push(isAgain);
    const opened = Promise.withResolvers<void>();
    const exited = Promise.withResolvers<{ code: number | null }>();
    opened.promise.catch(() => {});
    const lines: unknown[] = [];
    let closed = false;
    engines.push({
      open: opened.resolve,
      fail(error) {
        opened.reject(error);
        exited.resolve({ code: 1 });
      },
      async die(code) {
        opened.reject(new HindcastError('process-died', 'it died'));
        exited.resolve({ code });
        await settled();
      },
      lines,
      get closed() {
        return closed;
      },
    });
    return {
      pid: engines.length,
      connect: (line) => void lines.push(line),
      opened: opened.promise,
      exited: exited.promise,
      async close() {
        closed = true;
        exited.resolve({ code: 0 });
      },
      kill: () => exited.resolve({ code: null }),
    };
  }
  const keeper = keepEngine({ start, nowMs: () => nowMs });
  keeper.onState(({ state }) => states.push(state));
  return { keeper, engines, states, again, pass: (ms: number) => (nowMs += ms) };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

/** A line and whether it was hung up. */
function aLine() {
  const line = { hungUp: false };
  const { channel } = createChannel({
    send: () => {},
    hangUp: () => {
      line.hungUp = true;
    },
  });
  return { channel, line };
}

it('starts an engine again and tells of both', async () => {
  const { keeper, engines, states, again } = keeperOfFakes();
  engines[0]!.open();
  await keeper.opened;
  await engines[0]!.die(null);
  expect(engines).toHaveLength(2);
  expect(keeper.state).toMatchObject({ state: 'restarting', reason: expect.stringContaining('was killed') });
  engines[1]!.open();
  await settled();
  expect(states).toEqual(['restarting', 'running']);
  // Asked for, it may make a workspace; after a death it may not.
  await keeper.restart();
  expect(again).toEqual([false, true, false]);
});

it('gives up at the third death within a minute, and tries again when asked', async () => {
  const { keeper, engines, pass } = keeperOfFakes();
  await engines[0]!.die(1);
  pass(61_000);
  await engines[1]!.die(1);
  await engines[2]!.die(1);
  expect(keeper.state.state).toBe('restarting');
  await engines[3]!.die(139);
  expect(engines).toHaveLength(4);
  expect(keeper.state).toMatchObject({ state: 'failed', reason: expect.stringContaining('code 139') });
  const { channel, line } = aLine();
  keeper.connect(channel);
  expect(line.hungUp).toBe(true);
  await keeper.restart();
  engines[4]!.open();
  await settled();
  expect(keeper.state.state).toBe('running');
  keeper.connect(channel);
  expect(engines[4]!.lines).toEqual([channel]);
});

it('does not try a workspace again that cannot be opened', async () => {
  const { keeper, engines } = keeperOfFakes();
  engines[0]!.fail(new HindcastError('workspace-newer', 'The workspace comes from a newer Hindcast.'));
  await expect(keeper.opened).rejects.toMatchObject({ code: 'workspace-newer' });
  await settled();
  expect(engines).toHaveLength(1);
  expect(keeper.state).toEqual({ state: 'failed', reason: 'The workspace comes from a newer Hindcast.' });
});

it('does not restart an engine that it was told to close', async () => {
  const { keeper, engines, states } = keeperOfFakes();
  engines[0]!.open();
  await keeper.close();
  await settled();
  expect(engines).toHaveLength(1);
  expect(engines[0]!.closed).toBe(true);
  expect(states).toEqual([]);
});

it('restarts that overlap leave one engine, and closing leaves none', async () => {
  const { keeper, engines } = keeperOfFakes();
  engines[0]!.open();
  await Promise.all([keeper.restart(), keeper.restart(), keeper.restart()]);
  expect(engines.filter(({ closed }) => !closed)).toHaveLength(1);
  const restarting = keeper.restart();
  await keeper.close();
  await restarting;
  expect(engines.filter(({ closed }) => !closed)).toHaveLength(0);
});
