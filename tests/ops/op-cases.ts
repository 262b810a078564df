// Cases of the ops (tests/golden/ops/layers.cases.json): their inputs, and how each op is called.
import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import { type AttentionOptions, attention, selfAttention } from '../../engine/ops/attention/attention.ts';
import { addPositions } from '../../engine/ops/attention/positions.ts';
import { embedding } from '../../engine/ops/embedding.ts';
import { gelu } from '../../engine/ops/gelu.ts';
import { addLayerNorm, layerNorm } from '../../engine/ops/layer-norm.ts';
import { linear } from '../../engine/ops/linear.ts';
import { crossEntropy } from '../../engine/ops/losses/cross-entropy.ts';
import { huber } from '../../engine/ops/losses/huber.ts';
import { meanAbsoluteError } from '../../engine/ops/losses/mae.ts';
import { meanSquaredError } from '../../engine/ops/losses/mse.ts';
import { pinball } from '../../engine/ops/losses/pinball.ts';
import { relu } from '../../engine/ops/relu.ts';
import { softmax } from '../../engine/ops/softmax.ts';
import { Numbers } from './numbers.ts';

export interface OpCase {
  readonly name: string;
  readonly op: string;
  readonly seed: number;
  /** Of all real inputs; default 1. */
  readonly scale?: number;
  readonly options?: Readonly<Record<string, unknown>>;
  /** Shapes by name; `mask` holds 0 and 1, `index` whole numbers. */
  readonly inputs: Readonly<Record<string, number[]>>;
  readonly output: number[];
}

export type Tensors = Readonly<Record<string, tf.Tensor>>;

const folder = new URL('../golden/ops/', import.meta.url);
export const readGolden = <T>(name: string): T =>
  JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as T;
export const opCases = readGolden<OpCase[]>('layers.cases.json');

/** Inputs of a case by name, and the weight of its result in the loss. */
export function inputsOf({ seed, inputs, output, scale = 1 }: OpCase): { given: Tensors; weight: tf.Tensor } {
  const numbers = new Numbers(seed);
  const given: Record<string, tf.Tensor> = {};
  for (const [name, shape] of Object.entries(inputs)) {
    const count = tf.util.sizeFromShape(shape);
    if (name === 'mask') {
      given[name] = tf.tensor(
        numbers.array(count).map((value) => (value > -0.3 ? 1 : 0)),
        shape,
      );
    } else if (name === 'index') {
      const entries = inputs.table?.[0] ?? inputs.logits!.at(-1)!;
      const whole = Int32Array.from(numbers.array(count), (value) => Math.floor(((value + 1) / 2) * entries));
      given[name] = tf.tensor(whole, shape, 'int32');
    } else given[name] = numbers.tensor(shape, scale);
  }
  return { given, weight: numbers.tensor(output) };
}

/** Inputs that have a gradient. */
export function differentiable({ inputs }: OpCase): string[] {
  return Object.keys(inputs).filter((name) => !['mask', 'index', 'target'].includes(name));
}

/** An encoder layer as models build it: attention and a feed-forward part, each added to its input and normalised. */
function encoderLayer(t: Tensors, options: AttentionOptions): tf.Tensor {
  const weights = (kernel: string) => ({
    kernel: t[kernel] as tf.Tensor2D,
    bias: t[`${kernel}Bias`] as tf.Tensor1D,
  });
  const norm = (axis: 1 | 2) => ({
    gain: t[`gain${axis}`] as tf.Tensor1D,
    bias: t[`bias${axis}`] as tf.Tensor1D,
  });
  const { outputs } = selfAttention(linear(t.x!, weights('projection')) as tf.Tensor3D, options);
  const mixed = addLayerNorm(t.x!, linear(outputs, weights('mixing')), norm(1)).normal;
  const forward = linear(gelu(linear(mixed, weights('expansion'))), weights('reduction'));
  return addLayerNorm(mixed, forward, norm(2)).normal;
}

/** The result of a case for these inputs on the current backend. */
export function runCase({ op, options }: OpCase, t: Tensors): tf.Tensor {
  const { mask, index } = t;
  const [x, table] = [t.x as tf.Tensor3D, t.table as tf.Tensor2D];
  const heads = { ...options, mask: mask as tf.Tensor2D } as AttentionOptions;
  switch (op) {
    case 'attention':
      return attention(t.query as tf.Tensor3D, t.key as tf.Tensor3D, t.value as tf.Tensor3D, heads).outputs;
    case 'selfAttention':
      return selfAttention(t.projected as tf.Tensor3D, heads).outputs;
    case 'layerNorm':
      return layerNorm(x, { gain: t.gain as tf.Tensor1D, bias: t.bias as tf.Tensor1D });
    case 'gelu':
      return gelu(x);
    case 'relu':
      return relu(x);
    case 'softmax':
      return softmax(x);
    case 'embedding':
      return embedding(table, index!);
    case 'addPositions':
      return addPositions(x, table);
    case 'mse':
      return meanSquaredError(t.forecast!, t.target!, { mask });
    case 'mae':
      return meanAbsoluteError(t.forecast!, t.target!, { mask });
    case 'huber':
      return huber(t.forecast!, t.target!, { mask, delta: options?.delta as number });
    case 'pinball':
      return pinball(t.forecast!, t.target!, { mask, levels: options?.levels as number[] });
    case 'crossEntropy':
      return crossEntropy(t.logits!, index!, { mask });
    case 'encoderLayer':
      return encoderLayer(t, heads);
    default:
      throw new Error(`There is no op ${op}.`);
  }
}

export interface Outcome {
  readonly result: Float32Array;
  /** Of sum(weight * result), by input. */
  readonly gradients: Readonly<Record<string, Float32Array>>;
}

/** The result and all gradients of a case; leaves no tensor behind. */
export function outcomeOf(opCase: OpCase, change: (given: Tensors) => Tensors = (given) => given): Outcome {
  return tf.tidy(() => {
    const { given: plain, weight } = inputsOf(opCase);
    const given = change(plain);
    const names = differentiable(opCase);
    const result = runCase(opCase, given).dataSync() as Float32Array;
    const loss = (...values: tf.Tensor[]) => {
      const changed = Object.fromEntries(names.map((name, index) => [name, values[index]!]));
      return tf.sum(tf.mul(runCase(opCase, { ...given, ...changed }), weight));
    };
    const gradients = tf.grads(loss)(names.map((name) => given[name]!));
    const values = gradients.map((gradient) => gradient.dataSync() as Float32Array);
    return { result, gradients: Object.fromEntries(names.map((name, index) => [name, values[index]!])) };
  });
}
