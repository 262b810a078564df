// `hindcast show RUN`: everything about one run, or its metrics, its log, its configuration.

import type { EngineEvent } from '../../../contract/api/events.ts';
import type { DatasetDetail } from '../../../contract/datasets/dataset.ts';
import { MetricsFrame } from '../../../contract/datasets/frames.ts';
import { ACTIVE_STATES, type PartInfo, type RunDetail } from '../../../contract/runs/run.ts';
import type { DatasetReference, RunReference } from '../../../contract/values/ids.ts';
import { scoredWindows } from '../../../data/windows.ts';
import { CATALOGUE } from '../../../evaluation/catalogue.ts';
import { taskOf } from '../../../tasks/task-of.ts';
import { lostText } from '../../../words/part-windows.ts';
import { trainerText } from '../../../words/pool.ts';
import { shownRecipe } from '../../../words/recipe.ts';
import { metricInfo } from '../../../words/scores/metric-info.ts';
import { skillSentence } from '../../../words/scores/skill.ts';
import { looksSentence } from '../../../words/scores/test-looks.ts';
import { countedIn } from '../../../words/tasks/counted.ts';
import { lossUnit } from '../../../words/tasks/loss-unit.ts';
import type { EngineClient, Outcome, VerbContext } from '../context.ts';
import { jsonOfRun } from '../text/damaged-runs.ts';
import {
  counted,
  formatBytes,
  formatCount,
  formatDataTime,
  formatLeft,
  formatScore,
  formatTime,
  NOTHING,
} from '../text/format.ts';
import { renderFacts, renderTable, type TableStyle } from '../text/table.ts';
import { datasetText } from './dataset-text.ts';
import { showDuel } from './duel.ts';
import { eventText } from './event-text.ts';
import { showSweep } from './follow-sweep.ts';
import { showByOrigin } from './forecast-origins.ts';
import { remarks, scoreTable, weightsSentence } from './run-text.ts';
import { stateText } from './runs.ts';
import { type ErrorView, showBySeries, showByStep } from './show-errors.ts';
import { showIntervals } from './show-intervals.ts';
import { showLearning } from './show-learning.ts';
import { showResiduals } from './show-residuals.ts';
import { showStudy } from './study.ts';
import { tableStyle } from './style.ts';
import { findTarget } from './target.ts';

export interface ShowArguments {
  readonly run: RunReference;
  readonly metrics?: boolean;
  readonly steps?: boolean;
  readonly log?: boolean;
  readonly config?: boolean;
  readonly byStep?: boolean;
  readonly bySeries?: boolean;
  readonly byOrigin?: boolean;
  readonly residuals?: boolean;
  readonly intervals?: boolean;
  readonly learning?: boolean;
  /** Of the views of errors. */
  readonly part?: ErrorView['part'];
  readonly metric?: string;
  readonly top?: number;
  /** With `learning`. */
  readonly out?: string;
  readonly force?: boolean;
}

const MOST_LINES = 24;

export async function show(context: VerbContext, given: ShowArguments): Promise<Outcome> {
  const { client } = await context.connect('existing');
  const style = tableStyle(context.terminal);
  if (given.metrics) return showMetrics(client, given.run, 'epoch', style);
  if (given.steps) return showMetrics(client, given.run, 'step', style);
  if (given.log) return showLog(client, given.run);
  if (given.learning) return showLearning(client, given, style);
  const { run: reference, part = 'test', metric, top = MOST_LINES } = given;
  const view = { run: reference, part, metric, top };
  if (given.byStep) return showByStep(client, view, style);
  if (given.bySeries) return showBySeries(client, view, style);
  if (given.byOrigin) return showByOrigin(client, view, style);
  if (given.residuals) return showResiduals(client, view);
  if (given.intervals) return showIntervals(client, view, style);
  const target = await findTarget(client, given.run).catch(async (cause: unknown) => {
    const dataset = await datasetNamed(client, given);
    if (dataset === null) throw cause;
    return dataset;
  });
  if ('recipe' in target) {
    const recipe = shownRecipe(target.recipe);
    if (given.config) return { json: recipe, text: JSON.stringify(recipe, null, 2) };
    return { json: target, text: datasetText(target, style) };
  }
  if (target.study !== null) {
    const study = await client.studies.get({ study: target.study });
    if (study.judges && !study.open) return showDuel(client, study, style);
    return study.searches ? showSweep(client, study, style) : showStudy(client, study, style);
  }
  const run = await client.runs.get({ run: target.run });
  if (given.config) return { json: run.configuration, text: JSON.stringify(run.configuration, null, 2) };
  return { json: jsonOfRun(run), text: runText(run, style) };
}

