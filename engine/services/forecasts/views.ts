// runs.forecastAt, runs.horizonErrors and runs.result: a run's forecasts of one part, made in worker processes and cached while
// they are on screen.

import type { ChosenOrigins, ResidualChoice, ResultChoice } from '../../contract/processes/jobs/forecasts.ts';
import type { ForecastViewJob } from '../../contract/processes/jobs/version.ts';
import type { HorizonErrors } from '../../contract/results/forecast-errors.ts';
import type { IntervalResult } from '../../contract/results/intervals.ts';
import type { Residuals } from '../../contract/results/residuals.ts';
import { ResultFrame } from '../../contract/results/result.ts';
import type { RunDetail } from '../../contract/runs/run.ts';
import type { Audit } from '../../contract/studies/audit.ts';
import { asForecastTask } from '../../contract/tasks/forecast.ts';
import type { FrameAnswer } from '../../contract/values/frame-answer.ts';
import { answerOfBytes } from '../../contract/values/frame-answer.ts';
import type { RunReference } from '../../contract/values/ids.ts';
import { guardRecord } from '../../export/csv-guard.ts';
import { errorsByStepCsv, scoresBySeriesCsv } from '../../export/error-tables.ts';
import { resultSentence } from '../../export/report/scores.ts';
import { plainText } from '../../export/report/text.ts';
import type { EngineContext } from '../context.ts';
import { createKeptAnswers } from '../processes/kept-answers.ts';
import { requireShownTest } from '../studies/shown-test.ts';
import { keyOfWeights } from './asked-run.ts';
import { trainedModel } from './run-forecast.ts';

type Part = 'test' | 'validation';

export interface ForecastAtRequest {
  readonly run: RunReference;
  readonly part: Part;
  readonly origin: number;
  readonly originUs?: number | undefined;
  readonly series?: string | undefined;
}

export interface ResultRequest extends ResultChoice {
  readonly run: RunReference;
  readonly part: Part;
}

export interface ResidualsRequest extends ResidualChoice {
  readonly run: RunReference;
  readonly part: Part;
}

export interface ErrorTable {
  readonly name: string;
  readonly content: Blob;
}

export interface ForecastViews {
  at(request: ForecastAtRequest, signal: AbortSignal | undefined): Promise<FrameAnswer>;
  horizonErrors(run: RunReference, part: Part, signal: AbortSignal | undefined): Promise<HorizonErrors>;
  result(request: ResultRequest, signal: AbortSignal | undefined): Promise<FrameAnswer>;
  residuals(request: ResidualsRequest, signal: AbortSignal | undefined): Promise<Residuals>;
  intervals(run: RunReference, part: Part, signal: AbortSignal | undefined): Promise<IntervalResult>;
  audit(run: RunReference, signal: AbortSignal | undefined): Promise<Audit>;
  errorTables(run: RunReference, part: Part, signal: AbortSignal | undefined): Promise<ErrorTable[]>;
}

const MOST_ORIGINS_BYTES = 64 * 2 ** 20;
const MOST_ERRORS_BYTES = 16 * 2 ** 20;
const MOST_RESULTS_BYTES = 16 * 2 ** 20;
/** Neighbouring origins come in one answer of about that size, so that stepping through them does not wait. */
const ANSWER_BYTES = 2 * 2 ** 20;
const MOST_IN_BLOCK = 64;
/** Columns of a frame for each target: actual, forecast, some baselines and some quantiles. */
const COLUMNS_PER_TARGET = 16;

