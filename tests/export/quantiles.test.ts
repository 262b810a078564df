// Intervals of an exported forecaster: the program of the folder gives those of the run, from the answer of stock TensorFlow.js and the
// moves of the card, whether the model has quantiles of its own or not.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, describe, expect, test } from 'vitest';
import { selectBackend } from '../../engine/backends/select.ts';
import { ForecastFrame } from '../../engine/contract/results/forecast.ts';
import { openLayersModel } from '../../engine/export/tfjs/artifacts.ts';
import { parseCard } from '../../engine/export/tfjs/card.ts';
import { readExported } from '../../engine/hosts/trainer/exported-model/read-exported.ts';
import { forecastExported } from '../../engine/hosts/trainer/jobs/forecast-exported.ts';
import { predictAhead } from '../../engine/tasks/forecast/ahead/predict-ahead.ts';
import { exportForecastModel } from '../../engine/tasks/forecast/exports/export-model.ts';
import { encodeWeights } from '../../engine/training/weights.ts';
import { ABOUT } from './about.ts';
import { experimentWith, madeSeries, sourceOf } from './source.ts';

const root = mkdtempSync(join(tmpdir(), 'hindcast-quantiles-'));
afterAll(() => rmSync(root, { recursive: true }));

const LOOKBACK = 12;
const HORIZON = 3;
const rows = 400;
const one = [madeSeries('one', 1, { rows })];
const two = [...one, madeSeries('two', 2, { rows, level: 200, spread: 90 })];
const task = {
  kind: 'forecast',
  targets: ['up', 'a'],
  features: ['a', 'up'],
  lookback: LOOKBACK,
  horizon: HORIZON,
  quantiles: [0.05, 0.2, 0.5, 0.8, 0.95],
};
const pipeline = [{ step: 'standardize', scope: 'all' }];

interface Program {
  readQuantiles(
    card: unknown,
    answer: unknown,
    series?: string,
  ): {
    readonly levels: readonly number[];
    readonly forecast: readonly (readonly number[])[];
    readonly quantiles: readonly (readonly (readonly number[])[])[];
  };
}

describe.each([
  ['values, split-conformal', { intervals: 'conformal', loss: 'mse' }, one],
  ['values of two series, adaptive', { intervals: 'adaptive', loss: 'mse' }, two],
  ['quantiles', { loss: 'pinball' }, one],
  ['quantiles of two series, split-conformal', { intervals: 'conformal', loss: 'pinball' }, two],
  ['mean and deviation, adaptive', { intervals: 'adaptive', loss: 'gaussian' }, one],
])('%s', (name, changes, series) => {
  test('the program of the folder says what the run says', async () => {
    const experiment = experimentWith({
      task: { ...task, ...changes },
      pipeline,
      model: { kind: 'gru', units: 5 },
    });
    const source = await sourceOf(experiment, series);
    const trained = { fitted: source.fitted, weights: encodeWeights(source.weights) };
    const { prepared, prepareWith } = source;
    const files = await exportForecastModel(
      { experiment, prepared, prepareWith },
      { trained, about: ABOUT, threads: 1 },
    );
    const folder = mkdtempSync(join(root, 'folder-'));
    for (const file of files) writeFileSync(join(folder, file.name), file.data);
    writeFileSync(join(folder, 'quantiles.mjs'), files.find((file) => file.name === 'quantiles.js')!.data);

    const data = { kind: 'series' as const, name: 'made', series };
    const ofRun = ForecastFrame.decode(
      await predictAhead(experiment, {
        data,
        isNew: false,
        trained,
        ownData: () => Promise.resolve(data),
        selectBackend: () => selectBackend('simd', { allowFallback: false, threads: 1 }),
      }),
    );
    const ofFolder = ForecastFrame.decode(
      await forecastExported({ files: await readExported(folder), series, progress() {} }),
    );
    const { columns } = ofRun;
    expect(ofFolder.header.levels).toEqual(task.quantiles);
    const isNear = (theirs: ArrayLike<number>, ours: ArrayLike<number>) => {
      for (let row = 0; row < ours.length; row += 1) {
        expect(ours[row]).not.toBeNaN();
        expect(Math.abs(theirs[row]! - ours[row]!), `${name}, row ${row}`).toBeLessThan(1e-3);
      }
    };
    columns.quantile.forEach((ours, level) => {
      isNear(ofFolder.columns.quantile[level]!, ours);
    });

    const { readQuantiles } = (await import(pathToFileURL(join(folder, 'quantiles.mjs')).href)) as Program;
    const text = (file: string) => new TextDecoder().decode(files.find(({ name }) => name === file)!.data);
    const card = parseCard(text('card.json'));
    await selectBackend('cpu', { allowFallback: false, threads: 1 });
    const weights = Uint8Array.from(files.find((file) => file.name === 'weights.bin')!.data);
    const model = await openLayersModel({ json: text('model.json'), weights });
    series.forEach((made, index) => {
      const column = (wanted: string) => made.columns.find((found) => found.name === wanted)!.values;
      const window = Array.from({ length: LOOKBACK }, (_, row) =>
        card.input.names.map((input) => column(input)[rows - LOOKBACK + row]!),
      );
      const answer = tf.tidy(() => (model.predict(tf.tensor3d([window])) as tf.Tensor3D).arraySync()[0]);
      const said = readQuantiles(card, answer, made.name);
      expect(said.levels).toEqual(task.quantiles);
      const at = (step: number, target: number) => (index * HORIZON + step) * task.targets.length + target;
      said.forecast.forEach((targets, step) => {
        targets.forEach((value, target) => {
          isNear([value], [columns.forecast[at(step, target)]!]);
          const ours = columns.quantile.map((level) => level[at(step, target)]!);
          isNear(said.quantiles[step]![target]!, ours);
        });
      });
    });
    model.dispose();
    if (series.length > 1) {
      expect(() => readQuantiles(card, [], 'three')).toThrow('Name one of the series: one, two.');
    }
  });
});

test('a card that contradicts itself is refused', async () => {
  const experiment = experimentWith({
    task: { ...task, loss: 'pinball', intervals: 'conformal' },
    pipeline,
    model: { kind: 'gru', units: 5 },
  });
  const { prepared, prepareWith, fitted, weights } = await sourceOf(experiment, one);
  const files = await exportForecastModel(
    { experiment, prepared, prepareWith },
    { trained: { fitted, weights: encodeWeights(weights) }, about: ABOUT, threads: 1 },
  );
  const text = new TextDecoder().decode(files.find(({ name }) => name === 'card.json')!.data);
  const changed = (change: (card: ReturnType<typeof parseCard>) => void): string => {
    const card = JSON.parse(text);
    change(card);
    return JSON.stringify(card);
  };
  expect(parseCard(text).output.columns![6]).toEqual({ target: 'a', quantile: 0.2 });
  const faults: [(card: ReturnType<typeof parseCard>) => void, string][] = [
    [({ output }) => output.columns!.reverse(), 'names other columns'],
    [({ output }) => output.names.reverse(), 'names other columns'],
    [({ output }) => delete output.levels, 'names other columns'],
    [(card) => Object.assign(card.output, { levels: undefined, columns: undefined }), 'contradicts itself'],
    [
      ({ intervals }) => Object.assign(intervals!, { levels: [0.05, 0.2, 0.5, 0.8, 0.96] }),
      'intervals of another shape',
    ],
  ];
  for (const [change, message] of faults) expect(() => parseCard(changed(change))).toThrow(message);
});
