// Every model against PyTorch in float64 (tests/golden/models/models.py): forecasts and the gradients of all parameters, on the
// simd backend and on stock ops.
import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { selectBackend } from '../../engine/backends/select.ts';
import { ModelSchema } from '../../engine/contract/experiment/model.ts';
import type { ForecastShape } from '../../engine/models/forecast-core.ts';
import { createForecastModel } from '../../engine/models/forecast-model.ts';
import { createParameterSet, sizeOf } from '../../engine/models/parameters.ts';
import { expectClose, Numbers } from '../ops/numbers.ts';

interface GoldenCase {
  readonly name: string;
  readonly model: unknown;
  readonly shape: ForecastShape;
  readonly seed: number;
  readonly batch: number;
  readonly parameters: readonly { readonly name: string; readonly shape: readonly number[] }[];
  readonly forecast: readonly number[];
  readonly gradients: Readonly<Record<string, readonly number[]>>;
}

const golden = JSON.parse(readFileSync(new URL('../golden/models/models.json', import.meta.url), 'utf8')) as {
  cases: GoldenCase[];
};

/** Sums of tens of products in float32. */
const GRADIENT_TOLERANCE = { relative: 5e-5, absolute: 5e-5 };

describe.each(['simd', 'cpu'] as const)('on %s', (backend) => {
  beforeAll(() => selectBackend(backend, { allowFallback: false, threads: 1 }));
  afterAll(() => tf.setBackend('cpu'));

  it.each(golden.cases)('$name', ({ model: settings, shape, seed, batch, ...expected }) => {
    const model = createForecastModel(ModelSchema.parse(settings), shape);
    expect(model.specs.map(({ name, shape: extent }) => ({ name, shape: extent }))).toEqual(
      expected.parameters,
    );
    const numbers = new Numbers(seed);
    const arrays = model.specs.map(({ name, shape: extent }) => ({
      name,
      shape: extent,
      values: numbers.array(sizeOf(extent), 0.5),
    }));
    const inputs = numbers.tensor<tf.Rank.R3>([batch, shape.lookback, shape.inputs]);
    const before = tf.memory().numTensors;
    const parameters = createParameterSet(model.specs, arrays);

    const forecast = tf.tidy(() => model.predict({ x: inputs }, parameters.weight));
    expect(forecast.shape).toEqual([batch, shape.horizon, shape.targets]);
    expectClose(forecast.dataSync(), expected.forecast, 'forecast', { relative: 2e-5, absolute: 5e-6 });

    const loss = () => tf.sum(tf.square(model.predict({ x: inputs }, parameters.weight))) as tf.Scalar;
    const { value, grads } = tf.variableGrads(loss, parameters.variables);
    for (const [index, { name }] of model.specs.entries()) {
      const gradient = grads[parameters.variables[index]!.name]!;
      expectClose(gradient.dataSync(), expected.gradients[name]!, `gradient of ${name}`, GRADIENT_TOLERANCE);
    }
    tf.dispose([value, grads, forecast]);
    parameters.dispose();
    expect(tf.memory().numTensors).toBe(before);
    inputs.dispose();
  });
});