/** No run has the name: a dataset may. */
async function datasetNamed(client: EngineClient, { run }: ShowArguments): Promise<DatasetDetail | null> {
  if (typeof run === 'number') return null;
  return client.datasets.get({ dataset: run as unknown as DatasetReference }).catch(() => null);
}

async function showMetrics(
  client: EngineClient,
  run: RunReference,
  scope: 'epoch' | 'step',
  style: TableStyle,
): Promise<Outcome> {
  const { header, columns: metrics } = await MetricsFrame.fromAnswer(
    await client.runs.metrics({ run, scope }),
  );
  const { names } = header;
  const rows = Array.from(metrics.index, (index, row) => ({
    index,
    values: metrics.values.map((values) => values[row]!),
  }));
  const json = rows.map(({ index, values }) => ({
    [scope]: index,
    ...Object.fromEntries(names.map((name, metric) => [name, values[metric]])),
  }));
  if (rows.length === 0) return { json, text: `Run ${run} has no metrics yet.` };
  const columns = [scope, ...names].map((header) => ({ header, right: true }));
  const cells = rows.map(({ index, values }) => [formatCount(index), ...values.map(formatScore)]);
  return { json, text: renderTable(columns, cells, style) };
}

/** Events of one call. */
const LOG_PAGE = 1_000;

async function showLog(client: EngineClient, run: RunReference): Promise<Outcome> {
  const events: EngineEvent[] = [];
  for (;;) {
    const page = await client.events.list({ run, after: events.at(-1)?.sequence ?? 0, limit: LOG_PAGE });
    events.push(...page);
    if (page.length < LOG_PAGE) break;
  }
  const timeOf = (atMs: number) => (atMs === 0 ? NOTHING : formatTime(atMs, true));
  const lines = events.map(({ atMs, body }) => `${timeOf(atMs)}  ${eventText(body)}`);
  return { json: events, text: lines.join('\n') || `Run ${run} has no events.` };
}

/** Options of the run's kind alone. */
const ownOptions = (run: RunDetail): string[] => {
  const { predictAhead, keeps } = taskOf(run.configuration.task);
  if (!predictAhead) return keeps ? ['--learning'] : [];
  return [
    '--by-step',
    '--by-series',
    '--by-origin',
    '--residuals',
    ...(hasIntervals(run) ? ['--intervals'] : []),
  ];
};

function runText(run: RunDetail, style: TableStyle): string {
  const blocks = [
    renderFacts(runFacts(run)),
    [partTable(run, style), ...leftOutLines(run)].filter((line) => line !== '').join('\n'),
    [
      scoreTable(run, { eachTarget: true, style }),
      testSkill(run),
      looksSentence(run.testLooks),
      weightsSentence(run),
    ]
      .filter((text) => text !== null)
      .join('\n'),
    remarks(run).join('\n'),
    `See also ${[...ownOptions(run), '--metrics', '--steps', '--log'].join(', ')} and --config.`,
  ];
  return blocks.filter((block) => block !== '').join('\n\n');
}

const hasIntervals = ({ scores }: RunDetail): boolean =>
  scores.some(({ metric }) => metricInfo(CATALOGUE, metric).needsQuantiles);

const testSkill = ({ scores }: RunDetail): string | null =>
  skillSentence(
    scores.filter(({ part }) => part === 'test'),
    CATALOGUE,
  );

