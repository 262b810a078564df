// A model that says of each step of a sequence which class it is of: reader, body and writer. It may see what comes later.
import type { Tensor, Tensor3D } from '@tensorflow/tfjs-core';
import type { Model } from '../contract/experiment/model.ts';
import { HindcastError } from '../contract/values/errors.ts';
import { dropOut } from './dropout.ts';
import { countParameters, type ParameterSpec, type WeightLookup } from './parameters.ts';
import type { Pass } from './pass.ts';
import { createColumnReader } from './readers/columns.ts';
import { createProjectionReader } from './readers/projection.ts';
import type { Field, Reader } from './readers/reader.ts';
import { createTokenReader } from './readers/tokens.ts';
import { createSequenceBody } from './registry.ts';
import { createStepWriter } from './writers/per-step.ts';

/** What is read at each step: a token, a number below `tokens`, as a vector of `embedding`; or `channels` numbers. */
export type StepRead =
  | { readonly kind: 'tokens'; readonly tokens: number; readonly embedding: number }
  | { readonly kind: 'rows'; readonly channels: number };

export interface LabellerShape {
  readonly read: StepRead;
  readonly classes: number;
  /** Of the longest sequence. */
  readonly mostSteps: number;
}

export interface StepLabeller {
  readonly specs: readonly ParameterSpec[];
  readonly parameterCount: number;
  activationFloats(batch: number, steps: number): number;
  /** x [batch, time] of tokens or [batch, time, channels] -> [batch, time, classes] before softmax; padding has no influence, and may get anything. */
  answer(field: Field<Tensor>, weight: WeightLookup, pass: Pass): Tensor3D;
  /** The same as probabilities; nothing is dropped. */
  predict(field: Field<Tensor>, weight: WeightLookup): Tensor3D;
}

/** @throws HindcastError `invalid-input` for a model that does not answer each step. */
export function createStepLabeller(model: Model, shape: LabellerShape): StepLabeller {
  const { classes, mostSteps } = shape;
  const reader = readerOf(model, shape.read);
  const width = reader.features;
  const { body, dropout, isFlat } = createSequenceBody(model, { features: width, mostSteps });
  if (isFlat) throw noSteps(model.kind);
  if ('truncateSteps' in model && model.truncateSteps !== null) throw cutsSteps();
  const writer = createStepWriter({ units: body.units, outputs: classes, probabilities: true });
  const specs = [...reader.specs, ...body.specs, ...writer.specs];
  const answer = (field: Field<Tensor>, weight: WeightLookup, pass: Pass) => {
    const read = reader.read(field, weight);
    const { steps } = body.encode({ ...read, x: dropOut(read.x, dropout, pass) }, weight, pass);
    return writer.answer(dropOut(steps, dropout, pass), weight);
  };
  return {
    specs,
    parameterCount: countParameters(specs),
    activationFloats: (batch, steps) =>
      body.activationFloats(batch, steps) + batch * steps * (2 * width + 2 * body.units + 4 * classes),
    answer,
    predict: (field, weight) => writer.present(answer(field, weight, {})),
  };
}

/** Attention adds positions to vectors of its own width. */
function readerOf(model: Model, read: StepRead): Reader<Tensor> {
  const width = model.kind === 'attention' ? model.units : undefined;
  // One reader reads whole numbers, the others vectors: the shape of the data says which.
  if (read.kind === 'tokens')
    return createTokenReader({ tokens: read.tokens, units: width ?? read.embedding }) as Reader<Tensor>;
  const ofRows =
    width === undefined ? createColumnReader(read.channels) : createProjectionReader(read.channels, width);
  return ofRows as Reader<Tensor>;
}

function noSteps(kind: string): HindcastError {
  const message = `A model of the kind "${kind}" makes one answer of all steps; choose rnn, gru, lstm, attention or dense for model.kind.`;
  return new HindcastError('invalid-input', message, { details: { field: 'model.kind' } });
}

function cutsSteps(): HindcastError {
  const message =
    'Every step is labelled, so the gradient goes back through all of them; leave model.truncateSteps out.';
  return new HindcastError('invalid-input', message, { details: { field: 'model.truncateSteps' } });
}
