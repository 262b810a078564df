// The verbs on a study as a whole: show, stop, resume, rename, delete.

import type { Place } from '../../../contract/pool/place.ts';
import { ACTIVE_STATES, type RunSummary } from '../../../contract/runs/run.ts';
import type { StudySummary } from '../../../contract/studies/study.ts';
import type { RunReference, StudyId } from '../../../contract/values/ids.ts';
import { statesText } from '../../../words/studies.ts';
import type { EngineClient, EngineConnection, Outcome, VerbContext } from '../context.ts';
import { counted, formatScore, formatTime } from '../text/format.ts';
import { measureText, testScoreText } from '../text/measure.ts';
import { spreadText, studyLabel } from '../text/study-text.ts';
import { renderFacts, renderTable, type TableStyle } from '../text/table.ts';
import { askForGood, requireAnswer } from './ask.ts';
import { followToEnd, lastSequence } from './follow.ts';
import { followSweep } from './follow-sweep.ts';
import { membersOf } from './members.ts';
import { stateText } from './runs.ts';
import { tableStyle } from './style.ts';

export async function showStudy(
  client: EngineClient,
  study: StudySummary,
  style: TableStyle,
): Promise<Outcome> {
  const members = await membersOf(client, study);
  return { json: { ...study, members }, text: studyText(study, members, style) };
}

export function studyText(study: StudySummary, members: readonly RunSummary[], style: TableStyle): string {
  const { findings } = study;
  const measured = members.find(({ testMetric }) => testMetric !== null);
  const facts: [string, string][] = [
    ['Study', `s${study.id} "${study.name}"`],
    ['Kind', study.kind],
    ['Runs', statesText(members)],
    [measured ? `Test ${measureText(measured)}` : 'Test', spreadText(findings.test)],
    ['Best validation', spreadText(findings.validation)],
    ['Made', formatTime(study.createdAtMs)],
  ];
  const columns = [
    { header: 'RUN', right: true },
    { header: 'NAME', cut: true },
    { header: 'STATE' },
    { header: 'SEED', right: true },
    { header: 'EPOCH', right: true },
    { header: 'BEST VALIDATION', right: true },
    { header: 'TEST', right: true },
  ];
  const rows = members.map((run) => [
    String(run.id),
    run.name,
    stateText(run),
    String(run.seed),
    `${run.epoch}/${run.totalEpochs}`,
    formatScore(run.bestValidationLoss),
    testScoreText(run),
  ]);
  const blocks = [renderFacts(facts), renderTable(columns, rows, style), findings.note ?? ''];
  return blocks.filter((block) => block !== '').join('\n\n');
}

export async function stopStudy(client: EngineClient, study: StudyId): Promise<Outcome> {
  const stopped = await client.studies.stop({ study });
  const states = statesText(await membersOf(client, stopped));
  return {
    json: stopped,
    text: `Asked ${studyLabel(stopped)} to stop: runs that train end after their current step (${states}). Resume with \`hindcast resume s${stopped.id}\`.`,
  };
}

export interface FollowStudyArguments {
  readonly study: StudySummary;
  /** Sequence of the last event before the study was started. */
  readonly after: number;
  readonly watch: boolean;
  readonly startedText: string;
}

/** Watches a sweep as a whole, the runs of any other study one after the other, and prints what they say together. */
export async function followStudy(
  context: VerbContext,
  connection: EngineConnection,
  { study, after, watch, startedText }: FollowStudyArguments,
): Promise<Outcome> {
  const { terminal } = context;
  if (!watch && connection.role() === 'attached') return { json: study, text: startedText };
  terminal.err(`${startedText}\n`);
  if (study.searches) return followSweep(context, connection, { study, after, watch });
  const { client } = connection;
  const seen = new Set<RunReference>();
  for (;;) {
    // A kind may ask for more runs as those before them end.
    const next = await nextMember(connection, study.id, seen);
    if (next === undefined) break;
    // Of a run that is resumed, its end before is an old event.
    const since = seen.has(next.run) ? next.sequence : after;
    seen.add(next.run);
    const run = await client.runs.get({ run: next.run });
    const outcome = await followToEnd(context, connection, {
      run,
      after: since,
      watch,
      startedText: '',
      waits: false,
    });
    if (outcome.leaveAtOnce || (outcome.exitCode ?? 0) > 128) return leave(client, study, outcome);
    if (outcome.complaint) terminal.err(`${outcome.complaint.message}\n`);
  }
  return studyOutcome(context, client, study.id);
}

