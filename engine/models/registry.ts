// Architectures by the `kind` of an experiment's model: reader, body and readout. A new one is a file in bodies/, a line here,
// and its sentence and equation in engine/words/model-descriptions.ts.
import type { Tensor3D } from '@tensorflow/tfjs-core';
import type {
  AttentionModel,
  DenseModel,
  EncoderDecoderModel,
  LinearModel,
  Model,
  Segment,
} from '../contract/experiment/model.ts';
import { HindcastError } from '../contract/values/errors.ts';
import { createAttentionBody } from './bodies/attention.ts';
import type { Body } from './bodies/body.ts';
import { createDenseBody } from './bodies/dense.ts';
import { createGruBody } from './bodies/gru.ts';
import { alignedSteps, createLinearBody } from './bodies/linear.ts';
import { createLstmBody } from './bodies/lstm.ts';
import type { RecurrentBody } from './bodies/recurrent.ts';
import type { LayerState, LayersPass } from './bodies/recurrent-layers.ts';
import { createRnnBody } from './bodies/rnn.ts';
import { composeEncoder, type Encoder } from './encoder.ts';
import type { ParameterSpec } from './parameters.ts';
import { createColumnReader } from './readers/columns.ts';
import { createProjectionReader } from './readers/projection.ts';
import type { Reader } from './readers/reader.ts';
import { createSegmentReader } from './readers/segments.ts';
import { createFlattenReadout } from './readouts/flatten.ts';
import { createLastReadout } from './readouts/last.ts';
import { createMeanReadout } from './readouts/mean.ts';
import type { Readout } from './readouts/readout.ts';
import type { Sequence } from './sequence.ts';

export type EncoderModel = Exclude<Model, EncoderDecoderModel>;

export interface WindowShape {
  /** Input columns, as the model sees them. */
  readonly inputs: number;
  /** Steps of the window. */
  readonly lookback: number;
}

/** What makes one vector of a window. */
export interface Architecture {
  readonly encoder: Encoder;
  readonly readout: Readout;
  /** Rate at which values of that vector are dropped in training. */
  readonly dropout: number;
  /** Whether the writer has biases. */
  readonly hasBias: boolean;
}

/** @throws HindcastError `invalid-input` for options that do not go together. */
export function createArchitecture(model: EncoderModel, shape: WindowShape): Architecture {
  switch (model.kind) {
    case 'rnn':
      return { ...recurrent(model, shape, (inputs) => createRnnBody(model, inputs)), hasBias: model.bias };
    case 'gru':
      return recurrent(model, shape, (inputs) => createGruBody(model, inputs));
    case 'lstm':
      return recurrent(model, shape, (inputs) => createLstmBody(model, inputs));
    case 'attention':
      return attention(model, shape);
    case 'linear':
      return linear(model, shape);
    case 'dense':
      return denseSteps(model, shape);
  }
}

/** The columns themselves, all steps side by side: the writer is the linear map. */
function linear(model: LinearModel, { inputs, lookback }: WindowShape): Architecture {
  const encoder = composeEncoder(createColumnReader(inputs), createLinearBody(model, { inputs, lookback }));
  return { encoder, readout: createFlattenReadout(encoder.units, lookback), dropout: 0, hasBias: true };
}

/** Each step through the layers, then all of them side by side. */
function denseSteps(model: DenseModel, { inputs, lookback }: WindowShape): Architecture {
  const body = createDenseBody(model, inputs);
  const encoder = composeEncoder(createColumnReader(inputs), {
    ...body,
    encode: (sequence, weight, pass) => body.encode({ x: alignedSteps(sequence, lookback) }, weight, pass),
  });
  return {
    encoder,
    readout: createFlattenReadout(encoder.units, lookback),
    dropout: model.dropout,
    hasBias: true,
  };
}

/** A body alone, for sequences of any length up to the longest. */
export interface SequenceBody {
  readonly body: Body;
  /** Rate at which values of what is read of it are dropped in training. */
  readonly dropout: number;
  /** It gives all steps of the longest sequence, to be read side by side; else any readout suits. */
  readonly isFlat: boolean;
}

/** @throws HindcastError `invalid-input` for a model without one */
export function createSequenceBody(
  model: Model,
  { features, mostSteps }: { readonly features: number; readonly mostSteps: number },
): SequenceBody {
  switch (model.kind) {
    case 'rnn':
      return { body: createRnnBody(model, features), dropout: model.dropout, isFlat: false };
    case 'gru':
      return { body: createGruBody(model, features), dropout: model.dropout, isFlat: false };
    case 'lstm':
      return { body: createLstmBody(model, features), dropout: model.dropout, isFlat: false };
    case 'attention':
      return { body: createAttentionBody(model, mostSteps), dropout: model.dropout, isFlat: false };
    case 'linear': {
      const body = createLinearBody(model, { inputs: features, lookback: mostSteps });
      return { body, dropout: 0, isFlat: true };
    }
    case 'dense':
      return { body: createDenseBody(model, features), dropout: model.dropout, isFlat: false };
    case 'encoder-decoder':
      throw noSingleAnswer();
  }
}

