// The view `attribute`: what of the window a forecast stands on.

import { type AttributeChoice, InsideAttributionFrame } from '../../contract/inside/attribution.ts';
import type { WindowChoice } from '../../contract/inside/target.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import { spacedIndices } from '../../data/complete-windows.ts';
import {
  type Attribution,
  answersOf,
  type Explained,
  integratedGradientsOf,
  occlusion,
  wholeModel,
} from '../forecaster/attribution.ts';
import { gatherInputs, windowInputs } from '../forecaster/capture.ts';
import type { Inspected } from '../forecaster/inspected.ts';
import { seasonOfRun } from '../forecaster/season.ts';
import { type ChosenWindow, chooseWindow } from '../forecaster/window.ts';
import { gapOf, LARGE_GAP, POINTS } from '../integrated-gradients.ts';

type Method = (explained: Explained, steps: readonly number[], points: number) => Attribution;
const METHODS: Readonly<Record<AttributeChoice['method'], Method>> = {
  'integrated-gradients': integratedGradientsOf,
  occlusion,
};

type MakeBaseline = (inspected: Inspected, chosen: ChosenWindow, window: Float32Array) => Float32Array;
export const BASELINES: Readonly<Record<AttributeChoice['baseline'], MakeBaseline>> = {
  last({ prepared: { inputNames, lookback } }, _, window) {
    const width = inputNames.length;
    return window.map((__, at) => window[(lookback - 1) * width + (at % width)]!);
  },
  mean: trainingMean,
  season: seasonBefore,
};

export function attribute(inspected: Inspected, choice: WindowChoice & AttributeChoice): Uint8Array {
  const { prepared } = inspected;
  const { horizon, inputNames, lookback } = prepared;
  const chosen = chooseWindow(prepared, choice);
  const steps = stepsOf(choice.step, horizon);
  const window = windowInputs(inspected, choice, chosen);
  const baseline = BASELINES[choice.baseline](inspected, chosen, window);
  const explained = { inspected, model: wholeModel(inspected), window, baseline, target: chosen.target };
  const [answer, ofBaseline] = answersOf(explained, [window, baseline]);
  const differences = steps.map((step) => answer![step - 1]! - ofBaseline![step - 1]!);
  const values = refined(choice.method, explained, { steps, differences });
  return InsideAttributionFrame.encode({
    header: {
      about: chosen.about,
      method: choice.method,
      baseline: choice.baseline,
      steps,
      inputs: [...inputNames],
      answers: steps.map((step) => answer![step - 1]!),
      baselineAnswers: steps.map((step) => ofBaseline![step - 1]!),
      gaps: values.map((of, index) => gapOf(of, differences[index]!)),
      carriedOver: carriedOver(inspected, chosen, steps),
    },
    columns: {
      attribution: values.map((of) =>
        inputNames.map((_, input) =>
          Float32Array.from({ length: lookback }, (__, row) => of[row * inputNames.length + input]!),
        ),
      ),
    },
  });
}

/** Gradients of a question, of all its steps. */
const MOST_GRADIENTS = 768;

interface Wanted {
  readonly steps: readonly number[];
  readonly differences: readonly number[];
}

/** A bent path (a norm that is steep near the baseline) takes more points than a smooth one: they are doubled while there is room. */
function refined(
  method: AttributeChoice['method'],
  explained: Explained,
  wanted: Wanted,
): Attribution['values'] {
  const { steps, differences } = wanted;
  for (let points = POINTS; ; points *= 2) {
    const { values } = METHODS[method](explained, steps, points);
    const largest = Math.max(...values.map((of, index) => gapOf(of, differences[index]!) ?? 0));
    const hasRoom = 2 * points * steps.length <= MOST_GRADIENTS;
    if (method === 'occlusion' || largest <= LARGE_GAP || !hasRoom) return values;
  }
}

function stepsOf(step: number | null, horizon: number): number[] {
  if (step === null) return Array.from({ length: horizon }, (_, index) => index + 1);
  if (step <= horizon) return [step];
  throw new HindcastError(
    'invalid-input',
    `The model forecasts ${horizon} steps, so choose a step from 1 to ${horizon}.`,
    {
      details: { field: 'step' },
    },
  );
}

/** The forecast of an answer of 0, original units. */
function carriedOver({ prepared }: Inspected, chosen: ChosenWindow, steps: readonly number[]): number[] {
  const { horizon, targetNames, windows } = prepared;
  const zeros = new Float32Array(horizon * targetNames.length);
  const original = prepared.toOriginal(windows[chosen.about.part], [chosen.index], zeros);
  return steps.map((step) => original[(step - 1) * targetNames.length + chosen.target]!);
}

/** Windows that the mean of the training part is made of. */
const MEAN_WINDOWS = 256;

/** Of each input, over rows of training windows as the model reads them. */
function trainingMean(inspected: Inspected, _: ChosenWindow, window: Float32Array): Float32Array {
  const width = inspected.prepared.inputNames.length;
  const windows = spacedIndices(inspected.prepared.windows.train.count, MEAN_WINDOWS);
  const { inputs } = gatherInputs(inspected, { part: 'train', windows });
  const sums = new Float64Array(width);
  for (let at = 0; at < inputs.length; at++) sums[at % width]! += inputs[at]!;
  return window.map((__, at) => (sums[at % width]! * width) / inputs.length);
}

/** The window one season before, as the model would read it. */
function seasonBefore(inspected: Inspected, chosen: ChosenWindow): Float32Array {
  const { prepared } = inspected;
  const season = seasonOfRun(inspected, chosen.series);
  const origin = chosen.row - (season ?? 0);
  if (season === null || origin < prepared.lookback - 1) {
    const why = season === null ? 'these data suggest no season' : 'the series does not reach back that far';
    const message = `There is no window one season before, because ${why}; choose another baseline (last, mean).`;
    throw new HindcastError('invalid-input', message, { details: { field: 'baseline' } });
  }
  const batch = prepared.createBatch(1);
  prepared.gather({ series: Int32Array.of(chosen.series), origin: Int32Array.of(origin) }, [0], batch);
  return batch.inputs;
}
