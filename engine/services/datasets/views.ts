// datasets.chart and datasets.statistics: series as screens show them.

import type { SeriesInfo } from '../../contract/datasets/dataset.ts';
import {
  type AnalysisName,
  type Exploration,
  type ExploreOptions,
  MOST_EXPLORED,
} from '../../contract/datasets/explore.ts';
import { ChartFrame } from '../../contract/datasets/frames.ts';
import type { Rows } from '../../contract/datasets/rows.ts';
import { besideInput, type SamplesInfo } from '../../contract/datasets/samples.ts';
import type { ColumnStatistics, DatasetDifference } from '../../contract/datasets/views.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import type { FrameAnswer } from '../../contract/values/frame-answer.ts';
import { answerOfBytes } from '../../contract/values/frame-answer.ts';
import type { DatasetReference } from '../../contract/values/ids.ts';
import { chartOf } from '../../data/chart/chart.ts';
import { createKeptColumns } from '../../data/chart/kept-columns.ts';
import { ANALYSES } from '../../data/explore/registry.ts';
import { checkZone } from '../../data/import/time/zone.ts';
import { noSeries } from '../../store/datasets/sample-reader.ts';
import { openSeriesSource } from '../../store/datasets/series-source.ts';
import type { EngineContext } from '../context.ts';
import { createKeptAnswers } from '../processes/kept-answers.ts';

export interface SeriesChoice {
  readonly dataset: DatasetReference;
  readonly version?: number | undefined;
  readonly series?: string | undefined;
}

export interface ChartRequest extends SeriesChoice {
  readonly columns: readonly string[];
  readonly fromUs?: number | undefined;
  readonly toUs?: number | undefined;
  readonly points: number;
}

export interface DatasetViews {
  /** @throws HindcastError `not-found`, `unknown-column`, and `cancelled` by the signal. */
  chart(request: ChartRequest, signal: AbortSignal | undefined): Promise<FrameAnswer>;
  /** @throws HindcastError `not-found`, and `cancelled` by the signal. */
  statistics(request: SeriesChoice, signal: AbortSignal | undefined): Promise<readonly ColumnStatistics[]>;
  /** @throws HindcastError `not-found`, `unknown-column`, and `cancelled` by the signal. */
  explore(request: ExploreRequest, signal: AbortSignal | undefined): Promise<Partial<Exploration>>;
  /** @throws HindcastError `not-found`, `invalid-input` for a filter that says nothing, and `cancelled` by the signal. */
  rows(request: RowsRequest, signal: AbortSignal | undefined): Promise<Rows>;
  /** @throws HindcastError `not-found`, and `cancelled` by the signal. */
  difference(request: DifferenceRequest, signal: AbortSignal | undefined): Promise<DatasetDifference>;
}

export interface RowsRequest extends SeriesChoice {
  readonly filter: string;
  readonly fromUs?: number | undefined;
  readonly from: number;
  readonly count: number;
}

export interface ExploreRequest extends SeriesChoice {
  readonly columns?: readonly string[] | undefined;
  readonly analysis: AnalysisName;
  readonly options: ExploreOptions;
}

/** @throws HindcastError `unknown-column` for a column of another kind than the analysis reads. */
function exploredColumns({ columns }: SeriesInfo, { analysis, columns: asked }: ExploreRequest): string[] {
  const { of = 'numeric', title } = ANALYSES[analysis];
  const fitting = columns.filter(({ kind }) => kind === of).map(({ name }) => name);
  const strange = asked?.find((name) => !fitting.includes(name));
  if (strange === undefined) return [...(asked ?? fitting.slice(0, MOST_EXPLORED))];
  const known = fitting.length === 0 ? 'the dataset has none' : `it has ${fitting.slice(0, 10).join(', ')}`;
  const kind = of === 'numeric' ? 'columns of numbers' : 'columns of categories';
  const message = `"${strange}" is none of the ${kind} that "${title}" reads; ${known}.`;
  throw new HindcastError('unknown-column', message, { details: { column: strange } });
}

export interface DifferenceRequest {
  readonly dataset: DatasetReference;
  /** Numbers of versions. */
  readonly before: number;
  readonly after: number;
}

/** Values that the host reads itself, times included: about 5 ms. A longer series is read in a worker process. */
const MOST_READ_HERE = 200_000;
const MOST_COLUMN_BYTES = 32 * 2 ** 20;
/**
 * Statistics kept in memory, for a version never changes. They are not stored: computing them again takes seconds for ten million rows,
 * and a table of them would have to go with its version and follow every change of what is shown.
 */
