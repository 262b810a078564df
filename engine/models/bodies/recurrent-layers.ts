// Layers of one recurrent cell (plain, GRU, LSTM) in one or both directions: their parameters, and running them over a sequence.
import * as tf from '@tensorflow/tfjs-core';
import { gru } from '../../ops/recurrent/gru.ts';
import { lstm } from '../../ops/recurrent/lstm.ts';
import { type RecurrentCore, recurrentStack } from '../../ops/recurrent/recurrent-stack.ts';
import type {
  GradientNorms,
  RecurrentOptions,
  RecurrentResult,
} from '../../ops/recurrent/recurrent-types.ts';
import { rnn } from '../../ops/recurrent/rnn.ts';
import { dropOut } from '../dropout.ts';
import { glorotUniform, recurrentKernel } from '../initializers.ts';
import type { ParameterSpec, WeightLookup } from '../parameters.ts';
import type { Pass, Site } from '../pass.ts';
import type { Sequence } from '../sequence.ts';
import { firstGateBiases, GATES, type GateBiases } from './gate-biases.ts';

export interface RecurrentSettings extends GateBiases {
  /** Parameters are named `prefix/layer/kernel` or, with two directions, `prefix/layer/forward/kernel`. */
  readonly prefix: string;
  /** Which of a model's sites these layers are. */
  readonly part: Site['part'];
  readonly inputs: number;
  readonly units: number;
  readonly layers: number;
  readonly bidirectional: boolean;
  readonly bias: boolean;
  readonly recurrentInitializer: 'orthogonal' | 'glorot' | 'identity';
  /** First recurrent weights are multiplied by it; default 1. */
  readonly recurrentGain?: number;
  readonly activation: 'tanh' | 'relu';
  /** Between layers. */
  readonly dropout: number;
}

/** State of one layer and direction, [batch, units] each. */
export interface LayerState {
  readonly hidden: tf.Tensor2D;
  /** Of an LSTM. */
  readonly cell?: tf.Tensor2D | undefined;
}

export interface RecurrentRun {
  /** Of the last layer, [batch, time, width]. */
  readonly outputs: tf.Tensor3D;
  /** Of the last layer, [batch, width]. */
  readonly finalHidden: tf.Tensor2D;
  /** After the last step, layer by layer; of the forward direction. */
  readonly states: readonly LayerState[];
}

export interface LayersPass {
  readonly weight: WeightLookup;
  readonly pass: Pass;
  /** By layer, for one direction only; zeros if absent. */
  readonly initial?: readonly LayerState[] | undefined;
  /** Default `after`. */
  readonly piece?: Site['piece'] | undefined;
}

export interface RecurrentLayers {
  readonly specs: readonly ParameterSpec[];
  /** Units of all directions. */
  readonly width: number;
  run(sequence: Sequence, options: LayersPass): RecurrentRun;
  /** For the memory estimate: floats that a training step keeps for the backward pass, and that this pass needs for a while. */
  keptFloats(batch: number, time: number): number;
  passingFloats(batch: number, time: number): number;
  /** What a pass needs that keeps nothing but its outputs. */
  forwardFloats(batch: number, time: number): number;
}

/** Floats per unit and step, measured: gates, states and outputs that every layer keeps for the backward pass. */
const KEPT_FLOATS = { rnn: 1.4, gru: 5.1, lstm: 6.1 } as const;
/** What the backward pass of one layer needs for a while: packed steps and the gates' gradients, in the LSTM instead of the gates. */
const PASSING_FLOATS = { rnn: 2, gru: 4.7, lstm: 1.2 } as const;
/** The same without a backward pass, of one layer: no gates and no cells are kept then. */
const FORWARD_FLOATS = 0.3;
/** Per input and step: itself, packed, and its part of the gradient. */
const INPUT_FLOATS = 2.4;

const DIRECTIONS = ['forward', 'backward'] as const;
type Direction = (typeof DIRECTIONS)[number];

/** Path of the parameters of one direction of one layer. */
export function layerPath(
  { prefix, bidirectional }: Pick<RecurrentSettings, 'prefix' | 'bidirectional'>,
  layer: number,
  direction: Direction,
): string {
  return bidirectional ? `${prefix}/${layer}/${direction}` : `${prefix}/${layer}`;
}

export function createRecurrentLayers(settings: RecurrentSettings): RecurrentLayers {
  const { cell, units, inputs, layers, bidirectional } = settings;
  const directions = bidirectional ? DIRECTIONS : DIRECTIONS.slice(0, 1);
  const width = units * directions.length;
  const levels = Array.from({ length: layers }, (_, layer) => layer);
  return {
    specs: levels.flatMap((layer) =>
      directions.flatMap((direction) => layerSpecs(settings, layer, direction, layer === 0 ? inputs : width)),
    ),
    width,
    run: (sequence, options) => runLayers(settings, sequence, options),
    keptFloats(batch, time) {
      const ofUnit = KEPT_FLOATS[cell] + (settings.dropout > 0 ? 1 : 0);
      return batch * time * (layers * width * ofUnit + INPUT_FLOATS * inputs);
    },
    passingFloats: (batch, time) => batch * time * PASSING_FLOATS[cell] * units,
    forwardFloats: (batch, time) => batch * time * (FORWARD_FLOATS * units + 1.2 * layers * width + inputs),
  };
}

