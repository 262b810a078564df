// The view `memory`: measured memory, the lag within which half of the answer's dependence on the window lies, beside the data's own.
import * as tf from '@tensorflow/tfjs-core';
import type { InsideMemory, MemoryChoice } from '../../contract/inside/memory.ts';
import type { WindowChoice } from '../../contract/inside/target.ts';
import { spacedIndices } from '../../data/complete-windows.ts';
import { lossAndGradients } from '../../ops/gradients.ts';
import { readValues } from '../../ops/values.ts';
import { inputTensor } from '../../tasks/forecast/training/pass.ts';
import { autocorrelationAt } from '../autocorrelation.ts';
import { wholeModel } from '../forecaster/attribution.ts';
import { gatherInputs } from '../forecaster/capture.ts';
import type { Inspected } from '../forecaster/inspected.ts';
import { chooseWindow } from '../forecaster/window.ts';
import { windowsThatFit } from './forecast-gates.ts';

/** Rows of the training part that the autocorrelation is made of. */
const MOST_ROWS = 20_000;

export function memory(inspected: Inspected, choice: WindowChoice & MemoryChoice): InsideMemory {
  const { prepared } = inspected;
  const { lookback } = prepared;
  const chosen = chooseWindow(prepared, choice);
  const windows = spacedIndices(chosen.about.origins, Math.min(choice.windows, windowsThatFit(inspected)));
  const byLag = dependence(inspected, choice, windows, chosen.target);
  const half = halfOf(byLag);
  const { actuals, trainRows } = prepared.series[chosen.series]!;
  const trained = actuals[chosen.target]!.subarray(Math.max(0, trainRows - MOST_ROWS), trainRows);
  const autocorrelation = Array.from({ length: lookback }, (_, lag) => autocorrelationAt(trained, lag));
  const { target } = chosen.about;
  return {
    target,
    windows: windows.length,
    byLag,
    half,
    autocorrelation,
    sentence: sentenceOf(half, { lookback, target, autocorrelation }),
  };
}

/** Mean over windows of the norm over inputs, of the gradient of the sum of the target's answers. */
function dependence(
  inspected: Inspected,
  { part }: WindowChoice,
  windows: readonly number[],
  target: number,
): number[] {
  const { prepared, parameters } = inspected;
  const { lookback, inputNames } = prepared;
  const model = wholeModel(inspected);
  const batch = gatherInputs(inspected, { part, windows });
  const variable = tf.tidy(() => tf.variable(inputTensor(prepared, batch, windows.length)));
  const gradient = readValues(() => {
    const answer = () => {
      const all = model.value({ x: variable as tf.Tensor as tf.Tensor3D }, parameters.weight, {});
      return tf.sum(tf.slice(all, [0, 0, target], [-1, -1, 1])) as tf.Scalar;
    };
    return lossAndGradients(answer, [variable]).gradients[0]!;
  });
  variable.dispose();
  const width = inputNames.length;
  return Array.from({ length: lookback }, (_, lag) => {
    let sum = 0;
    for (let window = 0; window < windows.length; window++) {
      const first = (window * lookback + lookback - 1 - lag) * width;
      sum += Math.hypot(...gradient.subarray(first, first + width));
    }
    return sum / windows.length;
  });
}

export function halfOf(byLag: readonly number[]): number | null {
  const total = byLag.reduce((sum, value) => sum + value, 0);
  if (total === 0) return null;
  let sum = 0;
  return byLag.findIndex((value) => {
    sum += value;
    return sum >= total / 2;
  });
}

interface Told {
  readonly lookback: number;
  readonly target: string;
  readonly autocorrelation: readonly (number | null)[];
}

function sentenceOf(half: number | null, { lookback, target, autocorrelation }: Told): string {
  if (half === null) return 'The forecast does not depend on the window at all.';
  const rows = half === 0 ? 'in the last row alone' : `within the last ${half + 1} of ${lookback} rows`;
  const own = autocorrelation[half];
  const beside =
    half === 0 || own === null || own === undefined
      ? ''
      : `; at lag ${half} the autocorrelation of ${target} is ${own.toFixed(2)}`;
  return `Half of what the forecast depends on lies ${rows}${beside}.`;
}
