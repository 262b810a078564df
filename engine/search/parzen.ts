// Parzen estimator: a mixture of products of truncated normal distributions around the observations and one wide prior in the middle
// (Bergstra et al. 2011; Watanabe 2023, arXiv 2304.11127). Densities equal those of Optuna's multivariate estimator.
import type { Dimension, Values } from '../contract/studies/search.ts';
import { deterministicExp, deterministicLog } from '../numerics/deterministic-math.ts';
import { normalMass, truncatedNormalQuantile } from '../numerics/normal.ts';
import type { RandomStream } from '../training/random-streams.ts';
import type { Group } from './problem.ts';
import { type NumericDimension, type Scale, scaleOf } from './scale.ts';

export interface Parzen {
  sample(stream: RandomStream): Values;
  /** Of a continuous range on its axis, of stepped and chosen values their probability. */
  logDensity(values: Values): number;
}

/** One kernel for each observation, the prior last. */
interface Kernels {
  sample(kernel: number, stream: RandomStream): Values[string];
  logDensity(kernel: number, value: Values[string]): number;
}

/** `observations`: oldest first, each with a value for every choice of the group. */
export function parzenOf(group: Group, observations: readonly Values[]): Parzen {
  const weights = kernelWeights(observations.length);
  const logWeights = weights.map(deterministicLog);
  const dimensions = group.map(({ path, dimension }) => ({
    path,
    kernels: kernelsOf(
      dimension,
      observations.map((values) => values[path] ?? null),
    ),
  }));
  return {
    sample(stream) {
      const kernel = indexAt(weights, stream.uniform());
      return Object.fromEntries(
        dimensions.map(({ path, kernels }) => [path, kernels.sample(kernel, stream)]),
      );
    },
    logDensity(values) {
      const terms = logWeights.map((logWeight, kernel) =>
        dimensions.reduce(
          (sum, { path, kernels }) => sum + kernels.logDensity(kernel, values[path] ?? null),
          logWeight,
        ),
      );
      return logSum(terms);
    },
  };
}

/** Observations of equal weight up to this number; older ones count less. */
const RECENT = 25;

/** Of each observation and the prior; their sum is 1. */
function kernelWeights(observations: number): number[] {
  const older = Math.max(0, observations - RECENT);
  const first = 1 / observations;
  const ramp = Array.from(
    { length: older },
    (_, index) => first + (1 - first) * (index / Math.max(1, older - 1)),
  );
  const weights = [...ramp, ...Array.from({ length: observations - older + 1 }, () => 1)];
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

function kernelsOf(dimension: Dimension, observed: readonly Values[string][]): Kernels {
  if (dimension.kind === 'categorical') return categoricalKernels(dimension.values, observed);
  return numericKernels(dimension, observed.map(Number));
}

/** A kernel puts its weight on the observed choice, and spreads the prior's share over all. */
function categoricalKernels(
  choices: readonly Values[string][],
  observed: readonly Values[string][],
): Kernels {
  const indexOf = (value: Values[string]): number =>
    choices.findIndex((choice) => JSON.stringify(choice) === JSON.stringify(value));
  const prior = 1 / (observed.length + 1);
  const rows = [...observed.map(indexOf), -1].map((at) => {
    const row = choices.map((_, index) => prior + (index === at ? 1 : 0));
    const sum = row.reduce((total, weight) => total + weight, 0);
    return row.map((weight) => weight / sum);
  });
  const logs = rows.map((row) => row.map(deterministicLog));
  const indexOfValue = remembered(indexOf);
  return {
    sample: (kernel, stream) => choices[indexAt(rows[kernel] ?? [], stream.uniform())] ?? null,
    logDensity: (kernel, value) => logs[kernel]?.[indexOfValue(value)] ?? -Infinity,
  };
}

const LOG_ROOT_TWO_PI = 0.9189385332046727;

function numericKernels(dimension: NumericDimension, observed: readonly number[]): Kernels {
  const scale = scaleOf(dimension);
  const { low, high, step, position, value } = scale;
  const centres = observed.map(position);
  const kernels = [
    ...kernelWidths(centres, scale).map((width, index) => ({ centre: centres[index] ?? low, width })),
    { centre: (low + high) / 2, width: high - low },
  ].map(({ centre, width }) => {
    const within = (at: number): number => (at - centre) / width;
    const logMass = deterministicLog(normalMass(within(low), within(high)));
    return { centre, width, within, logMass, logWidth: deterministicLog(width) };
  });
  // A candidate is asked for once a kernel: where it lies is the same for all.
  const ends = remembered(
    (number: number) => [position(number - (step ?? 0) / 2), position(number + (step ?? 0) / 2)] as const,
  );
  return {
    sample(kernel, stream) {
      const { centre, width, within } = kernels[kernel]!;
      return value(centre + width * truncatedNormalQuantile(stream.uniform(), within(low), within(high)));
    },
    logDensity(kernel, given) {
      const { within, logMass, logWidth } = kernels[kernel]!;
      const [from, to] = ends(Number(given));
      if (step === null) {
        const at = within(from);
        return -0.5 * at * at - LOG_ROOT_TWO_PI - logWidth - logMass;
      }
      return deterministicLog(normalMass(within(from), within(to))) - logMass;
    },
  };
}

/** Kernels are at most this much narrower than the range. */
const NARROWEST = 100;

/** The larger distance to the neighbours; of the outermost kernels that to the only one. */
function kernelWidths(centres: readonly number[], { low, high }: Scale): number[] {
  const order = centres.map((_, index) => index).toSorted((a, b) => (centres[a] ?? 0) - (centres[b] ?? 0));
  const sorted = [low, ...order.map((index) => centres[index] ?? 0), high];
  const narrowest = (high - low) / Math.min(NARROWEST, 2 + centres.length);
  const widths = new Array<number>(centres.length);
  for (const [rank, index] of order.entries()) {
    const [before = low, here = low, after = high] = sorted.slice(rank, rank + 3);
    const isFirst = rank === 0 && order.length > 1;
    const isLast = rank === order.length - 1 && order.length > 1;
    const width = isFirst ? after - here : isLast ? here - before : Math.max(here - before, after - here);
    widths[index] = Math.min(high - low, Math.max(narrowest, width));
  }
  return widths;
}

/** The last answer is kept: the same question comes once for each kernel. */
function remembered<Question, Answer>(ask: (question: Question) => Answer): (question: Question) => Answer {
  let last: { readonly question: Question; readonly answer: Answer } | null = null;
  return (question) => {
    if (last === null || last.question !== question) last = { question, answer: ask(question) };
    return last.answer;
  };
}

/** The index whose share of [0, 1) holds the quantile. */
function indexAt(weights: readonly number[], quantile: number): number {
  let sum = 0;
  const found = weights.findIndex((weight) => {
    sum += weight;
    return quantile < sum;
  });
  return found < 0 ? weights.length - 1 : found;
}

/** The logarithm of the sum of exponentials. */
function logSum(terms: readonly number[]): number {
  const largest = Math.max(...terms);
  if (largest === -Infinity) return largest;
  return largest + deterministicLog(terms.reduce((sum, term) => sum + deterministicExp(term - largest), 0));
}
