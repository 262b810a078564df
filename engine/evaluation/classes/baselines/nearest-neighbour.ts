// Says the class of the training series that is nearest: by Euclidean distance, and by dynamic time warping, which may stretch time (Sakoe and
// Chiba 1978; band of a tenth of the length). The baseline of the UCR archive.
import type { NumberRows, SampleValues } from '../../../data/samples/sample-table.ts';
import type { ClassBaseline } from './class-baseline.ts';
import { asSureAsRight } from './sure.ts';

/** Squared distance; it may stop with infinity where it exceeds `most`. */
type Distance = (a: NumberRows, b: NumberRows, most: number) => number;

/** Differences of numbers that may be computed in all: some seconds. */
const MOST_WORK = 4e9;
const BAND = 0.1;

interface Nearest {
  readonly distance: Distance;
  /** Differences that a pair of series of that length takes. */
  workOf(steps: number): number;
  /** Of shorter series another distance says the same. */
  readonly fewestSteps: number;
}

const nearestBy = ({ distance, workOf, fewestSteps }: Nearest): ClassBaseline['learn'] =>
  function* (input) {
    const series = seriesIn(input.columns);
    if (!series) return null;
    const longest = input.train.reduce((most, row) => Math.max(most, series[row]!.values.length), 1);
    const { channels } = series[input.train[0]!]!;
    if (longest / channels < fewestSteps) return null;
    const asked = series.length - input.train.length;
    if (asked * input.train.length * workOf(longest / channels) * channels > MOST_WORK) return null;
    const scaled = scaleChannels(series, input.train);
    yield;
    const found = new Map<number, number>();
    const nearest = (row: number): number => {
      const known = found.get(row);
      if (known !== undefined) return known;
      let best = { distance: Number.POSITIVE_INFINITY, label: input.labels[input.train[0]!]! };
      for (const other of input.train) {
        if (other === row) continue;
        const at = distance(scaled(row), scaled(other), best.distance);
        if (at < best.distance) best = { distance: at, label: input.labels[other]! };
      }
      found.set(row, best.label);
      return best.label;
    };
    return yield* asSureAsRight(input, nearest);
  };

export const nearestEuclid: ClassBaseline = {
  subject: 'nearest-euclid',
  meaning: 'The class of the nearest training series by Euclidean distance, step against step.',
  follows: 'fit',
  learn: nearestBy({ distance: euclid, workOf: (steps) => steps, fewestSteps: 1 }),
};

export const nearestDtw: ClassBaseline = {
  subject: 'nearest-dtw',
  meaning:
    'The class of the nearest training series by dynamic time warping, which may shift steps by a tenth of the length.',
  follows: 'fit',
  learn: nearestBy({
    distance: warped,
    workOf: (steps) => steps * (2 * BAND * steps + 1),
    // A vector has no order in time that could be stretched: its distance is Euclid's.
    fewestSteps: 2,
  }),
};

function seriesIn([only, ...others]: readonly SampleValues[]): readonly NumberRows[] | null {
  return only?.kind === 'sequence' && others.length === 0 && only.sequences.length > 0
    ? only.sequences
    : null;
}

/** By mean and deviation of each channel in the training part; missing values are the mean. */
function scaleChannels(series: readonly NumberRows[], train: readonly number[]) {
  const { channels } = series[train[0]!]!;
  const sums = new Float64Array(channels);
  const squares = new Float64Array(channels);
  const counts = new Float64Array(channels);
  for (const row of train) {
    for (const [at, value] of series[row]!.values.entries()) {
      if (Number.isNaN(value)) continue;
      sums[at % channels]! += value;
      squares[at % channels]! += value * value;
      counts[at % channels]! += 1;
    }
  }
  const mean = sums.map((sum, channel) => sum / Math.max(1, counts[channel]!));
  const deviation = squares.map(
    (square, channel) =>
      Math.sqrt(Math.max(0, square / Math.max(1, counts[channel]!) - mean[channel]! * mean[channel]!)) || 1,
  );
  const kept = new Map<number, NumberRows>();
  return (row: number): NumberRows => {
    const known = kept.get(row);
    if (known) return known;
    const values = series[row]!.values.map((value, at) =>
      Number.isNaN(value) ? 0 : (value - mean[at % channels]!) / deviation[at % channels]!,
    );
    const found = { channels, values };
    kept.set(row, found);
    return found;
  };
}

/** Of series of other lengths the steps that both have, and each further step as far from nothing as it is from 0. */
function euclid({ values: a }: NumberRows, { values: b }: NumberRows, most: number): number {
  const length = Math.max(a.length, b.length);
  let sum = 0;
  for (let at = 0; at < length; at++) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    sum += difference * difference;
    if (sum >= most) return Number.POSITIVE_INFINITY;
  }
  return sum;
}

function warped(a: NumberRows, b: NumberRows, most: number): number {
  const { channels } = a;
  const [rows, columns] = [a.values.length / channels, b.values.length / channels];
  const band = Math.max(Math.ceil(BAND * Math.max(rows, columns)), Math.abs(rows - columns));
  let before = new Float64Array(columns + 1).fill(Number.POSITIVE_INFINITY);
  let now = new Float64Array(columns + 1);
  before[0] = 0;
  for (let row = 0; row < rows; row++) {
    now.fill(Number.POSITIVE_INFINITY);
    const to = Math.min(columns - 1, row + band);
    let least = Number.POSITIVE_INFINITY;
    for (let column = Math.max(0, row - band); column <= to; column++) {
      const path = Math.min(before[column]!, before[column + 1]!, now[column]!);
      const cost = path + between(a.values, b.values, { row, column, channels });
      now[column + 1] = cost;
      if (cost < least) least = cost;
    }
    if (least >= most) return Number.POSITIVE_INFINITY;
    [before, now] = [now, before];
  }
  return before[columns]!;
}

interface Cell {
  readonly row: number;
  readonly column: number;
  readonly channels: number;
}

function between(a: Float32Array, b: Float32Array, { row, column, channels }: Cell): number {
  let sum = 0;
  for (let channel = 0; channel < channels; channel++) {
    const difference = a[row * channels + channel]! - b[column * channels + channel]!;
    sum += difference * difference;
  }
  return sum;
}
