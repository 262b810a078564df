// Watches a run until it ends, and lets Ctrl-C stop it: the first one asks the engine, the second one leaves. A run on the pool trains on
// without this process: the first one leaves it.
import { fromApiError } from '../../../contract/api/api-errors.ts';
import type { EngineEvent } from '../../../contract/api/events.ts';
import { ACTIVE_STATES, type RunDetail, type RunSummary } from '../../../contract/runs/run.ts';
import { type ErrorCode, HindcastError } from '../../../contract/values/errors.ts';
import type { EngineConnection, InterruptSignal, Terminal } from '../context.ts';
import { advance, noteOf, progressOf, type RunProgress } from './progress.ts';
import type { ProgressDisplay } from './progress-display.ts';

export interface FollowOptions {
  readonly connection: EngineConnection;
  readonly terminal: Terminal;
  readonly display: ProgressDisplay;
  readonly run: RunSummary;
  /** Sequence of the last event before the run was started or resumed. */
  readonly after: number;
  /** Workers on other machines train it. */
  readonly onPool?: boolean | undefined;
}

export interface Followed {
  /** The run at its end; null where the user left before it. */
  readonly detail: RunDetail | null;
  /** The first signal, where there was one. */
  readonly interruptedBy: InterruptSignal | null;
  /** The run could not be stopped, and will not be: why. */
  readonly unstopped?: HindcastError | undefined;
}

/** Follows the run to its end, until the second interrupt, or until one that cannot stop it. Errors: those of the API, as HindcastError. */
export async function followRun(options: FollowOptions): Promise<Followed> {
  const { connection, display, run } = options;
  const interrupts = listenForInterrupts(options);
  const watching = new AbortController();
  try {
    const how = await Promise.race([watchToEnd(options, watching.signal), interrupts.ended, interrupts.left]);
    display.clear();
    if (how === 'left') return { detail: null, interruptedBy: interrupts.first() };
    if (how instanceof HindcastError)
      return { detail: null, interruptedBy: interrupts.first(), unstopped: how };
    const detail = await connection.client.runs.get({ run: run.id });
    return { detail, interruptedBy: interrupts.first() };
  } catch (error) {
    display.clear();
    throw fromApiError(error);
  } finally {
    interrupts.close();
    watching.abort();
  }
}

/** After these the stop counts all the same: the run ends as soon as it can be written, or has just ended. */
const STOPS_LATER = new Set<ErrorCode>(['conflict', 'disk-full', 'workspace-locked']);

function listenForInterrupts({ connection, terminal, display, run, onPool = false }: FollowOptions) {
  const ended = Promise.withResolvers<'ended'>();
  const left = Promise.withResolvers<'left' | HindcastError>();
  let first: InterruptSignal | null = null;
  const stop = async (): Promise<void> => {
    display.note(`Stopping run ${run.id} after its current step; Ctrl-C again leaves at once.`);
    try {
      const stopped = await connection.client.runs.stop({ run: run.id });
      if (!ACTIVE_STATES.includes(stopped.state)) ended.resolve('ended');
    } catch (error) {
      const failure = fromApiError(error);
      const { code, message } = failure;
      if (!STOPS_LATER.has(code)) left.resolve(failure);
      else if (code !== 'conflict') display.note(`Run ${run.id} could not be stopped: ${message}`);
    }
  };
  const close = terminal.onInterrupt((signal) => {
    const leaves = onPool || first !== null;
    first ??= signal;
    if (leaves) return left.resolve('left');
    void stop();
  });
  return { ended: ended.promise, left: left.promise, first: () => first, close };
}

async function watchToEnd(options: FollowOptions, signal: AbortSignal): Promise<'ended'> {
  const { connection, run, after } = options;
  let progress = progressOf(run);
  for await (const event of connection.watchEvents({ after, run: run.id, signal })) {
    progress = showEvent(options.display, progress, event);
    if (hasEnded(event, run.id)) return 'ended';
  }
  throw streamLost(run.id);
}

function showEvent(display: ProgressDisplay, before: RunProgress, { body }: EngineEvent): RunProgress {
  const progress = advance(before, body);
  const note = noteOf(body);
  if (note !== null) display.note(note);
  if (progress !== before && body.type !== 'run.started')
    display.show(progress, body.type === 'run.epochEnded');
  return progress;
}

function hasEnded({ body }: EngineEvent, runId: number): boolean {
  return (body.type === 'run.ended' || body.type === 'run.deleted') && body.runId === runId;
}

function streamLost(runId: number): HindcastError {
  return new HindcastError(
    'connection-lost',
    `The engine no longer sends news of run ${runId}; \`hindcast show ${runId}\` shows its state.`,
    { details: { run: runId } },
  );
}

/** Stays until no run is active, where this process is the one that trains them; an interrupt ends the wait. */
export async function waitForOthers(
  connection: EngineConnection,
  terminal: Terminal,
): Promise<InterruptSignal | null> {
  if (connection.role() !== 'host') return null;
  const { running, queued } = await connection.client.queue.get();
  const others = running.length + queued.length;
  if (others === 0) return null;
  terminal.err(
    `${others === 1 ? 'One more run trains' : `${others} more runs train`} in this process; Ctrl-C leaves (\`hindcast resume RUN\` resumes them).\n`,
  );
  const interrupted = Promise.withResolvers<InterruptSignal>();
  const close = terminal.onInterrupt(interrupted.resolve);
  try {
    return await Promise.race([connection.whenIdle().then(() => null), interrupted.promise]);
  } finally {
    close();
  }
}
