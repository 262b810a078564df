// The fields of each architecture, read from the contract's schema: a model that is added there appears in the form by itself.
import { z } from 'zod';
import { ModelSchema } from '../../../engine/contract/experiment.ts';

export interface ModelField {
  readonly name: string;
  readonly type: 'whole' | 'number' | 'switch' | 'choice';
  /** Words of a choice. */
  readonly words: readonly string[];
  readonly nullable: boolean;
}

interface JsonSchema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
}

const TYPES: Readonly<Record<string, ModelField['type']>> = {
  integer: 'whole',
  number: 'number',
  boolean: 'switch',
};

/** Fields by kind, in the order of the schema. */
export const MODEL_FIELDS: ReadonlyMap<string, readonly ModelField[]> = readFields();

function readFields(): ReadonlyMap<string, readonly ModelField[]> {
  const { oneOf, anyOf } = z.toJSONSchema(ModelSchema, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
  return new Map(
    (oneOf ?? anyOf ?? []).map(({ properties = {} }) => [
      String(properties.kind?.const),
      Object.entries(properties)
        .filter(([name]) => name !== 'kind')
        .flatMap(([name, schema]) => fieldOf(name, schema) ?? []),
    ]),
  );
}

/** Undefined for what a form has no field for: such a value is changed in the JSON. */
function fieldOf(name: string, schema: JsonSchema): ModelField | undefined {
  const shapes = schema.anyOf ?? [schema];
  const nullable = shapes.some(({ type }) => type === 'null');
  const shape = shapes.find(({ type }) => type !== 'null');
  const words = shape?.enum?.map(String) ?? [];
  const type = words.length > 0 ? 'choice' : TYPES[shape?.type ?? ''];
  return type && { name, type, words, nullable };
}

export const MODEL_KINDS: Readonly<Record<string, { readonly label: string; readonly help: string }>> = {
  rnn: {
    label: 'RNN',
    help: 'Reads the past row by row with the simplest memory there is: a baseline for the others.',
  },
  gru: {
    label: 'GRU',
    help: 'Reads the past row by row and decides what to forget: an LSTM with fewer weights.',
  },
  lstm: { label: 'LSTM', help: 'Reads the past row by row and remembers what matters.' },
  attention: {
    label: 'Attention',
    help: 'Looks at all rows of the past at once and weighs them: for long look-backs.',
  },
  'encoder-decoder': {
    label: 'Encoder and decoder',
    help: 'Reads the past, then writes the future step by step.',
  },
};

export const FIELD_TEXTS: Readonly<Record<string, { readonly label: string; readonly help: string }>> = {
  units: { label: 'Units', help: 'Size of its memory; twice as many cost four times the work.' },
  layers: { label: 'Layers', help: 'One above the other; one or two are enough for most series.' },
  forgetBias: { label: 'Forget bias', help: 'Above 0 it begins by remembering.' },
  updateBias: { label: 'Update bias', help: 'Above 0 it begins by keeping its state.' },
  chronoSteps: {
    label: 'Chrono steps',
    help: 'Begins with memories of all lengths up to so many rows, for long look-backs. Empty: the bias above.',
  },
  activation: { label: 'Activation', help: 'What bends the numbers between the layers.' },
  bias: { label: 'Bias', help: 'Lets outputs be something where all inputs are nothing.' },
  recurrentInitializer: {
    label: 'First recurrent weights',
    help: 'Orthogonal keeps gradients alive over many rows.',
  },
  bidirectional: { label: 'Both directions', help: 'Reads the past backwards too: twice the work.' },
  residual: { label: 'Residual', help: 'Each layer adds to what it gets: deep stacks learn better.' },
  dropout: {
    label: 'Dropout',
    help: 'Share that is left out at random while training, against learning by heart.',
  },
  heads: { label: 'Heads', help: 'Ways of looking at the past at once; they share the units.' },
  feedForward: { label: 'Feed-forward width', help: 'Empty: four times the units.' },
  positions: { label: 'Positions', help: 'How it knows which row came when.' },
  normalization: { label: 'Normalization', help: 'Before each part trains more steadily than after it.' },
  causal: { label: 'Causal', help: 'A row sees no later row.' },
  readout: { label: 'Read-out', help: 'What the answer is made of.' },
  cell: { label: 'Cell', help: 'Of encoder and decoder.' },
  attention: { label: 'Attention', help: 'The decoder looks back at every row it read.' },
  channelIndependent: {
    label: 'Channels apart',
    help: 'Each column is forecast from itself alone, with shared weights.',
  },
};
