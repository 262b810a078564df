// Stacked LSTM: each layer reads the hidden states of the one below; the last hidden state of the top layer is the encoding.
import type { Tensor1D, Tensor2D, Tensor3D } from '@tensorflow/tfjs-core';
import type { LstmModel } from '../contract/experiment.ts';
import { type LstmResult, lstm } from '../ops/lstm.ts';
import type { Encoder } from './encoder.ts';
import { glorotUniform, orthogonalRows } from './initializers.ts';
import type { ParameterSpec, WeightLookup } from './parameters.ts';

/** i, f, c, o side by side on the last axis. */
const GATES = 4;
/** Per unit and step: the gates, their activations and their gradients, cell, its tanh and hidden state. */
const KEPT_FLOATS = 15;

/** @param inputs number of input columns */
export function createLstmEncoder({ units, layers, forgetBias }: LstmModel, inputs: number): Encoder {
  const levels = Array.from({ length: layers }, (_, layer) => layer);
  return {
    specs: levels.flatMap((layer) => layerSpecs(layer, layer === 0 ? inputs : units, units, forgetBias)),
    units,
    encode(window, weight) {
      const below = levels.slice(0, -1).reduce((x, layer) => runLayer(layer, x, weight).outputs, window);
      return runLayer(layers - 1, below, weight).finalHidden;
    },
    activationFloats: (batch, time) => batch * time * (inputs + layers * units * KEPT_FLOATS),
  };
}

/** x [batch, time, features] */
function runLayer(layer: number, x: Tensor3D, weight: WeightLookup): LstmResult {
  return lstm(x, {
    kernel: weight<Tensor2D>(`lstm/${layer}/kernel`),
    recurrentKernel: weight<Tensor2D>(`lstm/${layer}/recurrentKernel`),
    bias: weight<Tensor1D>(`lstm/${layer}/bias`),
  });
}

function layerSpecs(layer: number, features: number, units: number, forgetBias: number): ParameterSpec[] {
  const width = GATES * units;
  return [
    {
      name: `lstm/${layer}/kernel`,
      shape: [features, width],
      initialize: (random) => glorotUniform(random, features, width),
    },
    {
      name: `lstm/${layer}/recurrentKernel`,
      shape: [units, width],
      initialize: (random) => orthogonalRows(random, units, width),
    },
    {
      name: `lstm/${layer}/bias`,
      shape: [width],
      initialize: () => new Float32Array(width).fill(forgetBias, units, 2 * units),
    },
  ];
}
