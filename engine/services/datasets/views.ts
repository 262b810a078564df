// datasets.chart and datasets.statistics: what a screen shows of a series, reduced here.
import { HindcastError } from '../../contract/errors.ts';
import { ChartFrame } from '../../contract/frames.ts';
import type { DatasetReference, DatasetVersionId } from '../../contract/ids.ts';
import type { ColumnStatistics } from '../../contract/views.ts';
import { firstNotBefore } from '../../data/first-not-before.ts';
import { placeBounds, reduce } from '../../data/reduction.ts';
import { autocorrelation, histogram, summarize } from '../../data/statistics.ts';
import type { Workspace } from '../../store/workspace.ts';

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
  statistics(request: SeriesChoice): ColumnStatistics[];
}

interface LoadedColumn {
  /** [rows] microseconds UTC. */
  readonly times: Float64Array;
  /** [rows] */
  readonly values: Float64Array;
}

/** Columns kept in memory: zooming asks for the same ones again and again. */
const MOST_COLUMNS = 24;
const CLASSES = 32;
const LAGS = 40;

export function createDatasetViews(workspace: Workspace): DatasetViews {
  const loaded = new Map<string, LoadedColumn>();

  function load(versionId: DatasetVersionId, series: string, column: string): LoadedColumn {
    const key = JSON.stringify([versionId, series, column]);
    let found = loaded.get(key);
    if (!found) {
      const selection = { series, columns: [column], fromRow: 0 };
      const { time, values } = workspace.datasets.readValues(versionId, selection).columns;
      found = { times: Float64Array.from(time, Number), values: values[0]! };
    }
    loaded.delete(key);
    loaded.set(key, found);
    for (const oldest of [...loaded.keys()].slice(0, -MOST_COLUMNS)) loaded.delete(oldest);
    return found;
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
      const bounds = placeBounds(range.end - range.start, request.points).map((row) => row + range.start);
      const reduced = columns.map(({ values }) => reduce(values, bounds));
      const rows = range.end - range.start;
      return ChartFrame.toBlob({
        header: {
          series: info.name,
          columns: request.columns,
          rows,
          allRows: times.length,
          whole: rows <= request.points,
        },
        columns: {
          time: Float64Array.from(bounds.subarray(0, -1), (row) => times[row]!),
          mean: reduced.map(({ mean }) => mean),
          min: reduced.map(({ min }) => min),
          max: reduced.map(({ max }) => max),
        },
      });
    },
    statistics(request) {
      const { versionId, info } = choose(request);
      return info.columns
        .filter(({ kind }) => kind === 'numeric')
        .map(({ name }) => statisticsOf(name, load(versionId, info.name, name).values));
    },
  };
}

function statisticsOf(name: string, values: Float64Array): ColumnStatistics {
  const known = values.filter((value) => !Number.isNaN(value));
  const summary = summarize(known);
  return {
    name,
    missing: values.length - known.length,
    ...summary,
    histogram: histogram(known, CLASSES, summary.min, summary.max),
    autocorrelation: autocorrelation(values, LAGS),
  };
}

/** Rows of the range and one more at either side, so that lines leave the picture instead of ending in it. */
function rowsBetween(times: Float64Array, { fromUs, toUs }: ChartRequest): { start: number; end: number } {
  const first = fromUs === undefined ? 0 : firstNotBefore(times, fromUs) - 1;
  const after = toUs === undefined ? times.length : firstNotBefore(times, toUs) + 2;
  const start = Math.max(0, Math.min(first, times.length - 1));
  return { start, end: Math.max(start, Math.min(times.length, after)) };
}
