// datasets.chart and datasets.statistics: series as screens show them, reduced here.
import { HindcastError } from '../../contract/errors.ts';
import { ChartFrame } from '../../contract/frames.ts';
import type { DatasetReference, DatasetVersionId } from '../../contract/ids.ts';
import type { ColumnStatistics } from '../../contract/views.ts';
import { firstNotBefore } from '../../data/first-not-before.ts';
import { bucketBounds, reduce } from '../../data/reduction.ts';
import { findGaps, type Gap } from '../../data/time-grid.ts';
import type { EngineContext } from '../context.ts';
import { createKeptAnswers } from '../processes/kept-answers.ts';
import { brokenAt, timesOf, withBreaks } from './line-breaks.ts';

interface SeriesChoice {
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
  chart(request: ChartRequest): Blob;
  /** @throws HindcastError `not-found`, and `cancelled` by the signal. */
  statistics(request: SeriesChoice, signal: AbortSignal | undefined): Promise<readonly ColumnStatistics[]>;
}

interface LoadedColumn {
  /** [rows] microseconds UTC. */
  readonly times: Float64Array;
  /** [rows] */
  readonly values: Float64Array;
  readonly gaps: readonly Gap[];
}

/** Columns kept in memory: zooming asks for the same ones again and again. The newest is kept though it be larger. */
const MOST_COLUMN_BYTES = 256 * 2 ** 20;
/**
 * Statistics kept in memory, for a version never changes. They are not stored: computing them anew takes seconds for ten million rows,
 * and a table of them would have to go with its version and follow every change of what is shown.
 */
const MOST_STATISTICS_BYTES = 32 * 2 ** 20;
/** 40 lags, 32 classes, a summary and a name. */
const STATISTICS_BYTES = 1_000;

export function createDatasetViews({ workspace, runJob }: EngineContext): DatasetViews {
  const loaded = new Map<string, LoadedColumn>();
  const statistics = createKeptAnswers<readonly ColumnStatistics[]>({
    mostBytes: MOST_STATISTICS_BYTES,
    bytesOf: (columns) => STATISTICS_BYTES * (1 + columns.length),
  });

  function load(versionId: DatasetVersionId, series: string, column: string): LoadedColumn {
    const key = JSON.stringify([versionId, series, column]);
    let found = loaded.get(key);
    if (!found) {
      const selection = { series, columns: [column], fromRow: 0 };
      const { time, values } = workspace.datasets.readValues(versionId, selection).columns;
      found = { times: Float64Array.from(time, Number), values: values[0]!, gaps: findGaps(time).gaps };
    }
    loaded.delete(key);
    loaded.set(key, found);
    makeRoom();
    return found;
  }

  function makeRoom(): void {
    let bytes = 0;
    for (const { times, values } of loaded.values()) bytes += times.byteLength + values.byteLength;
    for (const [key, { times, values }] of [...loaded].slice(0, -1)) {
      if (bytes <= MOST_COLUMN_BYTES) return;
      bytes -= times.byteLength + values.byteLength;
      loaded.delete(key);
    }
  }

  function choose({ dataset, version, series }: SeriesChoice) {
    const detail = workspace.datasets.detail(dataset, version);
    const info =
      series === undefined ? detail.seriesInfo[0] : detail.seriesInfo.find(({ name }) => name === series);
    if (info) return { versionId: detail.versionId, info };
    throw new HindcastError(
      'not-found',
      `Dataset "${detail.name}" has no series "${series}"; choose one of its ${detail.series}.`,
    );
  }

  return {
    chart(request) {
      const { versionId, info } = choose(request);
      const columns = request.columns.map((column) => load(versionId, info.name, column));
      const times = columns[0]?.times ?? new Float64Array();
      const range = rowsBetween(times, request);
      const rows = range.end - range.start;
      const even = bucketBounds(rows, request.points).map((row) => row + range.start);
      const { bounds, breaks } = brokenAt(even, times, columns[0]?.gaps ?? []);
      const reduced = columns.map(({ values }) => reduce(values, bounds));
      const points = { bounds, breaks, times };
      return ChartFrame.toBlob({
        header: {
          series: info.name,
          columns: request.columns,
          rows,
          allRows: times.length,
          whole: rows <= request.points,
        },
        columns: {
          time: timesOf(points, 'first'),
          end: timesOf(points, 'last'),
          mean: reduced.map(({ mean }) => withBreaks(mean, breaks)),
          min: reduced.map(({ min }) => withBreaks(min, breaks)),
          max: reduced.map(({ max }) => withBreaks(max, breaks)),
        },
      });
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

/** Rows of the range and one more at either side, so that lines leave the picture instead of ending in it. */
function rowsBetween(times: Float64Array, { fromUs, toUs }: ChartRequest): { start: number; end: number } {
  const first = fromUs === undefined ? 0 : firstNotBefore(times, fromUs) - 1;
  const after = toUs === undefined ? times.length : firstNotBefore(times, toUs) + 2;
  const start = Math.max(0, Math.min(first, times.length - 1));
  return { start, end: Math.max(start, Math.min(times.length, after)) };
}