/**
 * A run that was not watched yet, or one that its kind has resumed. The engine asks a study's kind for more just after a run has ended: an
 * open study without a next run gets it, or closes, soon.
 */
async function nextMember(connection: EngineConnection, id: StudyId, seen: ReadonlySet<RunReference>) {
  const { client } = connection;
  for (let question = 1; ; question++) {
    const sequence = await lastSequence(connection);
    const study = await client.studies.get({ study: id });
    const members = await membersOf(client, study);
    const next =
      members.find((run) => !seen.has(run.id)) ?? members.find(({ state }) => ACTIVE_STATES.includes(state));
    if (next !== undefined) return { run: next.id, sequence };
    if (!study.open || question === MOST_QUESTIONS) return undefined;
    await new Promise((resolve) => setTimeout(resolve, BETWEEN_QUESTIONS_MS));
  }
}

const MOST_QUESTIONS = 40;
const BETWEEN_QUESTIONS_MS = 50;

async function studyOutcome(context: VerbContext, client: EngineClient, id: StudyId): Promise<Outcome> {
  const done = await client.studies.get({ study: id });
  const members = await membersOf(client, done);
  const asMeant = members.filter(({ state }) => state === 'completed' || state === 'held').length;
  return {
    json: { ...done, members },
    text: `${studyText(done, members, tableStyle(context.terminal))}\n\nMore: hindcast show s${id}`,
    ...(asMeant < members.length && { exitCode: 1 }),
  };
}

/** A Ctrl-C that stopped one run is meant for all of them. */
async function leave(client: EngineClient, study: StudySummary, outcome: Outcome): Promise<Outcome> {
  const isLeft = outcome.leaveAtOnce === true || outcome.leavesOthers === true;
  if (!isLeft) await client.studies.stop({ study: study.id }).catch(() => {});
  const text = `${isLeft ? 'Left' : 'Stopped'} ${studyLabel(study)}; resume with \`hindcast resume s${study.id}\`.`;
  return { ...outcome, json: study, text: [outcome.text, text].filter((line) => line !== '').join('\n\n') };
}

export async function resumeStudy(
  context: VerbContext,
  connection: EngineConnection,
  given: {
    readonly study: StudyId;
    readonly after: number;
    readonly watch: boolean;
    readonly on?: Place | undefined;
  },
): Promise<Outcome> {
  const study = await connection.client.studies.resume({ study: given.study, on: given.on });
  const startedText = `The runs of ${studyLabel(study)} that can resume are back in the queue.`;
  return followStudy(context, connection, { ...given, study, startedText });
}

export async function renameStudy(client: EngineClient, study: StudyId, name: string): Promise<Outcome> {
  const renamed = await client.studies.rename({ study, name });
  return { json: renamed, text: `Study s${renamed.id} is now "${renamed.name}".` };
}

export async function deleteStudy(
  { terminal }: VerbContext,
  client: EngineClient,
  given: { readonly study: StudyId; readonly yes?: boolean | undefined },
): Promise<Outcome> {
  requireAnswer(terminal, 'delete', 'study', given.yes);
  const study = await client.studies.get({ study: given.study });
  const label = studyLabel(study);
  const what = `${label} with its ${counted(study.runs.length, 'run')}`;
  if (!given.yes && !(await askForGood(terminal, what))) {
    return { json: { deleted: false, study: study.id }, text: `Kept ${label}.`, exitCode: 1 };
  }
  await client.studies.delete({ study: study.id });
  return { json: { deleted: true, study: study.id, runs: study.runs }, text: `Deleted ${what}.` };
}
