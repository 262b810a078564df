// Keeps an engine running for a window or a page's server: restarts it when it dies, reports that, and gives up if it keeps
// dying.

import { createInTurn } from '../../contract/processes/in-turn.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import type { Channel } from '../engine/channel.ts';

import type { EngineProcess } from './engine-process.ts';

/** The engine as its users see it. */
export type EngineState =
  | { readonly state: 'running' }
  | { readonly state: 'restarting'; readonly reason: string }
  /** Nothing more is tried until `restart`. */
  | { readonly state: 'failed'; readonly reason: string };

export interface EngineKeeper<Port extends Channel = Channel> {
  /** Settles when the first engine has opened the workspace; rejects with its reason. */
  readonly opened: Promise<void>;
  readonly state: EngineState;
  readonly pid: number | undefined;
  /** Called after each change of state. */
  onState(listener: (state: EngineState) => void): void;
  /** A line to the engine of now; closed at once where there is none. */
  connect(port: Port): void;
  /** After `failed`, or to change the workspace that `start` opens. */
  restart(): Promise<void>;
  /** For good: runs end with a checkpoint. */
  close(): Promise<void>;
}

export interface EngineKeeperOptions<Port extends Channel> {
  /** @param again after a death: the workspace was there, and must not be made where it is gone */
  start(again: boolean): EngineProcess<Port>;
  readonly nowMs: () => number;
}

/** Number of deaths within a time that are no accident any more. */
const DEATHS = 3;
const DEATHS_WITHIN_MS = 60_000;
/** The engine gives its runs 10 s for their checkpoints. */
const CLOSE_GRACE_MS = 20_000;

export function keepEngine<Port extends Channel>({
  start,
  nowMs,
}: EngineKeeperOptions<Port>): EngineKeeper<Port> {
  let state: EngineState = { state: 'running' };
  let engine: EngineProcess<Port> | undefined;
  const firstOpened = Promise.withResolvers<void>();
  let listener: (state: EngineState) => void = () => {};
  let deaths: number[] = [];
  /** The workspace that is opened now was open before. */
  let hasOpened = false;

  // Only `serve` awaits this; a window shows the error itself.
  firstOpened.promise.catch(() => {});

  function become(next: EngineState): void {
    state = next;
    listener(next);
  }

  async function run(again = false): Promise<void> {
    hasOpened = again;
    const started = start(again);
    engine = started;
    started.opened.then(
      () => {
        hasOpened = true;
      },
      () => {},
    );
    started.opened.then(firstOpened.resolve, firstOpened.reject);
    const failure = started.opened.then(
      () => null,
      (cause: unknown) => HindcastError.wrap(cause, 'The engine could not start'),
    );
    void failure.then((error) => {
      if (!error && engine === started && state.state !== 'running') become({ state: 'running' });
    });
    const { code } = await started.exited;
    // Closed or replaced on purpose.
    if (engine !== started) return;
    engine = undefined;
    afterDeath(await failure, code);
  }

  function afterDeath(failure: HindcastError | null, code: number | null): void {
    // A workspace that cannot be opened is not opened by trying again.
    if (failure && failure.code !== 'process-died') {
      become({ state: 'failed', reason: failure.message });
      return;
    }
    const now = nowMs();
    deaths = [...deaths.filter((at) => now - at < DEATHS_WITHIN_MS), now];
    const how = code === null ? 'was killed' : `ended with code ${code}`;
    if (deaths.length >= DEATHS) {
      become({ state: 'failed', reason: `The engine ${how}, the ${DEATHS}rd time within a minute.` });
      return;
    }
    if (isClosed) return;
    become({ state: 'restarting', reason: `The engine ${how} and is being started again.` });
    void run(hasOpened);
  }

  /** One after the other: of two engines that start at once, one would never be closed. */
  const inTurn = createInTurn();
  let isClosed = false;

  async function end(): Promise<void> {
    const last = engine;
    engine = undefined;
    await last?.close(CLOSE_GRACE_MS);
  }

  void run();
  return {
    opened: firstOpened.promise,
    get state() {
      return state;
    },
    get pid() {
      return engine?.pid;
    },
    onState(next) {
      listener = next;
    },
    connect(port) {
      if (engine) engine.connect(port);
      else port.close();
    },
    restart: () =>
      inTurn(async () => {
        if (isClosed) return;
        become({ state: 'restarting', reason: 'The engine is being started.' });
        await end();
        deaths = [];
        if (!isClosed) void run();
      }),
    close() {
      isClosed = true;
      return inTurn(end);
    },
  };
}
