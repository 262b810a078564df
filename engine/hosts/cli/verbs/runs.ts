// `hindcast runs`: the newest runs and their states.

import { ACTIVE_STATES, type RunState, type RunSummary } from '../../../contract/runs/run.ts';
import { readRunList } from '../../../contract/runs/run-list.ts';
import type { StudySummary } from '../../../contract/studies/study.ts';
import type { StudyId } from '../../../contract/values/ids.ts';
import { isWorseThanBaseline } from '../../../words/scores/baseline-check.ts';
import { statesText } from '../../../words/studies.ts';
import type { Outcome, VerbContext } from '../context.ts';
import { damagedLine, jsonOfRun } from '../text/damaged-runs.ts';
import { formatCount, formatDuration, formatScore, formatTime } from '../text/format.ts';
import { measureText, testScoreText } from '../text/measure.ts';
import { spreadText } from '../text/study-text.ts';
import { LONGEST_NAME, renderTable } from '../text/table.ts';
import { tableStyle } from './style.ts';

export interface RunsArguments {
  readonly state?: readonly RunState[];
  readonly limit?: number;
  /** The runs of each study below it. */
  readonly unfold?: boolean;
}

/** Rows for people where no limit is given. */
const DEFAULT_LIMIT = 50;

export async function listRuns(context: VerbContext, given: RunsArguments): Promise<Outcome> {
  const limit = given.limit ?? (context.json ? Number.POSITIVE_INFINITY : DEFAULT_LIMIT);
  const { client } = await context.connect('existing');
  // States are chosen here, and so are the rows that belong to one study: then the whole list is needed.
  const studies = await client.studies.list();
  const whole = given.state !== undefined || studies.length > 0 || !Number.isFinite(limit);
  // One more than is shown, to know whether there are more.
  const all = await readRunList(await client.runs.list(whole ? {} : { limit: limit + 1 }));
  const found = given.state ? all.filter((run) => given.state?.includes(run.state)) : all;
  if (found.length === 0) return { json: [], text: emptyText(given) };
  const json = found
    .slice(0, limit)
    .map((run) => ({ ...jsonOfRun(run), worseThanBaseline: isWorseThanBaseline(run) }));
  if (context.json) return { json, text: '' };
  // One state asked for is a question about runs.
  const folded = given.state ? found : foldStudies(found, studies, given.unfold ?? false);
  if (folded.length > limit) {
    context.terminal.err(`The newest ${formatCount(limit)} are shown; --limit N shows more.\n`);
  }
  return { json, text: runTable(context, folded.slice(0, limit)) };
}

function emptyText({ state }: RunsArguments): string {
  if (state) return `No run is ${state.join(' or ')}; \`hindcast runs\` shows all.`;
  return 'No runs yet: `hindcast train samples/sp500-lstm.json` makes one.';
}

interface ListedStudy {
  readonly study: StudySummary;
  readonly members: readonly RunSummary[];
}

/** A study is listed where its newest run would be, with its runs below it where that is asked for. */
function foldStudies(
  runs: readonly RunSummary[],
  studies: readonly StudySummary[],
  unfold: boolean,
): (RunSummary | ListedStudy)[] {
  const byId = new Map(studies.map((study) => [study.id, study]));
  const members = Map.groupBy(runs, ({ studyId }) => studyId);
  const shown = new Set<StudyId>();
  return runs.flatMap((run) => {
    const study = run.studyId === null ? undefined : byId.get(run.studyId);
    if (!study) return [run];
    const first = !shown.has(study.id);
    shown.add(study.id);
    return [...(first ? [{ study, members: members.get(study.id) ?? [] }] : []), ...(unfold ? [run] : [])];
  });
}

function runTable(context: VerbContext, listed: readonly (RunSummary | ListedStudy)[]): string {
  const marked = listed.some((row) => !('study' in row) && isWorseThanBaseline(row));
  const columns = [
    { header: 'RUN', right: true },
    { header: 'NAME', cut: true, most: LONGEST_NAME },
    { header: 'MODEL' },
    { header: 'STATE' },
    { header: 'EPOCH', right: true },
    { header: 'STEP', right: true },
    { header: 'LOSS', right: true },
    { header: 'VALIDATION', right: true },
    { header: 'BEST', right: true },
    { header: marked ? 'TEST  ' : 'TEST', right: true },
    { header: 'MEASURE', cut: true, most: 32 },
    { header: 'LEFT', right: true },
    { header: 'DATASET', cut: true, most: 24 },
    { header: 'MADE' },
  ];
  const rows = listed.map((row) => ('study' in row ? studyRow(row, marked) : runRow(row, marked)));
  const table = renderTable(columns, rows, tableStyle(context.terminal));
  const legend = marked ? '! worse than its best baseline: see `hindcast show RUN`' : null;
  const damaged = damagedLine(listed.flatMap((row) => ('study' in row ? row.members : row)));
  return [table, legend, damaged].filter((text) => text !== null).join('\n');
}

/** With two more characters after each test score where some are `marked`, so that the numbers stay in line. */
function runRow(run: RunSummary, marked: boolean): string[] {
  if (run.state === 'damaged') return damagedRow(run);
  const mark = isWorseThanBaseline(run) ? ' !' : '  ';
  return [
    String(run.id),
    run.name,
    run.modelKind,
    stateText(run),
    `${run.epoch}/${run.totalEpochs}`,
    formatCount(run.step),
    formatScore(run.lastTrainLoss),
    formatScore(run.lastValidationLoss),
    formatScore(run.bestValidationLoss),
    `${testScoreText(run)}${marked ? mark : ''}`,
    measureText(run),
    ACTIVE_STATES.includes(run.state) ? formatDuration(run.secondsLeft) : '',
    run.datasetName,
    formatTime(run.createdAtMs),
  ];
}

const damagedRow = ({ id, name, state, datasetName }: RunSummary): string[] => [
  String(id),
  name,
  '',
  state,
  ...Array<string>(8).fill(''),
  datasetName,
  '',
];

function studyRow({ study, members }: ListedStudy, marked: boolean): string[] {
  const { findings } = study;
  const models = new Set(members.map(({ modelKind }) => modelKind));
  const measured = members.find(({ testMetric }) => testMetric !== null);
  return [
    `s${study.id}`,
    study.name,
    models.size === 1 ? ([...models][0] ?? '') : '',
    statesText(members),
    '',
    '',
    '',
    '',
    spreadText(findings.validation),
    `${spreadText(findings.test)}${marked ? '  ' : ''}`,
    measured ? measureText(measured) : '',
    '',
    members[0]?.datasetName ?? '',
    formatTime(study.createdAtMs),
  ];
}

/** `queued 2`: second in the queue; `stopping`: asked to. */
export function stateText(run: RunSummary): string {
  if (run.state === 'queued' && run.queuePosition !== null) return `queued ${run.queuePosition}`;
  return run.stopRequested && run.state === 'running' ? 'stopping' : run.state;
}
