// The protocol fingerprint: SHA-256 of *what is scored* on the test part. Runs with the same fingerprint may be ranked.
//
// It covers the target names, the horizon, the metrics (with what a metric divides the errors of each series by, and the levels of the quantiles that it scores), the unit (for
// standardized scores also each series' mean and standard deviation), and for each series its name, the times of the scored
// origins, and every row from the first scored target to the last: its time, which targets are known, and their values as float64
// bits. Windows that `dropPartialBatchOf` leaves out are not scored and not covered; the setting itself is not covered either.
//
// Windows overlap, yet each target row is hashed once: the targets of an origin are the `horizon` rows after its time, and those
// rows are all covered, in order and with their times, so the origins and the rows determine every scored cell.
//
// Look-back, features, pipeline, model, seed and everything else on the input side are not covered. Nor is the dataset's name:
// the same values under another name are the same protocol. Targets and metrics are sorted by name, because the order in which an
// experiment lists them changes no score.
import { createHash, type Hash } from 'node:crypto';
import type { Evaluation } from '../../../contract/experiment/experiment.ts';
import { type ForecastTask, quantileLevels } from '../../../contract/tasks/forecast.ts';
import type { PreparedSeries, WindowSet } from '../../../data/prepared.ts';
import { scoredWindows } from '../../../data/windows.ts';
import { channelsOf } from '../../../evaluation/channel.ts';
import { findMetric } from '../../../evaluation/metrics/registry.ts';

const VERSION = 1;
/** Rows hashed at a time, so that no copy of the data is made. */
const BLOCK_ROWS = 4096;

export interface ProtocolOptions {
  readonly task: ForecastTask;
  readonly evaluation: Evaluation;
  readonly series: readonly PreparedSeries[];
  /** Of the test part. */
  readonly windows: WindowSet;
}

/** Hex SHA-256. */
export function protocolFingerprint(options: ProtocolOptions): string {
  const { task, evaluation, series, windows } = options;
  const hash = createHash('sha256');
  const order = task.targets.map((name, index) => ({ name, index })).sort(byName);
  const header = {
    protocol: VERSION,
    task: task.kind,
    targets: order.map(({ name }) => name),
    horizon: task.horizon,
    metrics: [...new Set(task.metrics)].sort(),
    unit: evaluation.scale,
    ...(task.metrics.some((name) => findMetric(name).needsQuantiles) && { quantiles: quantileLevels(task) }),
  };
  hash.update(JSON.stringify(header));
  const scored = scoredWindows(windows, evaluation);
  const columns = order.map(({ index }) => index);
  const scales = scalesOf(options, columns);
  let first = 0;
  while (first < scored) {
    const index = windows.series[first]!;
    let end = first;
    while (end < scored && windows.series[end] === index) end += 1;
    const origins = windows.origin.subarray(first, end);
    hashSeries(hash, { series: series[index]!, origins, columns, scales: scales[index]!, options });
    first = end;
  }
  return hash.digest('hex');
}

function byName(a: { name: string }, b: { name: string }): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

/** What the metrics divide the errors of each series by, in the order of hashing; mostly empty. */
function scalesOf({ task, evaluation, series }: ProtocolOptions, columns: readonly number[]): number[][] {
  const metrics = [...new Set(task.metrics)].sort().map((name) => findMetric(name));
  const channels = channelsOf({ series, targetNames: task.targets }, evaluation);
  return channels.map((own) =>
    columns.flatMap((target) => metrics.flatMap((metric) => metric.scaleOf?.(own[target]!) ?? [])),
  );
}

interface SeriesPart {
  readonly series: PreparedSeries;
  readonly scales: readonly number[];
  /** Increasing rows. */
  readonly origins: Int32Array;
  /** Indices of the targets, in order of hashing. */
  readonly columns: readonly number[];
  readonly options: ProtocolOptions;
}

function hashSeries(hash: Hash, { series, origins, columns, scales, options }: SeriesPart): void {
  const { horizon } = options.task;
  hash.update(JSON.stringify({ series: series.name, origins: origins.length }));
  if (options.evaluation.scale === 'standardized') {
    const scalers = columns.flatMap((target) => [series.trainMean[target]!, series.trainStd[target]!]);
    hash.update(floatBytes(scalers));
  }
  // The bits of a NaN differ from machine to machine.
  if (scales.length > 0) hash.update(floatBytes(scales.map((scale) => (Number.isNaN(scale) ? 0 : scale))));
  for (let from = 0; from < origins.length; from += BLOCK_ROWS) {
    const block = origins.subarray(from, from + BLOCK_ROWS);
    hash.update(timeBytes(Array.from(block, (row) => series.times[row]!)));
  }
  hashRows(hash, { series, columns, from: origins[0]! + 1, to: origins.at(-1)! + 1 + horizon });
}

interface RowsToHash {
  readonly series: PreparedSeries;
  readonly columns: readonly number[];
  readonly from: number;
  readonly to: number;
}

function hashRows(hash: Hash, { series, columns, from, to }: RowsToHash): void {
  for (let start = from; start < to; start += BLOCK_ROWS) {
    const end = Math.min(to, start + BLOCK_ROWS);
    hash.update(JSON.stringify({ rows: end - start }));
    hash.update(timeBytes(series.times.subarray(start, end)));
    for (const target of columns) {
      const values = series.actuals[target]!.subarray(start, end);
      hash.update(Uint8Array.from(values, (value) => (Number.isNaN(value) ? 0 : 1)));
      // Missing cells are 0 here, since the bits of a NaN differ from machine to machine; -0 + 0 is 0.
      hash.update(floatBytes(Array.from(values, (value) => (Number.isNaN(value) ? 0 : value + 0))));
    }
  }
}

/** Little-endian on every machine. */
function floatBytes(values: readonly number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(values.length * 8));
  values.forEach((value, index) => {
    view.setFloat64(index * 8, value, true);
  });
  return new Uint8Array(view.buffer);
}

function timeBytes(times: ArrayLike<bigint>): Uint8Array {
  const view = new DataView(new ArrayBuffer(times.length * 8));
  for (let index = 0; index < times.length; index += 1) view.setBigInt64(index * 8, times[index]!, true);
  return new Uint8Array(view.buffer);
}