const MOST_STATISTICS_BYTES = 32 * 2 ** 20;
/** 40 lags, 32 classes, a summary and a name. */
const STATISTICS_BYTES = 1_000;

const saidIn = (versionId: number, samples: SamplesInfo) => ({
  datasetVersionId: Number(versionId),
  said: besideInput(samples),
});

export function createDatasetViews({ workspace, runJob }: EngineContext): DatasetViews {
  const kept = createKeptColumns(MOST_COLUMN_BYTES);
  const statistics = createKeptAnswers<readonly ColumnStatistics[]>({
    mostBytes: MOST_STATISTICS_BYTES,
    bytesOf: (columns) => STATISTICS_BYTES * (1 + columns.length),
  });

  const explorations = createKeptAnswers<Partial<Exploration>>({
    mostBytes: MOST_STATISTICS_BYTES,
    bytesOf: (answer) => 8 * JSON.stringify(answer).length,
  });

  function choose({ dataset, version, series }: SeriesChoice) {
    const detail = workspace.datasets.detail(dataset, version);
    if (detail.samples) throw noSeries(detail.name);
    const info =
      series === undefined ? detail.seriesInfo[0] : detail.seriesInfo.find(({ name }) => name === series);
    if (info) return { versionId: detail.versionId, info };
    throw new HindcastError(
      'not-found',
      `Dataset "${detail.name}" has no series "${series}"; choose one of its ${detail.series}.`,
    );
  }

  return {
    async explore(request, signal) {
      const { versionId: datasetVersionId, info } = choose(request);
      const { analysis, options } = request;
      const columns = exploredColumns(info, request);
      if (options.timeZone !== undefined) checkZone(options.timeZone);
      const asked = { series: info.name, columns, analysis, options };
      const input = { workspacePath: workspace.path, datasetVersionId, ...asked };
      const make = (shared: AbortSignal) => runJob('explore', input, { signal: shared });
      return explorations.get(JSON.stringify([datasetVersionId, asked]), make, signal);
    },
    async rows(request, signal) {
      const { versionId: datasetVersionId, info } = choose(request);
      const { filter, fromUs, from, count } = request;
      const columns = info.columns.map(({ name, categories }) => ({ name, categories }));
      const asked = { series: info.name, columns, filter, fromUs, from, count };
      return runJob('rows', { workspacePath: workspace.path, datasetVersionId, ...asked }, { signal });
    },
    async difference({ dataset, before, after }, signal) {
      const [old, now] = [before, after].map((version) => workspace.datasets.detail(dataset, version));
      const { path: workspacePath } = workspace;
      if (!old!.samples && !now!.samples) {
        const input = { workspacePath, before: Number(old!.versionId), after: Number(now!.versionId) };
        return runJob('difference', input, { signal });
      }
      // Of series and samples nothing is the same.
      if (!old!.samples || !now!.samples) return { added: now!.rows, removed: old!.rows, relabelled: 0 };
      const versions = [saidIn(old!.versionId, old!.samples), saidIn(now!.versionId, now!.samples)] as const;
      return runJob('sample-difference', { workspacePath, versions }, { signal });
    },
    async chart({ columns, fromUs, toUs, points, ...choice }, signal) {
      const { versionId: datasetVersionId, info } = choose(choice);
      const wanted = { workspacePath: workspace.path, datasetVersionId, series: info.name, columns };
      const range = { fromUs, toUs, points };
      if (info.rows * (columns.length + 1) <= MOST_READ_HERE) {
        return ChartFrame.toAnswer(chartOf(await kept.read(wanted, openSeriesSource), range));
      }
      const about = `chart ${datasetVersionId} ${info.name}`;
      const frame = await runJob('chart', { ...wanted, range }, { signal, about });
      // A copy that owns its bytes: the frame may be a view into a message.
      return answerOfBytes(frame.slice());
    },
    async statistics(request, signal) {
      const { versionId: datasetVersionId, info } = choose(request);
      const columns = info.columns.filter(({ kind }) => kind === 'numeric').map(({ name }) => name);
      const input = { workspacePath: workspace.path, datasetVersionId, series: info.name, columns };
      const make = (shared: AbortSignal) => runJob('statistics', input, { signal: shared });
      return statistics.get(JSON.stringify([datasetVersionId, info.name]), make, signal);
    },
  };
}
