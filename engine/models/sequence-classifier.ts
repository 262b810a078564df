// A model that says something of a sequence, such as the class that it belongs to: reader, body, readout and writer.
import type * as tf from '@tensorflow/tfjs-core';
import type { Model } from '../contract/experiment/model.ts';
import { dropOut } from './dropout.ts';
import { countParameters, type ParameterSpec, type WeightLookup } from './parameters.ts';
import type { Pass } from './pass.ts';
import { createColumnReader } from './readers/columns.ts';
import { createProjectionReader } from './readers/projection.ts';
import type { Field, Reader } from './readers/reader.ts';
import { createTokenReader } from './readers/tokens.ts';
import { createAttentionPoolReadout } from './readouts/attention-pool.ts';
import { createFlattenReadout } from './readouts/flatten.ts';
import { createLastReadout } from './readouts/last.ts';
import { createMaxReadout } from './readouts/max.ts';
import { createMeanReadout } from './readouts/mean.ts';
import type { Readout } from './readouts/readout.ts';
import { createSequenceBody } from './registry.ts';
import { createClassWriter } from './writers/classes.ts';
import { createLabelWriter } from './writers/labels.ts';
import { createValueWriter } from './writers/values.ts';
import type { Writer } from './writers/writer.ts';

/** What an answer is: a probability of each class, which sum to 1; one of each label by itself; or numbers. */
export type OutputWriter = 'classes' | 'labels' | 'values';

export type ReadoutName = 'last' | 'mean' | 'max' | 'attention' | 'flatten';

export interface SequenceShape {
  /** Tokens are numbers below `tokens`, each read as a vector of `embedding`; rows have `channels` numbers a step. */
  readonly input:
    | { readonly kind: 'tokens'; readonly tokens: number; readonly embedding: number }
    | { readonly kind: 'rows'; readonly channels: number };
  /** Classes, labels or values. */
  readonly classes: number;
  /** Of the longest sequence. */
  readonly mostSteps: number;
  readonly readout: ReadoutName;
  /** Default: one of the classes. */
  readonly writer?: OutputWriter | undefined;
}

export interface SequenceClassifier {
  readonly specs: readonly ParameterSpec[];
  readonly parameterCount: number;
  activationFloats(batch: number, steps: number): number;
  /** x [batch, time] of tokens or [batch, time, channels] -> [batch, classes] before softmax or sigmoid; padding has no influence. */
  answer(field: Field<tf.Tensor>, weight: WeightLookup, pass: Pass): tf.Tensor2D;
  /** The same as probabilities, or as numbers; nothing is dropped. */
  predict(field: Field<tf.Tensor>, weight: WeightLookup): tf.Tensor2D;
}

const READOUTS: Readonly<Record<ReadoutName, (units: number, steps: number) => Readout>> = {
  last: createLastReadout,
  mean: createMeanReadout,
  max: createMaxReadout,
  attention: createAttentionPoolReadout,
  flatten: createFlattenReadout,
};

const WRITERS: Readonly<
  Record<OutputWriter, (units: number, outputs: number) => Writer<tf.Tensor2D, tf.Tensor2D>>
> = {
  classes: createClassWriter,
  labels: createLabelWriter,
  values: createValueWriter,
};

/** @throws HindcastError `invalid-input` for options that do not suit sequences of any length. */
export function createSequenceClassifier(model: Model, shape: SequenceShape): SequenceClassifier {
  const reader = readerOf(model, shape);
  const { mostSteps } = shape;
  const { body, dropout, isFlat } = createSequenceBody(model, { features: reader.features, mostSteps });
  const readout = READOUTS[isFlat ? 'flatten' : shape.readout](body.units, mostSteps);
  const writer = WRITERS[shape.writer ?? 'classes'](readout.units, shape.classes);
  const specs = [...reader.specs, ...body.specs, ...readout.specs, ...writer.specs];
  const answer = (field: Field<tf.Tensor>, weight: WeightLookup, pass: Pass) => {
    const encoding = readout.read(body.encode(reader.read(field, weight), weight, pass), weight);
    return writer.answer(dropOut(encoding, dropout, pass), weight);
  };
  return {
    specs,
    parameterCount: countParameters(specs),
    activationFloats: (batch, steps) =>
      body.activationFloats(batch, steps) +
      batch * (2 * steps * reader.features + readout.units + 6 * shape.classes),
    answer,
    predict: (field, weight) => writer.present(answer(field, weight, {})),
  };
}

/**
 * Of the first token vectors: as large as the values of a state. From vectors near 0 a classifier of few samples fits the training part before
 * its tokens have meanings (first names, one seed: 85.5 instead of 88.0 % on validation). Attention adds positions of that size to them: its
 * vectors begin near 0, or a token would hide where it stands (DNA splice sites, one seed: 94.1 instead of 95.2 % on validation).
 */
const TOKEN_SPREAD = 1;

/** Of tokens their vectors; attention adds positions to vectors of its own width. */
function readerOf(model: Model, { input }: SequenceShape): Reader<tf.Tensor> {
  const width = model.kind === 'attention' ? model.units : undefined;
  // One reader reads whole numbers, the others vectors: the shape of the data says which.
  if (input.kind === 'tokens') {
    const reader =
      width === undefined
        ? createTokenReader({ tokens: input.tokens, units: input.embedding, spread: TOKEN_SPREAD })
        : createTokenReader({ tokens: input.tokens, units: width });
    return reader as Reader<tf.Tensor>;
  }
  const ofRows =
    width === undefined ? createColumnReader(input.channels) : createProjectionReader(input.channels, width);
  return ofRows as Reader<tf.Tensor>;
}
