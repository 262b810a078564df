// Self-attention as stock layers. TensorFlow.js has no attention layer, so each head has linear layers of its own and two `dot`s.
// The scale of the products is folded into the weights of the queries; position codes and the mask of causal attention are tables
// that are added.
import { layers } from '@tensorflow/tfjs-layers';
import type { AttentionModel } from '../../contract/experiment/model.ts';
import { blockPath } from '../../models/bodies/attention-block.ts';
import { NORM_EPSILON } from '../../models/layer-norm.ts';
import { sinePositions } from '../../ops/attention/positions.ts';
import {
  type ArrayLookup,
  add,
  addTable,
  apply,
  concatenate,
  dense,
  lastStep,
  matrix,
  type Node,
  reshape,
  softmax,
  vector,
  type Weight,
} from './net.ts';

/** Far below every score, and far from the end of float32: its share after softmax is exactly 0. */
const BARRIER = -1e9;

/** x [steps, units] (embedded) -> the encoding. */
export function attentionEncoding(x: Node, model: AttentionModel, array: ArrayLookup): Node {
  const [, steps, units] = x.shape as [null, number, number];
  const y = attentionSteps(x, model, array);
  if (model.readout === 'mean') return apply(layers.globalAveragePooling1d({}), y);
  return model.readout === 'last' ? lastStep(y) : reshape(y, [steps * units]);
}

/** x [steps, units] (embedded) -> [steps, units], before any readout. */
export function attentionSteps(x: Node, model: AttentionModel, array: ArrayLookup): Node {
  const [, steps, units] = x.shape as [null, number, number];
  const { positions, layers: count, normalization } = model;
  let y = x;
  if (positions === 'sine') y = addTable(y, sinePositions(steps, units));
  if (positions === 'learned') y = addTable(y, array('positions').values);
  for (let layer = 0; layer < count; layer++) y = block(y, model, layer, array);
  return normalization === 'pre' ? norm(y, 'norm', array) : y;
}

function norm(x: Node, path: string, array: ArrayLookup): Node {
  const layer = layers.layerNormalization({ axis: -1, epsilon: NORM_EPSILON });
  return apply(layer, x, [array(`${path}/gamma`), array(`${path}/beta`)]);
}

function block(x: Node, model: AttentionModel, layer: number, array: ArrayLookup): Node {
  const path = blockPath(layer);
  const { activation } = model;
  const attend = (y: Node) => attention(y, model, path, array);
  const feed = (y: Node) => {
    const [first, second] = [`${path}/feedForward1`, `${path}/feedForward2`];
    const hidden = dense(y, array(`${first}/kernel`), { activation, bias: array(`${first}/bias`) });
    return dense(hidden, array(`${second}/kernel`), { bias: array(`${second}/bias`) });
  };
  if (model.normalization === 'pre') {
    const y = add([x, attend(norm(x, `${path}/norm1`, array))]);
    return add([y, feed(norm(y, `${path}/norm2`, array))]);
  }
  const y = norm(add([x, attend(x)]), `${path}/norm1`, array);
  return norm(add([y, feed(y)]), `${path}/norm2`, array);
}

function attention(
  x: Node,
  { heads, causal, units }: AttentionModel,
  path: string,
  array: ArrayLookup,
): Node {
  const dim = units / heads;
  const steps = x.shape[1]!;
  const kernel = array(`${path}/projection/kernel`);
  const bias = array(`${path}/projection/bias`);
  /** Columns of queries (0), keys (1) or values (2) of one head. */
  const project = (part: number, head: number, scale = 1): Node => {
    const first = part * units + head * dim;
    const columns: Weight = matrix(
      units,
      dim,
      (row, column) => scale * kernel.values[row * 3 * units + first + column]!,
    );
    const shifts = vector(bias.values.slice(first, first + dim).map((value) => scale * value));
    return dense(x, columns, { bias: shifts });
  };
  const outputs = Array.from({ length: heads }, (_, head) => {
    const query = project(0, head, 1 / Math.sqrt(dim));
    const scores = apply(layers.dot({ axes: 2 }), [query, project(1, head)]); // [steps, steps]
    const barred = causal ? addTable(scores, barrier(steps)) : scores;
    return apply(layers.dot({ axes: [2, 1] }), [softmax(barred), project(2, head)]);
  });
  const output = `${path}/output`;
  return dense(concatenate(outputs, 2), array(`${output}/kernel`), { bias: array(`${output}/bias`) });
}

/** [steps, steps]: the barrier where a query (row) would see a later key. */
function barrier(steps: number): Float32Array {
  return Float32Array.from({ length: steps * steps }, (_, at) =>
    at % steps > Math.floor(at / steps) ? BARRIER : 0,
  );
}