function runFacts(run: RunDetail): [string, string][] {
  if (run.state === 'damaged') {
    return [
      ['Run', `${run.id} "${run.name}"`],
      ['State', stateText(run)],
      ['Data', run.datasetName],
    ];
  }
  const backend = run.backendUsed
    ? `${run.backendUsed.name} ${run.backendUsed.version}, ${run.backendUsed.device}`
    : run.backend;
  const steps =
    run.totalSteps === null
      ? formatCount(run.step)
      : `${formatCount(run.step)} of at most ${formatCount(run.totalSteps)}`;
  const parameters = run.parameterCount === null ? '' : `, ${formatCount(run.parameterCount)} parameters`;
  const trainer = trainerText(run);
  const unit = lossUnit(run.configuration.task);
  const facts: [string, string][] = [
    ['Run', `${run.id} "${run.name}"`],
    [
      'State',
      ACTIVE_STATES.includes(run.state) && run.secondsLeft !== null
        ? `${stateText(run)}, ${formatLeft(run.secondsLeft)}`
        : stateText(run),
    ],
    ['Data', `${run.datasetName}, version ${run.datasetVersion}`],
    ...(run.studyId === null ? [] : [['Study', `s${run.studyId}`] as [string, string]]),
    ['Model', `${run.modelKind}${parameters}, seed ${run.seed}`],
    ['Backend', backend],
    ...(trainer === null ? [] : [['Worker', trainer] as [string, string]]),
    ['Progress', `epoch ${run.epoch} of ${run.totalEpochs}, step ${steps}`],
    [
      'Loss',
      `training ${formatScore(run.lastTrainLoss)}, validation ${formatScore(run.lastValidationLoss)}${unit === null ? '' : ` ${unit}`}`,
    ],
    ['Made', formatTime(run.createdAtMs)],
    [
      'Started',
      run.startedAtMs === null
        ? NOTHING
        : `${formatTime(run.startedAtMs)}${run.attempts > 1 ? `, ${run.attempts} attempts` : ''}`,
    ],
    ['Ended', formatTime(run.endedAtMs)],
    ['Stored', `${formatBytes(run.bytes)}${checkpointText(run)}`],
    ['Protocol', run.fingerprint ?? NOTHING],
  ];
  if (run.weightsHash !== null) facts.push(['Weights', `SHA-256 ${run.weightsHash}`]);
  return facts;
}

function checkpointText(run: RunDetail): string {
  const list = run.checkpoints.map(
    (checkpoint) => `${checkpoint.kind} at step ${formatCount(checkpoint.step)}`,
  );
  return list.length === 0 ? '' : `; checkpoints: ${list.join(', ')}`;
}

function partTable(run: RunDetail, style: TableStyle): string {
  if (run.parts.length === 0) return '';
  // Samples have no times, and each is its own window.
  if (run.parts.every(({ fromUs }) => fromUs === null)) {
    const { examples, rows: read } = countedIn(run.configuration.task);
    const counts = [...(read === undefined ? [] : [read]), examples];
    const columns = [
      { header: 'PART' },
      ...counts.map((word) => ({ header: word.toUpperCase(), right: true })),
    ];
    const rows = run.parts.map((part) => [
      part.part,
      ...(read === undefined ? [] : [formatCount(part.rows)]),
      windowsText(run, part),
    ]);
    return renderTable(columns, rows, style);
  }
  const columns = [
    { header: 'PART' },
    { header: 'ROWS', right: true },
    { header: 'WINDOWS', right: true },
    { header: 'FROM' },
    { header: 'TO' },
  ];
  const rows = run.parts.map((part) => [
    part.part,
    formatCount(part.rows),
    windowsText(run, part),
    formatDataTime(part.fromUs),
    formatDataTime(part.toUs),
  ]);
  return renderTable(columns, rows, style);
}

/** `2,848 of 2,857 scored` where the last partial batch is dropped. */
function windowsText({ configuration }: RunDetail, { part, windows }: PartInfo): string {
  const scored = scoredWindows({ part, count: windows }, configuration.evaluation);
  return scored === windows
    ? formatCount(windows)
    : `${formatCount(scored)} of ${formatCount(windows)} scored`;
}

/** `Left out of test: 9 windows, the last partial batch of 32 (evaluation.dropPartialBatchOf).` */
function leftOutLines(run: RunDetail): string[] {
  const { evaluation, task } = run.configuration;
  return run.parts.flatMap(({ part, windows, leftOut = [] }) => {
    const unscored = windows - scoredWindows({ part, count: windows }, evaluation);
    const size = evaluation.dropPartialBatchOf;
    const dropped =
      unscored > 0
        ? `${counted(unscored, 'window')}, the last partial batch of ${size} (evaluation.dropPartialBatchOf)`
        : null;
    const never = leftOut.map((lost) => lostText(lost, task));
    return [...never, ...(dropped ? [dropped] : [])].map((text) => `Left out of ${part}: ${text}.`);
  });
}
