// runs.curves: the metric rows of a run, smoothed and reduced to the width of a chart.

import { CurvesFrame } from '../../contract/datasets/frames.ts';
import type { FrameAnswer } from '../../contract/values/frame-answer.ts';
import type { RunReference } from '../../contract/values/ids.ts';
import { bucketBounds, reduce } from '../../data/reduction.ts';
import type { EngineContext } from '../context.ts';
import type { MetricCache } from './metric-cache.ts';

export interface CurvesRequest {
  readonly run: RunReference;
  readonly scope: 'step' | 'epoch';
  readonly names: readonly string[];
  readonly points: number;
  readonly smoothing: number;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

export function runCurves(
  { workspace }: EngineContext,
  cache: MetricCache,
  request: CurvesRequest,
): FrameAnswer {
  const { scope, points, smoothing } = request;
  const runId = workspace.runs.resolve(request.run);
  const { index, columns, smoothed } = cache.rows(runId, scope);
  const names = request.names.filter((name) => columns.has(name));
  const first = index.findIndex((step) => step >= (request.from ?? 0));
  const rows = range(index, first < 0 ? index.length : first, request.to);
  const bounds = bucketBounds(rows.end - rows.start, points).map((row) => row + rows.start);
  const curves = names.map((name) => {
    const values = columns.get(name)!;
    const { mean, min, max } = reduce(values, bounds);
    const shown = smoothing > 0 ? lastOfEach(smoothed(name, smoothing), bounds) : mean;
    return { shown, min, max };
  });
  return CurvesFrame.toAnswer({
    header: {
      runId,
      scope,
      names,
      rows: index.length,
      from: index[rows.start] ?? 0,
      to: index[rows.end - 1] ?? 0,
    },
    columns: {
      index: lastOfEach(index, bounds),
      mean: curves.map(({ shown }) => shown),
      min: curves.map(({ min }) => min),
      max: curves.map(({ max }) => max),
    },
  });
}

/** Rows `start` (inclusive) to `end` (exclusive), whose index is at most `to`. */
function range(index: Float64Array, start: number, to: number | undefined): { start: number; end: number } {
  if (to === undefined) return { start, end: index.length };
  const after = index.findIndex((step) => step > to);
  return { start, end: Math.max(start, after < 0 ? index.length : after) };
}

function lastOfEach(values: Float64Array, bounds: Int32Array): Float64Array {
  const out = new Float64Array(bounds.length - 1);
  for (let point = 0; point < out.length; point++) out[point] = values[bounds[point + 1]! - 1] ?? Number.NaN;
  return out;
}
