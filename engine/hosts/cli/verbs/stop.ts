// `hindcast stop RUN`: asks for a stop and waits for the checkpoint.

import { ACTIVE_STATES } from '../../../contract/runs/run.ts';
import type { RunReference } from '../../../contract/values/ids.ts';
import type { Outcome, VerbContext } from '../context.ts';
import { formatCount } from '../text/format.ts';
import { followRun } from '../watch/follow-run.ts';
import { createQuietDisplay } from '../watch/progress-display.ts';
import { lastSequence, signalExitCode } from './follow.ts';
import { stopStudy } from './study.ts';
import { findTarget } from './target.ts';

export interface StopArguments {
  readonly run: RunReference;
  readonly wait: boolean;
}

export async function stop(context: VerbContext, given: StopArguments): Promise<Outcome> {
  const connection = await context.connect('existing');
  const after = await lastSequence(connection);
  const target = await findTarget(connection.client, given.run);
  if (target.study !== null) return stopStudy(connection.client, target.study);
  const run = await connection.client.runs.stop({ run: target.run });
  if (!ACTIVE_STATES.includes(run.state)) return stopped(run);
  const asked = `Run ${run.id} "${run.name}" ends after its current step.`;
  if (!given.wait) return { json: run, text: asked };
  const { terminal } = context;
  const display = { ...createQuietDisplay(terminal), note: () => {} };
  const { detail, interruptedBy } = await followRun({ connection, terminal, display, run, after });
  if (detail !== null) return stopped(detail);
  return { json: run, text: asked, exitCode: signalExitCode(interruptedBy!), leaveAtOnce: true };
}

function stopped(run: Parameters<typeof outcomeText>[0]): Outcome {
  return { json: run, text: outcomeText(run) };
}

function outcomeText(run: { id: number; name: string; state: string; step: number }): string {
  if (run.state !== 'stopped') return `Run ${run.id} "${run.name}" had ended before: it is ${run.state}.`;
  return `Run ${run.id} "${run.name}" was stopped at step ${formatCount(run.step)}; resume with \`hindcast resume ${run.id}\`.`;
}
