// The view `window`: the look-back as the model reads it, the horizon, and what it forecasts there.
import { InsideWindowFrame } from '../../contract/inside/states.ts';
import type { WindowChoice } from '../../contract/inside/target.ts';
import { wordsOfChange } from '../edits.ts';
import type { Capture } from '../forecaster/capture.ts';
import { captureWindow } from '../forecaster/capture.ts';
import type { Inspected } from '../forecaster/inspected.ts';
import { type ChosenWindow, chooseWindow } from '../forecaster/window.ts';

/** More lines than that cannot be told apart. */
const MOST_INPUTS = 64;

export function window(inspected: Inspected, choice: WindowChoice): Uint8Array {
  const { prepared, anatomy } = inspected;
  const { lookback, horizon, inputNames } = prepared;
  const chosen = chooseWindow(prepared, choice);
  const seen = captureWindow(inspected, choice, chosen);
  const shown = anatomy.isByColumn
    ? [chosen.target]
    : Array.from({ length: Math.min(MOST_INPUTS, inputNames.length) }, (_, input) => input);
  const { times, actuals } = prepared.series[chosen.series]!;
  const first = chosen.row - lookback + 1;
  const rows = lookback + horizon;
  return InsideWindowFrame.encode({
    header: {
      about: chosen.about,
      lookback,
      horizon,
      inputs: shown.map((input) => inputNames[input]!),
      inputCount: anatomy.isByColumn ? 1 : inputNames.length,
      unread: anatomy.segment?.skipped ?? 0,
      change: changeOf(inspected, choice, chosen, seen),
    },
    columns: {
      time: Float64Array.from({ length: rows }, (_, row) => Number(times[first + row]!)),
      input: shown.map((input) => inputOverTime(seen, input, { rows, lookback, width: inputNames.length })),
      actual: actuals[chosen.target]!.slice(first, first + rows),
      ...forecastOverTime(inspected, seen, chosen, rows),
    },
  });
}

function changeOf(
  inspected: Inspected,
  choice: WindowChoice,
  chosen: ChosenWindow,
  seen: Capture,
): string | null {
  if (!choice.edits || choice.edits.length === 0) return null;
  const { lookback, horizon } = inspected.prepared;
  const before = captureWindow(inspected, { part: choice.part }, chosen);
  const forecastOf = (capture: Capture) =>
    forecastOverTime(inspected, capture, chosen, lookback + horizon).forecast.subarray(lookback);
  return wordsOfChange({
    inputs: [before.inputs, seen.inputs],
    forecasts: [forecastOf(before), forecastOf(seen)],
    lookback,
    target: chosen.about.target,
  });
}

function inputOverTime(
  { inputs }: Capture,
  input: number,
  { rows, lookback, width }: { readonly rows: number; readonly lookback: number; readonly width: number },
): Float32Array {
  return Float32Array.from({ length: rows }, (_, row) =>
    row < lookback ? inputs[row * width + input]! : Number.NaN,
  );
}

function forecastOverTime({ prepared }: Inspected, { answers }: Capture, chosen: ChosenWindow, rows: number) {
  const { lookback, targetNames } = prepared;
  const set = prepared.windows[chosen.about.part];
  const original = prepared.toOriginal(set, [chosen.index], answers);
  const cell = (row: number) => (row - lookback) * targetNames.length + chosen.target;
  return {
    forecast: Float64Array.from({ length: rows }, (_, row) =>
      row < lookback ? Number.NaN : original[cell(row)]!,
    ),
    answer: Float32Array.from({ length: rows }, (_, row) =>
      row < lookback ? Number.NaN : answers[cell(row)]!,
    ),
  };
}
