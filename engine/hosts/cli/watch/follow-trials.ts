// Watches a sweep as a whole until its last trial has ended. The first Ctrl-C stops the sweep with all its trials, wherever they train; the
// second one leaves.
import { fromApiError } from '../../../contract/api/api-errors.ts';
import type { EventBody } from '../../../contract/api/events.ts';
import { ACTIVE_STATES } from '../../../contract/runs/run.ts';
import type { StudySummary } from '../../../contract/studies/study.ts';
import type { RunId } from '../../../contract/values/ids.ts';
import type { EngineConnection, InterruptSignal, Terminal } from '../context.ts';
import { studyLabel } from '../text/study-text.ts';
import { sweepLine } from '../text/sweep-text.ts';
import type { ProgressDisplay } from './progress-display.ts';

export interface FollowTrialsOptions {
  readonly connection: EngineConnection;
  readonly terminal: Terminal;
  readonly display: ProgressDisplay;
  readonly study: StudySummary;
  /** Sequence of the last event before the sweep was started or resumed. */
  readonly after: number;
}

export interface FollowedTrials {
  /** The user left before the end. */
  readonly left: boolean;
  /** The first signal, where there was one. */
  readonly interruptedBy: InterruptSignal | null;
}

/** @throws HindcastError of the API */
export async function followTrials(options: FollowTrialsOptions): Promise<FollowedTrials> {
  const { display } = options;
  const interrupts = listenForInterrupts(options);
  const watching = new AbortController();
  try {
    const how = await Promise.race([watchToEnd(options, watching.signal), interrupts.left]);
    return { left: how === 'left', interruptedBy: interrupts.first() };
  } catch (error) {
    throw fromApiError(error);
  } finally {
    display.clear();
    interrupts.close();
    watching.abort();
  }
}

function listenForInterrupts({ connection, terminal, display, study }: FollowTrialsOptions) {
  const left = Promise.withResolvers<'left'>();
  let first: InterruptSignal | null = null;
  const stop = async (): Promise<void> => {
    display.note(
      `Stopping ${studyLabel(study)}: its trials end after their current step; Ctrl-C again leaves at once.`,
    );
    try {
      await connection.client.studies.stop({ study: study.id });
    } catch (error) {
      // Its last trial has just ended, and its end arrives soon.
      const { code, message } = fromApiError(error);
      if (code !== 'conflict') display.note(`${studyLabel(study)} could not be stopped: ${message}`);
    }
  };
  const close = terminal.onInterrupt((signal) => {
    if (first !== null) return left.resolve('left');
    first = signal;
    void stop();
  });
  return { left: left.promise, first: () => first, close };
}

/** Between two looks at a sweep that only has made progress. */
const LOOK_MS = 1_000;

async function watchToEnd(options: FollowTrialsOptions, signal: AbortSignal): Promise<'ended'> {
  const { connection, terminal, display, study, after } = options;
  const { client } = connection;
  const width = (): number => (terminal.errIsTerminal ? terminal.errWidth - 1 : Number.POSITIVE_INFINITY);
  let members: ReadonlySet<RunId> = new Set();
  let lookedAtMs = Number.NEGATIVE_INFINITY;

  /** True at its end. */
  async function look(): Promise<boolean> {
    lookedAtMs = terminal.nowMs();
    const { open } = await client.studies.get({ study: study.id });
    const view = await client.studies.sweep({ study: study.id });
    members = new Set(view.trials.flatMap(({ run }) => run ?? []));
    display.line(sweepLine(view, width()));
    return !open && !view.trials.some(({ state }) => state !== null && ACTIVE_STATES.includes(state));
  }

  // What happens from here on is among the events: nothing is lost between the first look and them.
  if (await look()) return 'ended';
  for await (const { body } of connection.watchEvents({ after, signal })) {
    const news = newsOf(body, { study, members });
    if (news === 'none') continue;
    if (news === 'progress' && terminal.nowMs() - lookedAtMs < LOOK_MS) continue;
    if (body.type === 'run.ended' && body.state === 'failed')
      display.note(`Run ${body.runId} failed: ${body.reason}`);
    if (await look()) return 'ended';
  }
  return 'ended';
}

interface Watched {
  readonly study: StudySummary;
  readonly members: ReadonlySet<RunId>;
}

/** What an event means to a sweep: it may have ended, or it has come further. */
function newsOf(body: EventBody, { study, members }: Watched): 'change' | 'progress' | 'none' {
  if ('studyId' in body) return body.studyId === study.id ? 'change' : 'none';
  // Of a new run it is not known yet whose it is.
  if (body.type === 'run.created') return 'change';
  if (!('runId' in body) || !members.has(body.runId)) return 'none';
  return body.type === 'run.progressed' || body.type === 'run.epochEnded' ? 'progress' : 'change';
}
