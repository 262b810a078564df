// Lab 6: no parallelism in time. Milliseconds of a pass and of a training step by the length of the window, for models of about as many
// parameters, in batches of 1 and 64 and with one and more threads; beside the operations and the longest chain of steps that wait for
// each other.
import * as tf from '@tensorflow/tfjs-core';
import { limitSimdThreads } from '../backends/simd/index.ts';
import type { LabLines, LabOutcome } from '../contract/labs.ts';
import { createNumbers } from '../data/generated/random.ts';
import { createParameterSet, initializeParameters } from '../models/parameters.ts';
import { lossAndGradients } from '../ops/gradients.ts';
import { seedRandomStreams } from '../training/random-streams.ts';
import { sizedModel } from './forecaster/sized.ts';
import type { Lab, LabGiven } from './lab.ts';

const LENGTHS = [16, 64, 256, 1024] as const;
const BATCHES = [1, 64] as const;
const PARAMETERS = 4_400;
/** Weights of one attention layer; what takes more is left out. */
const MOST_BYTES = 256 * 2 ** 20;
const MOST_MS = 1_500;

const KINDS = {
  rnn: { name: 'RNN', model: (units: number) => ({ kind: 'rnn', units }) },
  gru: { name: 'GRU', model: (units: number) => ({ kind: 'gru', units }) },
  lstm: { name: 'LSTM', model: (units: number) => ({ kind: 'lstm', units }) },
  attention: {
    name: 'attention',
    model: (units: number) => ({ kind: 'attention', units, heads: 1, layers: 1, readout: 'last' }),
  },
} as const;
type KindId = keyof typeof KINDS;
const IDS = Object.keys(KINDS) as readonly KindId[];

export interface Timing {
  readonly length: number;
  readonly batch: number;
  readonly threads: number;
  /** Null: it would take too much memory or time. */
  readonly forwardMs: number | null;
  readonly trainMs: number | null;
}

export interface Timed {
  readonly parameters: number;
  readonly units: number;
  readonly timings: readonly Timing[];
}

interface PartPlan {
  readonly id: KindId;
  readonly threads: number;
}

function planOf({ threads, quick }: LabGiven): PartPlan[] {
  const counts = quick || threads === 1 ? [1] : [1, threads];
  return counts.flatMap((count) => IDS.map((id) => ({ id, threads: count })));
}

/** Of own data: around a window of as many rows as a tenth of the series has, or 256. */
function lengthsOf({ own, quick }: LabGiven): readonly number[] {
  if (quick) return [16, 64];
  if (!own) return LENGTHS;
  const longest = Math.max(16, Math.min(1024, Math.floor(own.series.times.length / 10)));
  return [...new Set([16, Math.ceil(longest / 4), Math.ceil(longest / 2), longest])];
}

export const parallelLab: Lab<Timed> = {
  name: 'parallel',
  parts: (given) =>
    planOf(given).map(({ id, threads }) => `timing ${KINDS[id].name} on ${threadsText(threads)}`),
  async run(part, given) {
    const { id, threads } = planOf(given)[part]!;
    limitSimdThreads(threads);
    try {
      const units = unitsFor(id);
      const model = modelOf(id, units, 16);
      const timings = BATCHES.flatMap((batch) =>
        lengthsOf(given).map((length) => ({
          length,
          batch,
          threads,
          ...timed(id, { units, length, batch }),
        })),
      );
      return { parameters: model.parameterCount, units, timings };
    } finally {
      limitSimdThreads(given.threads);
    }
  },
  conclude,
};

const threadsText = (threads: number): string => (threads === 1 ? 'one thread' : `${threads} threads`);

const modelOf = (id: KindId, units: number, lookback: number) => sizedModel(KINDS[id].model(units), lookback);

/** The size whose number of parameters is nearest. */
function unitsFor(id: KindId): number {
  let best = 2;
  const distance = (units: number) => Math.abs(modelOf(id, units, 16).parameterCount - PARAMETERS);
  for (let units = 2; units <= 96; units += 2) if (distance(units) < distance(best)) best = units;
  return best;
}

interface Size {
  readonly units: number;
  readonly length: number;
  readonly batch: number;
}

function timed(id: KindId, { units, length, batch }: Size): Pick<Timing, 'forwardMs' | 'trainMs'> {
  if (id === 'attention' && 4 * batch * length ** 2 > MOST_BYTES) return { forwardMs: null, trainMs: null };
  const model = modelOf(id, units, length);
  const parameters = createParameterSet(
    model.specs,
    initializeParameters(model.specs, seedRandomStreams(1).init),
  );
  const numbers = createNumbers(3);
  const values = Float32Array.from({ length: batch * length }, () => numbers.uniform());
  const x = tf.tensor3d(values, [batch, length, 1]);
  const forward = () => tf.tidy(() => void model.predict({ x }, parameters.weight).dataSync());
  const loss = () => tf.mean(tf.square(model.answer({ x }, parameters.weight, {}))) as tf.Scalar;
  const learn = () =>
    tf.tidy(() => {
      const { gradients } = lossAndGradients(loss, parameters.variables);
      for (const gradient of gradients) gradient.dataSync();
    });
  try {
    return { forwardMs: medianMs(forward), trainMs: medianMs(learn) };
  } finally {
    tf.dispose(x);
    parameters.dispose();
  }
}

