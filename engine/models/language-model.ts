// A model that says of every step of a text which token comes next: reader, body and writer. A recurrent one can start from a state.
import type { Tensor1D, Tensor2D, Tensor3D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { Model } from '../contract/experiment/model.ts';
import { linear } from '../ops/linear.ts';
import type { LayerState } from './bodies/recurrent-layers.ts';
import { dense, denseSpecs } from './dense.ts';
import { dropOut } from './dropout.ts';
import { countParameters, type ParameterSpec, type WeightLookup } from './parameters.ts';
import type { Pass } from './pass.ts';
import type { Field } from './readers/reader.ts';
import { createTokenReader, TOKEN_TABLE } from './readers/tokens.ts';
import { createStepBody } from './registry.ts';
import { HEAD } from './writers/writer.ts';

export interface LanguageShape {
  /** Tokens are numbers below it. */
  readonly tokens: number;
  readonly embedding: number;
  /** The table of token vectors writes too; its vectors have the length of the model's units. */
  readonly tied: boolean;
  /** Most steps that attention sees. */
  readonly window: number;
}

export interface LanguageAnswer {
  /** [batch, time, tokens] before softmax: of the token after each step. */
  readonly logits: Tensor3D;
  /** After the last step, layer by layer; empty where the model keeps none. */
  readonly states: readonly LayerState[];
}

export interface LanguageModel {
  readonly specs: readonly ParameterSpec[];
  readonly parameterCount: number;
  /** Layers that keep a state, of `units` units; a cell too where `hasCell`. 0: it sees its window alone. */
  readonly state: { readonly layers: number; readonly units: number; readonly hasCell: boolean };
  activationFloats(batch: number, steps: number): number;
  /** x [batch, time] of tokens; differentiable in the weights. A step sees no later one. */
  answer(field: Field<Tensor2D>, options: LanguagePass): LanguageAnswer;
}

export interface LanguagePass {
  readonly weight: WeightLookup;
  readonly pass: Pass;
  /** As `states` of an answer; zeros if absent. */
  readonly initial?: readonly LayerState[] | undefined;
}

/** @throws HindcastError `invalid-input` for a model that would see what comes next, or that answers no step. */
export function createLanguageModel(model: Model, shape: LanguageShape): LanguageModel {
  const { tokens, tied, window } = shape;
  const width = model.kind === 'attention' || tied ? unitsOf(model) : shape.embedding;
  const reader = createTokenReader({ tokens, units: width });
  const { body, dropout } = createStepBody(model, { features: width, mostSteps: window });
  const bias: ParameterSpec = {
    name: `${HEAD}/bias`,
    shape: [tokens],
    initialize: () => new Float32Array(tokens),
  };
  const specs = [...reader.specs, ...body.specs, ...(tied ? [bias] : denseSpecs(HEAD, body.units, tokens))];
  const write = (steps: Tensor3D, weight: WeightLookup): Tensor3D =>
    tied
      ? (linear(steps, {
          kernel: tf.transpose(weight<Tensor2D>(TOKEN_TABLE)),
          bias: weight<Tensor1D>(bias.name),
        }) as Tensor3D)
      : dense(steps, HEAD, weight);
  return {
    specs,
    parameterCount: countParameters(specs),
    state: body.state,
    activationFloats: (batch, steps) =>
      body.activationFloats(batch, steps) + batch * steps * (2 * width + 4 * tokens),
    answer(field, { weight, pass, initial }) {
      const { steps, states } = body.run(reader.read(field, weight), { weight, pass, initial });
      return { logits: write(dropOut(steps, dropout, pass), weight), states };
    },
  };
}

const unitsOf = (model: Model): number => ('units' in model ? model.units : 1);
