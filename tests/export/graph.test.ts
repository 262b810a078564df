// Every model as a graph of stock layers: saved, loaded by stock TensorFlow.js, and the same forecasts.

import * as tf from '@tensorflow/tfjs-core';
import { model as createLayersModel } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { selectBackend } from '../../engine/backends/select.ts';
import { ModelSchema } from '../../engine/contract/experiment.ts';
import { openLayersModel, saveLayersModel } from '../../engine/export/tfjs/artifacts.ts';
import { modelGraph } from '../../engine/export/tfjs/model-graph.ts';
import { inputNode, lookUp } from '../../engine/export/tfjs/net.ts';
import { createForecastModel } from '../../engine/models/forecast-model.ts';
import { createParameterSet, initializeParameters } from '../../engine/models/parameters.ts';
import { seedRandomStream } from '../../engine/training/random-streams.ts';
import { SMALL_MODELS } from '../models/toys.ts';
import { expectClose, Numbers } from '../ops/numbers.ts';

describe('stock layers give the same forecasts', () => {
  it.each([
    ...Object.entries(SMALL_MODELS),
    [
      'attention, 3 layers, causal',
      { kind: 'attention', units: 12, heads: 3, layers: 3, readout: 'last', causal: true },
    ],
    ['encoder-decoder, 2 layers', { kind: 'encoder-decoder', units: 6, layers: 2 }],
    ['encoder-decoder, rnn', { kind: 'encoder-decoder', cell: 'rnn', units: 6 }],
    ['lstm, 3 layers, both directions', { kind: 'lstm', units: 6, layers: 3, bidirectional: true }],
  ])('%s', async (_, settings) => {
    const model = ModelSchema.parse(settings);
    const shape = { inputs: 3, lookback: 11, horizon: 4, targets: 3, probabilities: 'bias' in settings };
    const ours = createForecastModel(model, shape);
    const random = seedRandomStream(3, 'init');
    const arrays = initializeParameters(ours.specs, random);
    for (const { values } of arrays)
      for (let i = 0; i < values.length; i++) values[i]! += 0.1 * (random.uniform() - 0.5);
    const given = new Numbers(1).array(5 * 11 * 3);

    await selectBackend('simd', { allowFallback: false, threads: 1 });
    const parameters = createParameterSet(ours.specs, arrays);
    const expected = tf.tidy(() =>
      ours.predict(tf.tensor3d(given.slice(), [5, 11, 3]), parameters.weight).dataSync(),
    );
    parameters.dispose();

    await selectBackend('cpu', { allowFallback: false, threads: 1 });
    const window = inputNode([11, 3], 'window');
    const made = createLayersModel({
      inputs: window,
      outputs: modelGraph(window, { model, shape, array: lookUp(arrays) }),
    });
    const loaded = await openLayersModel(await saveLayersModel(made));
    const answer = tf.tidy(() => loaded.predict(tf.tensor3d(given, [5, 11, 3])) as tf.Tensor);
    expect(answer.shape).toEqual([5, 4, 3]);
    expectClose(answer.dataSync(), expected, 'forecast', { relative: 1e-5, absolute: 1e-5 });
  });
});