/** A body that answers every step from the steps up to it, and may start from a state. */
export interface StepBody {
  readonly specs: readonly ParameterSpec[];
  readonly units: number;
  /** Layers that keep a state; 0: none is kept. */
  readonly state: { readonly layers: number; readonly units: number; readonly hasCell: boolean };
  run(sequence: Sequence, options: LayersPass): { steps: Tensor3D; states: readonly LayerState[] };
  activationFloats(batch: number, steps: number): number;
}

/** @throws HindcastError `invalid-input` for a model that would see later steps, or that answers none by itself */
export function createStepBody(
  model: Model,
  { features, mostSteps }: { readonly features: number; readonly mostSteps: number },
): { readonly body: StepBody; readonly dropout: number } {
  switch (model.kind) {
    case 'rnn':
      return stepsOf(model, createRnnBody(model, features), false);
    case 'gru':
      return stepsOf(model, createGruBody(model, features), false);
    case 'lstm':
      return stepsOf(model, createLstmBody(model, features), true);
    case 'attention': {
      if (!model.causal) throw seesAhead('model.causal', 'set it to true');
      const body = createAttentionBody(model, mostSteps);
      return {
        body: {
          ...body,
          state: { layers: 0, units: 0, hasCell: false },
          run: (sequence, { weight, pass }) => ({
            steps: body.encode(sequence, weight, pass).steps,
            states: [],
          }),
        },
        dropout: 0,
      };
    }
    case 'linear':
    case 'dense':
    case 'encoder-decoder':
      throw noStepAnswer(model.kind);
  }
}

interface StepModel {
  readonly units: number;
  readonly layers: number;
  readonly bidirectional: boolean;
  readonly truncateSteps: number | null;
  readonly dropout: number;
}

function stepsOf(
  { units, layers, bidirectional, truncateSteps, dropout }: StepModel,
  { specs, layers: stack, activationFloats }: RecurrentBody,
  hasCell: boolean,
) {
  if (bidirectional) throw seesAhead('model.bidirectional', 'set it to false');
  if (truncateSteps !== null) throw windowCuts();
  const body: StepBody = {
    specs,
    units,
    state: { layers, units, hasCell },
    run(sequence, options) {
      const { outputs, states } = stack.run(sequence, options);
      return { steps: outputs, states };
    },
    activationFloats,
  };
  return { body, dropout };
}

function seesAhead(field: string, remedy: string): HindcastError {
  const message = `A model that says what comes next must not see it, which ${field} would let it; ${remedy}.`;
  return new HindcastError('invalid-input', message, { details: { field } });
}

function windowCuts(): HindcastError {
  const message =
    'The gradient goes back through all frames that are read, or through task.window steps of a text; leave model.truncateSteps out.';
  return new HindcastError('invalid-input', message, { details: { field: 'model.truncateSteps' } });
}

function noStepAnswer(kind: string): HindcastError {
  const message = `A model of the kind "${kind}" does not say what comes next step by step; choose rnn, gru, lstm or attention for model.kind.`;
  return new HindcastError('invalid-input', message, { details: { field: 'model.kind' } });
}

function noSingleAnswer(): HindcastError {
  const message =
    'An encoder-decoder answers step by step, but a sample has one class; choose another model.kind, such as "gru".';
  return new HindcastError('invalid-input', message, { details: { field: 'model.kind' } });
}

interface RecurrentOptions {
  readonly units: number;
  readonly dropout: number;
  readonly segment: Segment | null;
}

/** Segments or the columns themselves, the body, its last state. */
function recurrent(
  { units, dropout, segment }: RecurrentOptions,
  { inputs, lookback }: WindowShape,
  createBody: (inputs: number) => Body,
): Architecture {
  const reader = segment
    ? createSegmentReader(segment, { time: lookback, inputs, units })
    : createColumnReader(inputs);
  const encoder = composeEncoder(reader, createBody(reader.features));
  return { encoder, readout: createLastReadout(encoder.units), dropout, hasBias: true };
}

const READOUTS: Readonly<Record<AttentionModel['readout'], (units: number, steps: number) => Readout>> = {
  last: createLastReadout,
  mean: createMeanReadout,
  flatten: createFlattenReadout,
};

/** Segments or every step by itself as vectors of the model's width, the body, the readout that the model names. */
function attention(model: AttentionModel, { inputs, lookback }: WindowShape): Architecture {
  const { units, segment, readout } = model;
  const reader: Reader<Tensor3D> = segment
    ? createSegmentReader(segment, { time: lookback, inputs, units })
    : createProjectionReader(inputs, units);
  const steps = reader.stepsOf(lookback);
  const encoder = composeEncoder(reader, createAttentionBody(model, steps));
  return {
    encoder: {
      ...encoder,
      // The window itself is kept too.
      activationFloats: (batch, time) => encoder.activationFloats(batch, time) + batch * time * inputs,
    },
    readout: READOUTS[readout](units, steps),
    dropout: 0,
    hasBias: true,
  };
}