function layerSpecs(
  settings: RecurrentSettings,
  layer: number,
  direction: Direction,
  features: number,
): ParameterSpec[] {
  const { cell, units, bias, recurrentInitializer, recurrentGain = 1 } = settings;
  const gates = GATES[cell];
  const width = gates * units;
  const path = layerPath(settings, layer, direction);
  return [
    {
      name: `${path}/kernel`,
      shape: [features, width],
      initialize: (random) => glorotUniform(random, features, width),
    },
    {
      name: `${path}/recurrentKernel`,
      shape: [units, width],
      initialize: (random) =>
        recurrentKernel(recurrentInitializer, random, units, gates).map((value) => recurrentGain * value),
    },
    ...(bias ? [{ name: `${path}/bias`, shape: [width], initialize: firstGateBiases(settings) }] : []),
  ];
}

type CellResult = RecurrentResult & { readonly finalCell?: tf.Tensor2D; readonly cells?: tf.Tensor3D };

function runLayers(settings: RecurrentSettings, { x, mask }: Sequence, options: LayersPass): RecurrentRun {
  const stack = Array.from({ length: settings.layers }, (_, layer) => ({
    forward: core(settings, layer, 'forward', options),
    backward: settings.bidirectional ? core(settings, layer, 'backward', options) : undefined,
  }));
  const { outputs, finalHidden, layers } = recurrentStack<CellResult>(x, stack, {
    mask,
    dropout: (between) => dropOut(between, settings.dropout, options.pass),
  });
  const states = layers.map(({ forward }) => ({ hidden: forward.finalHidden, cell: forward.finalCell }));
  return { outputs, finalHidden, states };
}

function core(
  settings: RecurrentSettings,
  layer: number,
  direction: Direction,
  { weight, pass, initial, piece = 'after' }: LayersPass,
): RecurrentCore<CellResult> {
  const path = layerPath(settings, layer, direction);
  const weights = {
    kernel: weight<tf.Tensor2D>(`${path}/kernel`),
    recurrentKernel: weight<tf.Tensor2D>(`${path}/recurrentKernel`),
    bias: settings.bias
      ? weight<tf.Tensor1D>(`${path}/bias`)
      : tf.zeros<tf.Rank.R1>([GATES[settings.cell] * settings.units]),
  };
  const state = direction === 'forward' ? initial?.[layer] : undefined;
  const site: Site = { part: settings.part, layer, direction, piece };
  return (x, options) => {
    const result = runCell(settings, x, weights, { ...options, ...probing(site, pass), ...started(state) });
    const { outputs, gates, cells } = result;
    pass.onOutputs?.(site, outputs);
    pass.onStates?.(site, {
      inputs: x,
      initial: state,
      outputs,
      gates: gates && gatesOf(settings, gates),
      cells,
      mask: options.mask,
    });
    return result;
  };
}

/** What a cell is asked for beside its outputs. */
function probing(site: Site, { onStates, onStateGradients }: Pass) {
  const isReached = onStateGradients && site.piece === 'after';
  return {
    returnGates: onStates !== undefined,
    onGradientNorms: isReached ? ({ squares }: GradientNorms) => onStateGradients(site, squares) : undefined,
  };
}

/** Without what a GRU keeps behind its gates for the backward pass. */
function gatesOf({ cell, units }: RecurrentSettings, kept: tf.Tensor3D): tf.Tensor3D {
  return tf.slice(kept, [0, 0, 0], [-1, -1, GATES[cell] * units]);
}

const started = (state: LayerState | undefined) => ({
  initialHidden: state?.hidden,
  initialCell: state?.cell,
});

interface CellOptions extends RecurrentOptions {
  readonly initialCell?: tf.Tensor2D | undefined;
}

interface CellWeights {
  readonly kernel: tf.Tensor2D;
  readonly recurrentKernel: tf.Tensor2D;
  readonly bias: tf.Tensor1D;
}

function runCell(
  { cell, activation }: RecurrentSettings,
  x: tf.Tensor3D,
  weights: CellWeights,
  options: CellOptions,
): CellResult {
  if (cell === 'lstm') return lstm(x, weights, options) as CellResult;
  // The reset gate before the product, as in the original paper and in stock TensorFlow.js.
  if (cell === 'gru') return gru(x, weights, { ...options, resetAfter: false });
  return rnn(x, weights, { ...options, activation });
}