/** Of up to five, after one that warms up; fewer of what takes long. */
function medianMs(work: () => void): number {
  const once = () => {
    const from = performance.now();
    work();
    return performance.now() - from;
  };
  const first = once();
  if (first > MOST_MS) return first;
  const rounds = first > MOST_MS / 5 ? 1 : first > MOST_MS / 20 ? 3 : 5;
  const times = Array.from({ length: rounds }, once).sort((a, b) => a - b);
  return times[Math.floor(rounds / 2)]!;
}

/** Multiplications and additions of one pass, and steps that each wait for the one before. */
function workOf(
  id: KindId,
  { parameters, units }: Timed,
  { length, batch }: Pick<Timing, 'length' | 'batch'>,
) {
  const pairs = id === 'attention' ? 4 * length ** 2 * units : 0;
  return { operations: batch * (2 * length * parameters + pairs), chain: id === 'attention' ? 1 : length };
}

function conclude(results: readonly Timed[], given: LabGiven): LabOutcome {
  const plan = planOf(given);
  const lengths = lengthsOf(given);
  const longest = lengths.at(-1)!;
  const most = Math.max(...plan.map(({ threads }) => threads));
  const at = (id: KindId, batch: number, length: number) => {
    const part = plan.findIndex((one) => one.id === id && one.threads === most);
    return (
      results[part]!.timings.find((one) => one.batch === batch && one.length === length)?.trainMs ?? null
    );
  };
  const [attention, lstm] = [at('attention', 1, longest), at('lstm', 1, longest)];
  const isFaster = attention !== null && lstm !== null && attention < lstm;
  const big = lengths.findLast((length) => at('attention', 64, length) !== null)!;
  return {
    answer: isFaster ? 'attention' : 'recurrent',
    sentence: `At ${longest} steps and a batch of 1, a training step takes ${ms(attention)} with attention and ${ms(lstm)} with the LSTM; at ${big} steps and a batch of 64 it is ${ms(at('attention', 64, big))} and ${ms(at('lstm', 64, big))}.`,
    remarks: [
      `A recurrent network must finish a step before it begins the next: a chain of L steps, which no further thread makes shorter. Attention has no such chain, but looks at all L x L pairs, so that its work grows with the square of the length.`,
      'Where the batch is large, recurrent networks share it among the threads; with a batch of 1 there is nothing to share.',
      'Attention beyond 256 MB of weights for a layer is left out.',
    ],
    figures: [
      ...BATCHES.flatMap((batch) => [
        linesOf(`Training step, batch ${batch}`, { plan, results, batch, of: 'trainMs' }),
        linesOf(`Forward pass, batch ${batch}`, { plan, results, batch, of: 'forwardMs' }),
      ]),
      {
        kind: 'table',
        title: 'Work and time',
        columns: [
          'model',
          'units',
          'parameters',
          'batch',
          'steps',
          'threads',
          'operations',
          'longest chain',
          'forward, ms',
          'training, ms',
        ],
        rows: plan.flatMap(({ id }, part) => {
          const result = results[part]!;
          return result.timings.map((timing) => {
            const { operations, chain } = workOf(id, result, timing);
            const { batch, length, threads, forwardMs, trainMs } = timing;
            const size = [KINDS[id].name, result.units, result.parameters, batch, length, threads];
            return [...size, operations, chain, forwardMs, trainMs];
          });
        }),
      },
    ],
  };
}

const ms = (value: number | null): string =>
  value === null ? 'too much memory' : `${value >= 10 ? Math.round(value) : value.toPrecision(2)} ms`;

interface Shown {
  readonly plan: readonly PartPlan[];
  readonly results: readonly Timed[];
  readonly batch: number;
  readonly of: 'forwardMs' | 'trainMs';
}

function linesOf(title: string, { plan, results, batch, of }: Shown): LabLines {
  return {
    kind: 'lines',
    title,
    xLabel: 'steps of the window',
    yLabel: 'milliseconds',
    yScale: 'log',
    lines: plan.map(({ id, threads }, part) => {
      const timings = results[part]!.timings.filter((one) => one.batch === batch);
      return {
        name: `${KINDS[id].name}, ${threadsText(threads)}`,
        x: timings.map(({ length }) => length),
        y: timings.map((timing) => timing[of]),
      };
    }),
  };
}
