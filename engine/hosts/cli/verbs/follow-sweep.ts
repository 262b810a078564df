// A sweep is shown, and watched to its end.
import type { StudySummary } from '../../../contract/studies/study.ts';
import type { EngineClient, EngineConnection, Outcome, VerbContext } from '../context.ts';
import { studyLabel } from '../text/study-text.ts';
import { sweepFacts, sweepTable } from '../text/sweep-text.ts';
import { renderFacts, type TableStyle } from '../text/table.ts';
import { followTrials } from '../watch/follow-trials.ts';
import { createProgressDisplay, createQuietDisplay } from '../watch/progress-display.ts';
import { signalExitCode } from './follow.ts';
import { membersOf } from './members.ts';
import { tableStyle } from './style.ts';

export async function showSweep(
  client: EngineClient,
  study: StudySummary,
  style: TableStyle,
): Promise<Outcome> {
  const view = await client.studies.sweep({ study: study.id });
  const members = await membersOf(client, study);
  const blocks = [
    renderFacts(sweepFacts(study, view, members)),
    sweepTable(view, members, style),
    study.findings.note ?? '',
  ];
  return {
    json: { ...study, ...view, members },
    text: blocks.filter((block) => block !== '').join('\n\n'),
  };
}

export interface FollowSweepArguments {
  readonly study: StudySummary;
  /** Sequence of the last event before the sweep was started. */
  readonly after: number;
  readonly watch: boolean;
}

/** Its trials may train anywhere and at once: one line shows them all, and an interrupt is meant for all of them. */
export async function followSweep(
  { terminal }: VerbContext,
  connection: EngineConnection,
  { study, after, watch }: FollowSweepArguments,
): Promise<Outcome> {
  const { client } = connection;
  const display = watch ? createProgressDisplay(terminal) : createQuietDisplay(terminal);
  const { left, interruptedBy } = await followTrials({ connection, terminal, display, study, after });
  const again = `\`hindcast resume s${study.id}\` continues it.`;
  if (left) {
    const text = `Left ${studyLabel(study)}, which was asked to stop; ${again}`;
    return { json: study, text, exitCode: signalExitCode(interruptedBy!), leaveAtOnce: true };
  }
  const done = await client.studies.get({ study: study.id });
  const { json, text } = await showSweep(client, done, tableStyle(terminal));
  const members = await membersOf(client, done);
  const asMeant = members.every(({ state }) => state === 'completed' || state === 'held');
  const last =
    interruptedBy === null ? `More: hindcast show s${study.id}` : `Stopped ${studyLabel(study)}; ${again}`;
  const exitCode = interruptedBy === null ? 1 : signalExitCode(interruptedBy);
  return { json, text: `${text}\n\n${last}`, ...((interruptedBy !== null || !asMeant) && { exitCode }) };
}
