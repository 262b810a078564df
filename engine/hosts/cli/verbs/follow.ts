// What `train`, `resume` and `duplicate` share: watch a run, print its end, choose the exit code.

import type { RunSummary } from '../../../contract/runs/run.ts';
import type { HindcastError } from '../../../contract/values/errors.ts';
import type { EngineConnection, InterruptSignal, Outcome, VerbContext } from '../context.ts';
import { followRun, waitForOthers } from '../watch/follow-run.ts';
import { createProgressDisplay, createQuietDisplay } from '../watch/progress-display.ts';
import { complaintAbout, endText } from './run-text.ts';
import { tableStyle } from './style.ts';

/** As shells have it: 128 and the number of the signal. */
const SIGNAL_EXIT_CODES: Readonly<Record<InterruptSignal, number>> = {
  SIGHUP: 129,
  SIGINT: 130,
  SIGTERM: 143,
};

export const signalExitCode = (signal: InterruptSignal): number => SIGNAL_EXIT_CODES[signal];

export interface FollowArguments {
  readonly run: RunSummary;
  /** Sequence of the last event before the run was started. */
  readonly after: number;
  /** False: returns at once where another process trains; otherwise stays without showing progress. */
  readonly watch: boolean;
  /** What is said where nothing is watched. */
  readonly startedText: string;
  /** False: what else trains in this process is not waited for. Default: true. */
  readonly waits?: boolean;
  /** Workers on other machines train it: an interrupt leaves it to them. */
  readonly onPool?: boolean;
}

export async function followToEnd(
  context: VerbContext,
  connection: EngineConnection,
  { run, after, watch, startedText, waits = true, onPool = false }: FollowArguments,
): Promise<Outcome> {
  const { terminal } = context;
  if (!watch && connection.role() === 'attached') return { json: run, text: startedText };
  if (!watch && startedText !== '')
    terminal.err(`${startedText} No other process has this workspace open, so this one trains it.\n`);
  const display = watch ? createProgressDisplay(terminal) : createQuietDisplay(terminal);
  const { detail, interruptedBy, unstopped } = await followRun({
    connection,
    terminal,
    display,
    run,
    after,
    onPool,
  });
  if (detail === null && onPool) return leftToPool(run, interruptedBy!);
  if (unstopped) return unstoppedOutcome(run, unstopped, interruptedBy!);
  if (detail === null) return leftOutcome(connection, run, interruptedBy!);
  const complaint = complaintAbout(detail);
  const ended = interruptedBy !== null && complaint !== undefined ? signalExitCode(interruptedBy) : undefined;
  const again = ended === undefined && waits ? await waitForOthers(connection, terminal) : null;
  const exitCode = ended ?? (again === null ? undefined : signalExitCode(again));
  return {
    json: detail,
    text: endText(detail, tableStyle(terminal)),
    ...(complaint && { complaint }),
    ...(exitCode !== undefined && { exitCode }),
  };
}

function leftToPool(run: RunSummary, signal: InterruptSignal): Outcome {
  const text = `Left run ${run.id} to the pool: \`hindcast pool collect\`, or an open window, stores what its worker sends; \`hindcast stop ${run.id}\` stops it.`;
  return { json: run, text, exitCode: signalExitCode(signal), leaveAtOnce: true };
}

/** A workspace that was moved away takes no end of the run; closing still stores what was written before. */
function unstoppedOutcome(run: RunSummary, { message }: HindcastError, signal: InterruptSignal): Outcome {
  const text = `Left run ${run.id}, whose end could not be stored: ${message}`;
  return { json: run, text, exitCode: signalExitCode(signal), leavesOthers: true };
}

function leftOutcome(connection: EngineConnection, run: RunSummary, signal: InterruptSignal): Outcome {
  const text =
    connection.role() === 'host'
      ? `Left run ${run.id}; resume it from its last checkpoint with \`hindcast resume ${run.id}\`.`
      : `Left run ${run.id}; the process that trains it was asked to stop it.`;
  return { json: run, text, exitCode: signalExitCode(signal), leaveAtOnce: true };
}

/** The workspace's newest event, to watch what comes after it. */
export async function lastSequence(connection: EngineConnection): Promise<number> {
  return (await connection.client.engine.describe()).workspace.lastSequence;
}
