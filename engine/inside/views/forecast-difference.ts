// How far the forecasts of these weights on another backend are from those on `simd`, which all views are computed on.
import { getBackend, setBackend } from '@tensorflow/tfjs-core';
import { startBackend } from '../../backends/select.ts';
import type { DifferenceChoice, InsideDifference } from '../../contract/inside/difference.ts';
import { spacedIndices } from '../../data/complete-windows.ts';
import { createParameterSet } from '../../models/parameters.ts';
import { readValues } from '../../ops/values.ts';
import { inputTensor } from '../../tasks/forecast/training/pass.ts';
import { captureRows, gatherInputs } from '../forecaster/capture.ts';
import type { Inspected } from '../forecaster/inspected.ts';

/** The JavaScript backend takes a tenth of a second for one. */
const WINDOWS = 4;

/** @throws HindcastError `backend-unavailable` */
export async function difference(
  inspected: Inspected,
  { backend }: DifferenceChoice,
): Promise<InsideDifference> {
  const { prepared } = inspected;
  const part = prepared.windows.validation.count > 0 ? 'validation' : 'train';
  const windows = spacedIndices(prepared.windows[part].count, WINDOWS);
  const { inputs } = gatherInputs(inspected, { part, windows });
  const own = captureRows(inspected, inputs, windows.length).answers;
  const there = await answersOn(backend, inspected, inputs, windows.length);
  const original = (answers: Float32Array) => prepared.toOriginal(prepared.windows[part], windows, answers);
  const [here, other] = [original(own), original(there)];
  let [largest, size] = [0, 0];
  for (const [at, value] of here.entries()) {
    largest = Math.max(largest, Math.abs(value - other[at]!));
    size = Math.max(size, Math.abs(value));
  }
  return { part, windows: windows.length, largest, relative: size > 0 ? largest / size : 0 };
}

async function answersOn(
  backend: DifferenceChoice['backend'],
  { model, arrays, prepared }: Inspected,
  inputs: Float32Array,
  count: number,
): Promise<Float32Array> {
  const before = getBackend();
  try {
    await startBackend(backend, 1);
    const parameters = createParameterSet(model.specs, [...arrays.values()]);
    try {
      return readValues(() =>
        model.predict({ x: inputTensor(prepared, { inputs }, count) }, parameters.weight),
      );
    } finally {
      parameters.dispose();
    }
  } finally {
    await setBackend(before);
  }
}