export function createForecastViews(context: EngineContext): ForecastViews {
  const { workspace, runJob } = context;
  const origins = createKeptAnswers<ChosenOrigins>({
    mostBytes: MOST_ORIGINS_BYTES,
    bytesOf: ({ frames }) => frames.reduce((sum, { byteLength }) => sum + byteLength, 1),
  });
  const errors = createKeptAnswers<HorizonErrors>({
    mostBytes: MOST_ERRORS_BYTES,
    bytesOf: ({ horizon, subjects }) =>
      1 + 8 * horizon * subjects.reduce((sum, { byStep }) => sum + Object.keys(byStep).length, 0),
  });

  const results = createKeptAnswers<Uint8Array>({
    mostBytes: MOST_RESULTS_BYTES,
    bytesOf: ({ byteLength }) => byteLength,
  });

  const residuals = createKeptAnswers<Residuals>({
    mostBytes: MOST_RESULTS_BYTES,
    bytesOf: ({ map }) => 4_096 + 8 * map.sizes.length * map.from.length,
  });

  const intervals = createKeptAnswers<IntervalResult>({
    mostBytes: MOST_ERRORS_BYTES,
    bytesOf: ({ subjects, levels, horizon }) => 1_024 + 8 * subjects.length * levels.length * horizon,
  });

  /** The run with its weights of now: what was answered with others does not count. */
  function subjectOf(reference: RunReference, part: Part) {
    const runId = workspace.runs.resolve(reference);
    if (part === 'test') requireShownTest(workspace, runId);
    const run = workspace.runs.wholeDetail(runId);
    const { epoch = null } =
      run.checkpoints.find(({ kind }) => kind === 'best') ??
      run.checkpoints.find(({ kind }) => kind === 'last') ??
      {};
    const job = (): ForecastViewJob => ({
      workspacePath: workspace.path,
      datasetVersionId: run.datasetVersionId,
      experiment: run.configuration,
      model: trainedModel(workspace, runId),
      part,
      threads: 1,
    });
    return { run, job, key: `${runId} ${part} ${keyOfWeights(run)}`, epoch: run.bestEpoch ?? epoch };
  }

  const views: ForecastViews = {
    async at({ run: reference, part, origin, originUs, series }, signal) {
      const { run, job, key, epoch } = subjectOf(reference, part);
      const block = blockOf(asForecastTask(run.configuration.task));
      const choice = { origin, originUs, series, block };
      const isByIndex = originUs === undefined && series === undefined;
      const where = isByIndex ? Math.floor(origin / block) : JSON.stringify([originUs, series]);
      const make = (shared: AbortSignal) =>
        runJob(
          'forecast-origins',
          { ...job(), choice, runId: run.id, epoch },
          { signal: shared, about: `run ${run.id}` },
        );
      const answer = await origins.get(`${key} ${where}`, make, signal);
      const window = isByIndex ? Math.min(origin, answer.origins - 1) : answer.chosen;
      // A copy that owns its bytes: the frame may be a view into a message.
      return answerOfBytes(answer.frames[window - answer.first]!.slice());
    },
    horizonErrors(reference, part, signal) {
      const { run, job, key } = subjectOf(reference, part);
      const make = (shared: AbortSignal) =>
        runJob('forecast-errors', job(), { signal: shared, about: `run ${run.id}` });
      return errors.get(key, make, signal);
    },
    async result({ run: reference, part, ...choice }, signal) {
      const { run, job, key, epoch } = subjectOf(reference, part);
      const make = (shared: AbortSignal) =>
        runJob(
          'forecast-result',
          { ...job(), choice, key, runId: run.id, epoch, verdict: verdictOf(run, part) },
          { signal: shared, about: `run ${run.id}` },
        );
      const frame = await results.get(`${key} ${JSON.stringify(choice)}`, make, signal);
      return answerOfBytes(frame.slice());
    },
    residuals({ run: reference, part, ...choice }, signal) {
      const { run, job, key } = subjectOf(reference, part);
      const make = (shared: AbortSignal) =>
        runJob(
          'forecast-residuals',
          { ...job(), choice, key, runId: run.id },
          { signal: shared, about: `run ${run.id}` },
        );
      return residuals.get(`${key} ${JSON.stringify(choice)}`, make, signal);
    },
    intervals(reference, part, signal) {
      const { run, job, key } = subjectOf(reference, part);
      const make = (shared: AbortSignal) =>
        runJob(
          'forecast-intervals',
          { ...job(), key, runId: run.id },
          { signal: shared, about: `run ${run.id}` },
        );
      return intervals.get(key, make, signal);
    },
    audit(reference, signal) {
      const { run, job } = subjectOf(reference, 'test');
      return runJob('audit', { ...job(), runId: run.id }, { signal, about: `run ${run.id}` });
    },
    async errorTables(reference, part, signal) {
      const { task } = subjectOf(reference, part).run.configuration;
      const about = { part, targets: asForecastTask(task).targets };
      const byStep = await views.horizonErrors(reference, part, signal);
      const result = await views.result({ run: reference, part, points: 2 }, signal);
      const { header } = await ResultFrame.fromAnswer(result);
      return [
        errorTable('errors-by-step.csv', errorsByStepCsv(byStep, about)),
        errorTable('scores-by-series.csv', scoresBySeriesCsv(header.bySeries, about)),
      ];
    },
  };
  return views;
}

/** Names that begin like a formula get an apostrophe before, as in every export. */
const errorTable = (name: string, lines: readonly string[]): ErrorTable => ({
  name,
  content: new Blob([`${lines.map(guardRecord).join('\n')}\n`], { type: 'text/csv' }),
});

/** The report's sentence: it judges the test part. */
function verdictOf(run: RunDetail, part: Part): string {
  const { targets } = asForecastTask(run.configuration.task);
  return part === 'test' ? plainText(resultSentence(run, targets)) : '';
}

function blockOf({ lookback, horizon, targets }: ReturnType<typeof asForecastTask>): number {
  const rows = Math.max(lookback, 4 * horizon) + horizon;
  const bytes = 8 * rows * (1 + COLUMNS_PER_TARGET * targets.length);
  return Math.min(MOST_IN_BLOCK, Math.max(1, Math.floor(ANSWER_BYTES / bytes)));
}
