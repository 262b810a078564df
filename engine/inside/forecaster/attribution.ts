// Attributions of one answer to the values of its window. Truncation is off: the forecast does depend on the steps before the cut.
import * as tf from '@tensorflow/tfjs-core';
import type { ForecastExperiment } from '../../contract/tasks/forecast-experiment.ts';
import type { ForecastModel } from '../../models/forecast-model.ts';
import { lossAndGradients } from '../../ops/gradients.ts';
import { readValues } from '../../ops/values.ts';
import { modelFor } from '../../tasks/forecast/training/model.ts';
import { gaussLegendre } from '../gauss-legendre.ts';
import type { Inspected } from './inspected.ts';

/** Answers with windows [lookback, inputs] that are given, one after the other. */
export interface Explained {
  readonly inspected: Inspected;
  readonly model: ForecastModel;
  /** [lookback, inputs] each. */
  readonly window: Float32Array;
  readonly baseline: Float32Array;
  readonly target: number;
}

export interface Attribution {
  /** [steps][lookback, inputs] */
  readonly values: readonly Float64Array[];
}

/** Points of the path that are one batch: as many as there are, unless the path is a bent one. */
export const POINTS = 32;
/** Blocks of rows that are hidden one after the other. */
const BLOCKS = 32;
const MOST_ROWS = 64;

/** The same model and weights, whose gradient reaches every step. */
export function wholeModel({ experiment, prepared }: Inspected): ForecastModel {
  const { model } = experiment;
  const whole = 'truncateSteps' in model ? { ...model, truncateSteps: null } : model;
  return modelFor({ ...experiment, model: whole } satisfies ForecastExperiment, prepared);
}

/** Answers of windows side by side: [windows][horizon] of the target. */
export function answersOf(explained: Explained, windows: readonly Float32Array[]): Float32Array[] {
  const { inspected, model, target } = explained;
  const { horizon, targetNames } = inspected.prepared;
  const found: Float32Array[] = [];
  for (let first = 0; first < windows.length; first += MOST_ROWS) {
    const some = windows.slice(first, first + MOST_ROWS);
    const values = readValues(() =>
      model.value({ x: joined(explained, some) }, inspected.parameters.weight, {}),
    );
    for (let index = 0; index < some.length; index++) {
      const cell = (step: number) => (index * horizon + step) * targetNames.length + target;
      found.push(Float32Array.from({ length: horizon }, (_, step) => values[cell(step)]!));
    }
  }
  return found;
}

function joined({ inspected: { prepared } }: Explained, windows: readonly Float32Array[]): tf.Tensor3D {
  const { lookback, inputNames } = prepared;
  const values = new Float32Array(windows.length * lookback * inputNames.length);
  for (const [index, window] of windows.entries()) values.set(window, index * window.length);
  return tf.tensor3d(values, [windows.length, lookback, inputNames.length]);
}

/** (x - x') times the mean gradient on the straight path from x' to x (Sundararajan et al. 2017). */
export function integratedGradients(
  explained: Explained,
  steps: readonly number[],
  count: number,
): Attribution {
  const { window } = explained;
  const rule = gaussLegendre(count);
  const values = steps.map(() => new Float64Array(window.length));
  for (let first = 0; first < count; first += POINTS) {
    const points = rule.points.slice(first, first + POINTS);
    addGradients(values, explained, { steps, points, weights: rule.weights.slice(first, first + POINTS) });
  }
  return { values };
}

interface PathPart {
  readonly steps: readonly number[];
  /** Shares of the way from the baseline to the window. */
  readonly points: readonly number[];
  readonly weights: readonly number[];
}

function addGradients(
  values: readonly Float64Array[],
  explained: Explained,
  { steps, points, weights }: PathPart,
): void {
  const { window, baseline } = explained;
  const path = points.map((share) =>
    window.map((value, at) => baseline[at]! + share * (value - baseline[at]!)),
  );
  const variable = tf.tidy(() => tf.variable(joined(explained, path)));
  try {
    for (const [index, step] of steps.entries()) {
      const found = weighted(explained, gradientAt(explained, variable, step), weights);
      for (const [at, value] of found.entries()) values[index]![at]! += value;
    }
  } finally {
    variable.dispose();
  }
}

/** [points, lookback, inputs] of the answer's step. */
function gradientAt({ inspected, model, target }: Explained, x: tf.Variable, step: number): Float32Array {
  return readValues(() => {
    const answer = () => {
      const all = model.value({ x: x as tf.Tensor as tf.Tensor3D }, inspected.parameters.weight, {});
      return tf.sum(tf.slice(all, [0, step - 1, target], [-1, 1, 1])) as tf.Scalar;
    };
    return lossAndGradients(answer, [x]).gradients[0]!;
  });
}

function weighted({ window, baseline }: Explained, gradients: Float32Array, weights: readonly number[]) {
  const out = new Float64Array(window.length);
  for (const [point, weight] of weights.entries()) {
    for (let at = 0; at < out.length; at++) out[at]! += weight * gradients[point * out.length + at]!;
  }
  return out.map((mean, at) => mean * (window[at]! - baseline[at]!));
}

/** How much the answer changes where a block of one input becomes the baseline's (Zeiler and Fergus 2014), shared among its rows. */
export function occlusion(explained: Explained, steps: readonly number[]): Attribution {
  const { inspected, window, baseline } = explained;
  const { lookback, inputNames } = inspected.prepared;
  const width = inputNames.length;
  const length = Math.max(1, Math.floor(lookback / BLOCKS));
  const blocks: { readonly from: number; readonly end: number; readonly input: number }[] = [];
  for (let end = lookback; end > 0; end -= length) {
    for (let input = 0; input < width; input++) blocks.push({ from: Math.max(0, end - length), end, input });
  }
  const hidden = blocks.map(({ from, end, input }) => {
    const copy = window.slice();
    for (let row = from; row < end; row++) copy[row * width + input] = baseline[row * width + input]!;
    return copy;
  });
  const [own, ...without] = answersOf(explained, [window, ...hidden]);
  return {
    values: steps.map((step) => {
      const out = new Float64Array(window.length);
      for (const [index, { from, end, input }] of blocks.entries()) {
        const change = own![step - 1]! - without[index]![step - 1]!;
        for (let row = from; row < end; row++) out[row * width + input] = change / (end - from);
      }
      return out;
    }),
  };
}
