// The tfjs export as a whole: scaling inside the graph or outside, checked, refused where it differs, and loaded by a process that
// has stock TensorFlow.js only.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, expect, test } from 'vitest';
import { selectBackend } from '../../engine/backends/select.ts';
import { type Experiment, ExperimentSchema } from '../../engine/contract/experiment.ts';
import { prepareForecast } from '../../engine/data/prepare.ts';
import type { Series } from '../../engine/data/series.ts';
import { openLayersModel } from '../../engine/export/tfjs/artifacts.ts';
import { WEIGHTS_FILE } from '../../engine/export/tfjs/card.ts';
import { exportTfjs, type TfjsSource, windowsToCheck } from '../../engine/export/tfjs/export-tfjs.ts';
import { createForecastModel } from '../../engine/models/forecast-model.ts';
import { createParameterSet, initializeParameters } from '../../engine/models/parameters.ts';
import { inputTensor } from '../../engine/training/forecast-pass.ts';
import { seedRandomStream } from '../../engine/training/random-streams.ts';
import { expectClose, Numbers } from '../ops/numbers.ts';

const folder = mkdtempSync(join(tmpdir(), 'hindcast-export-'));
afterAll(() => rmSync(folder, { recursive: true }));

const ROWS = 260;
const DAY = 86_400_000_000n;

/** Far from 0 and of different spreads, as real columns are. */
function madeSeries(name: string, seed: number): Series {
  const numbers = new Numbers(seed);
  const column = (column: string, level: number, spread: number) => ({
    name: column,
    kind: 'numeric' as const,
    values: Float64Array.from(
      { length: ROWS },
      (_, t) => level + spread * (Math.sin(t / 5) + 0.3 * numbers.next()),
    ),
    categories: [],
  });
  return {
    name,
    times: BigInt64Array.from({ length: ROWS }, (_, t) => BigInt(t) * DAY),
    columns: [column('a', 1400, 30), column('b', -3, 0.2)],
  };
}

async function sourceOf(experiment: Experiment, series: readonly Series[]): Promise<TfjsSource> {
  const prepared = prepareForecast(experiment, series, 'made');
  const { lookback, horizon } = experiment.task;
  const shape = {
    inputs: prepared.inputNames.length,
    lookback,
    horizon,
    targets: prepared.targetNames.length,
  };
  const model = createForecastModel(experiment.model, shape);
  const weights = initializeParameters(model.specs, seedRandomStream(1, 'init'));
  const windows = windowsToCheck(prepared.windows.test);
  await selectBackend('simd', { allowFallback: false, threads: 1 });
  const parameters = createParameterSet(model.specs, weights);
  const batch = prepared.createBatch(windows.length);
  prepared.gather(prepared.windows.test, windows, batch);
  const forecasts = tf.tidy(() =>
    model
      .predict(inputTensor(prepared, batch, windows.length), parameters.weight)
      .dataSync()
      .slice(),
  ) as Float32Array;
  parameters.dispose();
  await selectBackend('cpu', { allowFallback: false, threads: 1 });
  return {
    experiment,
    series,
    datasetName: 'made',
    prepared,
    fitted: prepared.fitted,
    shape,
    weights,
    windows,
    forecasts,
  };
}

const experimentWith = (changes: object): Experiment =>
  ExperimentSchema.parse({
    name: 'made',
    dataset: { name: 'made' },
    task: { kind: 'forecast', targets: ['a'], features: ['b', 'a'], lookback: 12, horizon: 3 },
    model: { kind: 'lstm', units: 8 },
    ...changes,
  });

const one = [madeSeries('one', 1)];
const two = [madeSeries('one', 1), madeSeries('two', 2)];

test.each([
  ['standardized', {}, one, 'data'],
  [
    'standardized, then differences',
    { pipeline: [{ step: 'fill' }, { step: 'standardize' }, { step: 'subtract-last' }] },
    one,
    'data',
  ],
  ['min-max over all series', { pipeline: [{ step: 'min-max', scope: 'all' }] }, two, 'data'],
  ['scaled twice', { pipeline: [{ step: 'standardize' }, { step: 'min-max', columns: ['a'] }] }, one, 'data'],
  ['scaled by series', {}, two, 'model'],
  ['logarithms', { pipeline: [{ step: 'log', columns: ['a'] }, { step: 'standardize' }] }, one, 'model'],
] as const)('%s', async (_, changes, series, units) => {
  const source = await sourceOf(experimentWith(changes), series);
  const made = await exportTfjs(source);
  expect(made.units).toBe(units);
  expect(made.windows).toBe(source.windows.length);
  expect(made.largestDifference).toBeLessThan(1e-5);
  expect(made.largestDifference).toBeGreaterThan(0);
});

test('a process with stock TensorFlow.js only forecasts the same', async () => {
  const source = await sourceOf(experimentWith({ model: { kind: 'encoder-decoder', units: 6 } }), one);
  const { files, units } = await exportTfjs(source);
  expect(units).toBe('data');
  writeFileSync(join(folder, 'model.json'), files.json);
  writeFileSync(join(folder, WEIGHTS_FILE), files.weights);
  // Raw values of the last window, [b, a] at each step.
  const { origin } = source.prepared.windows.test;
  const last = origin[source.windows.at(-1)!]!;
  const [a, b] = one[0]!.columns;
  const values = Array.from({ length: 12 }, (_, t) =>
    [b, a].map((column) => column!.values[last - 11 + t]!),
  ).flat();
  const input = JSON.stringify({ shape: [1, 12, 2], values });
  const script = join(import.meta.dirname, 'stock-process.mjs');
  const { stdout, stderr } = spawnSync(process.execPath, [script, folder], { input, encoding: 'utf8' });
  expect(stdout, stderr).not.toBe('');
  const answer = JSON.parse(stdout);
  expect(answer.shape).toEqual([1, 3, 1]);
  const ours = source.prepared.toOriginal(source.prepared.windows.test, source.windows, source.forecasts);
  expectClose(answer.values, ours.slice(-3), 'forecast', { relative: 1e-6, absolute: 3e-4 });
}, 60_000);

test('forecasts that differ are refused', async () => {
  const source = await sourceOf(experimentWith({}), one);
  const forecasts = source.forecasts.slice();
  forecasts[7]! += 1e-3;
  await expect(exportTfjs({ ...source, forecasts })).rejects.toThrow(/export was refused/);
  forecasts[7] = Number.NaN;
  await expect(exportTfjs({ ...source, forecasts })).rejects.toThrow(/export was refused/);
});

test('files that are no model are refused', async () => {
  await expect(openLayersModel({ json: '{}', weights: new Uint8Array(0) })).rejects.toThrow(/no model/);
});
