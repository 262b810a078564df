// What one answer stands on: the steps that speak for it, and how much of its gradient arrives at each state.
import * as tf from '@tensorflow/tfjs-core';
import type { Pass } from '../../models/pass.ts';
import { lossAndGradients } from '../../ops/gradients.ts';
import { readValues } from '../../ops/values.ts';
import type { ReadBeside, ReadSample, StepValues } from '../../tasks/sample-reading.ts';
import type { SitePlan } from '../anatomy.ts';
import { samePlace } from '../places.ts';
import { firstStep } from '../translator-anatomy.ts';
import { anatomyAt, type Reader, type SampleSteps } from './load.ts';

/** An answer: the choice after a step; of a whole sample the step is 0. */
export interface Explained {
  readonly step: number;
  readonly choice: number;
}

/** Blocks of steps that are hidden one after the other, and ends that a sample is given. */
const BLOCKS = 64;
/** Numbers of one answer [batch, time, choices]. */
const MOST_CELLS = 2 ** 22;
/** Of the weights of a layer with attention, of all rows. */
const MOST_WEIGHTS = 2 ** 25;
const MOST_ROWS = 32;

/** Logs [1 or time, choices] of the answers to several samples that are not longer than the first. */
function* answersTo(reader: Reader, all: readonly StepValues[], sample: SampleSteps & ReadBeside) {
  const { steps } = sample;
  const { choices, answers } = reader.readings;
  const cells = (answers === 'sample' ? 1 : steps) * choices.length;
  const { attention } = anatomyAt(reader, sample);
  const weights = attention.reduce(
    (most, { heads, queries, keys }) => Math.max(most, heads * queries * keys),
    1,
  );
  const fitting = Math.min(Math.floor(MOST_CELLS / cells), Math.floor(MOST_WEIGHTS / weights));
  const size = Math.max(1, Math.min(MOST_ROWS, fitting));
  for (let first = 0; first < all.length; first += size) {
    const some = all.slice(first, first + size);
    const logs = readValues(() => reader.readings.answer(some, reader.parameters.weight, {}, sample));
    const stride = logs.length / some.length;
    for (let row = 0; row < some.length; row++) yield logs.subarray(row * stride, (row + 1) * stride);
  }
}

/** Steps that are hidden together. */
export const blockOf = (steps: number): number => Math.max(1, Math.ceil(steps / BLOCKS));

/**
 * How much the log odds, or the value, fall where a block of steps says nothing (Zeiler and Fergus 2014), shared among its steps. Steps after
 * one that says what comes next have no part in it.
 */
export function evidenceOf(reader: Reader, sample: ReadSample, { step, choice }: Explained): Float32Array {
  const { values, steps } = sample;
  const width = values.length / steps;
  const length = blockOf(steps);
  const last = lastThatSpeaks(reader, sample, step);
  const starts = Array.from({ length: Math.ceil((last + 1) / length) }, (_, block) => block * length);
  const hidden = starts.map((from) => {
    const copy = values.slice();
    copy.fill(0, from * width, Math.min(last + 1, from + length) * width);
    return copy;
  });
  const count = reader.readings.choices.length;
  const { scale } = reader.readings;
  const oddsIn = (found: Float32Array) =>
    scale.measured(found.subarray(step * count, (step + 1) * count), choice);
  const evidence = new Float32Array(steps);
  let whole = 0;
  let index = -1;
  for (const logs of answersTo(reader, [values, ...hidden], sample)) {
    if (index < 0) whole = oddsIn(logs);
    else {
      const from = starts[index]!;
      const end = Math.min(last + 1, from + length);
      evidence.fill((whole - oddsIn(logs)) / (end - from), from, end);
    }
    index++;
  }
  return evidence;
}

function lastThatSpeaks({ readings }: Reader, { steps, source }: ReadSample, step: number): number {
  if (readings.answers === 'next') return step;
  return readings.answers === 'frame' && source !== undefined ? source - 1 : steps - 1;
}

/** [steps][choices] shares if the sample ended after each step; between the ends that were tried, those of the one before. */
export function sharesOverTime(reader: Reader, { values, steps }: ReadSample): Float32Array[] {
  const width = values.length / steps;
  const length = blockOf(steps);
  const ends: number[] = [];
  for (let end = length; end < steps; end += length) ends.push(end);
  ends.push(steps);
  const shares: Float32Array[] = [];
  const starts = ends.map((end) => values.slice(0, end * width));
  let index = 0;
  for (const logs of answersTo(reader, starts, { steps })) {
    const next = index + 1 < ends.length ? ends[index + 1]! : steps + 1;
    const found = logs.map((answer) => reader.readings.scale.shown(answer));
    for (let step = ends[index]! - 1; step < next - 1; step++) shares[step] = found;
    index++;
  }
  for (let step = 0; step < ends[0]! - 1; step++)
    shares[step] = new Float32Array(shares[steps - 1]!.length).fill(Number.NaN);
  return shares;
}

/** [steps] norm of d answer / d state after each step; NaN where the gradient does not arrive. */
export function gradientOf(
  reader: Reader,
  sample: ReadSample,
  { step, choice }: Explained,
  plan: SitePlan,
): Float32Array {
  const { values, steps, source = 0 } = sample;
  const first = firstStep(plan, source);
  const norms = new Float32Array(steps).fill(Number.NaN);
  tf.tidy(() => {
    const loss = () => {
      const pass: Pass = {
        onStateGradients(site, { hidden }) {
          if (!samePlace(site, plan.place)) return;
          // Behind a truncation the first steps are absent.
          const absent = plan.steps - hidden.length;
          for (const [at, square] of hidden.entries()) norms[first + absent + at] = Math.sqrt(square);
        },
      };
      const answer = reader.readings.answer([values], reader.parameters.weight, pass, sample);
      return tf.neg(tf.sum(tf.slice(answer, [0, step, choice], [1, 1, 1]))) as tf.Scalar;
    };
    lossAndGradients(loss, reader.parameters.variables);
  });
  return norms;
}
