// The LSTM on TensorFlow's own kernels BlockLSTMV2 and BlockLSTMGradV2 (gates i, f, c, o: Hindcast's order), for the backend
// `tensorflow` on CPU and GPU. They support neither masks nor gradient norms: with those, `lstm` uses stock ops.
import * as tf from '@tensorflow/tfjs-core';
import { registerFusedGradient, runFused } from '../fused.ts';
import type { LstmOptions, LstmResult, LstmWeights } from './recurrent-types.ts';

const BLOCK_KERNEL = 'HindcastBlockLstm';
/** i, cs, f, o, ci, co, h, each [time, batch, units] */
const OUTPUTS = 7;
const [CELLS, HIDDEN] = [1, 6];
/** x, cs_prev, h_prev, w, three peephole weights, b */
const GRADIENTS = 8;

interface Attribute {
  readonly name: string;
  readonly type: number;
  readonly value: number | boolean;
}

/** What is used of tfjs-node's backend. */
interface NodeBackend {
  readonly binding: Readonly<
    Record<'TF_ATTR_TYPE' | 'TF_ATTR_FLOAT' | 'TF_ATTR_BOOL' | 'TF_FLOAT' | 'TF_INT32' | 'TF_INT64', number>
  >;
  executeSingleOutput(
    name: string,
    attributes: readonly Attribute[],
    inputs: readonly tf.TensorInfo[],
  ): tf.Tensor;
  executeMultipleOutputs(
    name: string,
    attributes: readonly Attribute[],
    inputs: readonly tf.TensorInfo[],
    count: number,
  ): tf.Tensor[];
}

function nodeBackend(): NodeBackend {
  return tf.backend() as unknown as NodeBackend;
}

/** Lengths as int64 scalars, made once: tfjs-node's own Int64Scalar leaks a handle a call. */
const lengths = new Map<number, tf.Tensor>();

function lengthTensor(time: number): tf.Tensor {
  const known = lengths.get(time);
  if (known && !known.isDisposed) return known;
  const { binding } = nodeBackend();
  const attributes = [
    { name: 'SrcT', type: binding.TF_ATTR_TYPE, value: binding.TF_INT32 },
    { name: 'DstT', type: binding.TF_ATTR_TYPE, value: binding.TF_INT64 },
    { name: 'Truncate', type: binding.TF_ATTR_BOOL, value: false },
  ];
  const small = tf.scalar(time, 'int32');
  const made = tf.keep(nodeBackend().executeSingleOutput('Cast', attributes, [small]));
  small.dispose();
  lengths.set(time, made);
  return made;
}

function blockAttributes(clipped: boolean): Attribute[] {
  const { binding } = nodeBackend();
  const common: Attribute[] = [
    { name: 'T', type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT },
    { name: 'use_peephole', type: binding.TF_ATTR_BOOL, value: false },
  ];
  // 0 means that cells are not clipped.
  return clipped ? [...common, { name: 'cell_clip', type: binding.TF_ATTR_FLOAT, value: 0 }] : common;
}

interface BlockInputs {
  /** [time, batch, features] */
  readonly x: tf.TensorInfo;
  /** [features + units, 4 * units] */
  readonly weights: tf.TensorInfo;
  readonly bias: tf.TensorInfo;
  readonly hidden: tf.TensorInfo;
  readonly cell: tf.TensorInfo;
}

function blockInputs([x, weights, bias, hidden, cell]: readonly tf.TensorInfo[]): BlockInputs {
  return { x: x!, weights: weights!, bias: bias!, hidden: hidden!, cell: cell! };
}

/** The inputs that both raw ops begin with; `peephole` [units] is not read. */
function rawInputs(
  { x, weights, bias, hidden, cell }: BlockInputs,
  peephole: tf.TensorInfo,
): tf.TensorInfo[] {
  return [lengthTensor(x.shape[0]!), x, cell, hidden, weights, peephole, peephole, peephole, bias];
}

tf.registerKernel({
  kernelName: BLOCK_KERNEL,
  backendName: 'tensorflow',
  kernelFunc: ({ inputs }) => {
    const block = blockInputs(inputs as unknown as tf.TensorInfo[]);
    const peephole = tf.zeros([block.hidden.shape[1]!]);
    const raw = rawInputs(block, peephole);
    const outputs = nodeBackend().executeMultipleOutputs('BlockLSTMV2', blockAttributes(true), raw, OUTPUTS);
    peephole.dispose();
    return outputs;
  },
});

registerFusedGradient({
  kernelName: BLOCK_KERNEL,
  outputsToSave: new Array<boolean>(OUTPUTS).fill(true),
  gradFunc: (dys, saved) => {
    const block = blockInputs(saved);
    const outputs = saved.slice(-OUTPUTS);
    const gradients = tf.tidy(() => {
      const incoming = [CELLS, HIDDEN].map((index) => dys[index] ?? tf.zerosLike(outputs[index]!));
      const raw = [...rawInputs(block, tf.zeros([block.hidden.shape[1]!])), ...outputs, ...incoming];
      return nodeBackend().executeMultipleOutputs('BlockLSTMGradV2', blockAttributes(false), raw, GRADIENTS);
    });
    const [x, cell, hidden, weights, , , , bias] = gradients as tf.Tensor[];
    return { 0: () => x!, 1: () => weights!, 2: () => bias!, 3: () => hidden!, 4: () => cell! };
  },
});

/** True where `lstmOnTensorflow` covers the call. */
export function isCoveredByTensorflow({ mask, returnGates, onGradientNorms }: LstmOptions): boolean {
  return tf.getBackend() === 'tensorflow' && !mask && !returnGates && !onGradientNorms;
}

/** As `lstm`; see there. */
export function lstmOnTensorflow(x: tf.Tensor3D, weights: LstmWeights, options: LstmOptions): LstmResult {
  const [batch, time] = x.shape;
  const units = weights.recurrentKernel.shape[0];
  const {
    initialHidden = tf.zeros([batch, units]),
    initialCell = tf.zeros([batch, units]),
    reverse,
  } = options;
  const ordered = reverse ? tf.reverse(x, 1) : x;
  const inputs = {
    x: tf.transpose(ordered, [1, 0, 2]),
    weights: tf.concat([weights.kernel, weights.recurrentKernel], 0),
    bias: weights.bias,
    hidden: initialHidden,
    cell: initialCell,
  };
  const raw = runFused(BLOCK_KERNEL, inputs, {});
  const [cells, hidden] = [raw[CELLS]!, raw[HIDDEN]!];
  const last = (states: tf.Tensor) =>
    tf.reshape(tf.slice(states, [time - 1, 0, 0], [1, batch, units]), [batch, units]);
  const outputs = tf.transpose(hidden, [1, 0, 2]);
  return {
    outputs: (reverse ? tf.reverse(outputs, 1) : outputs) as tf.Tensor3D,
    finalHidden: last(hidden) as tf.Tensor2D,
    finalCell: last(cells) as tf.Tensor2D,
  };
}
