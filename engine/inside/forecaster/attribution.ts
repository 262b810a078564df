// Attributions of one answer to the values of its window. Truncation is off: the forecast does depend on the steps before the cut.
import * as tf from '@tensorflow/tfjs-core';
import type { ForecastExperiment } from '../../contract/tasks/forecast-experiment.ts';
import type { ForecastModel } from '../../models/forecast-model.ts';
import { readValues } from '../../ops/values.ts';
import { modelFor } from '../../tasks/forecast/training/model.ts';
import { integratedGradients } from '../integrated-gradients.ts';
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

/** Beside `baseline`, of each step's answer. */
export function integratedGradientsOf(
  explained: Explained,
  steps: readonly number[],
  count: number,
): Attribution {
  const { inspected, model, window, baseline, target } = explained;
  const answers = steps.map((step) => (x: tf.Tensor3D) => {
    const all = model.value({ x }, inspected.parameters.weight, {});
    return tf.sum(tf.slice(all, [0, step - 1, target], [-1, 1, 1])) as tf.Scalar;
  });
  const path = { baseline, values: window, features: inspected.prepared.inputNames.length };
  return { values: integratedGradients(path, answers, count) };
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
