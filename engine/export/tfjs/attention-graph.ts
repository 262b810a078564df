// Self-attention as stock layers, of a fixed number of steps or of any. TensorFlow.js has no attention layer, so each head has linear layers
// of its own and two `dot`s. The scale of the products is folded into the weights of the queries; position codes and the mask of causal
// attention are added: as tables, or, where the length is not known, from the indices of the steps, which a recurrent layer counts.
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
  EMPTY,
  type Layer,
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
  const steps = x.shape[1]!;
  const codes = positionCodes(model, { name: 'positions', mostSteps: steps }, array);
  const barred = (scores: Node): Node => (model.causal ? addTable(scores, barrier(steps)) : scores);
  return blocks(codes ? addTable(x, codes.values) : x, { model, array, barred });
}

/** The same of x [null, units]. @param mostSteps most steps that the model was made for */
export function attentionOfAnyLength(
  x: Node,
  model: AttentionModel,
  mostSteps: number,
  array: ArrayLookup,
): Node {
  const codes = positionCodes(model, { name: 'positions', mostSteps }, array);
  const indices = codes || model.causal ? countedSteps(x) : null;
  const later = indices && model.causal ? laterBarrier(indices) : null;
  const barred = (scores: Node): Node => (later ? add([scores, later]) : scores);
  return blocks(codes && indices ? add([x, codesOfCounted(indices, codes)]) : x, { model, array, barred });
}

interface Blocks {
  readonly model: AttentionModel;
  readonly array: ArrayLookup;
  /** Scores [steps, steps], those of what may not be seen far below the others. */
  barred(scores: Node): Node;
}

function blocks(x: Node, given: Blocks): Node {
  const { model, array } = given;
  let y = x;
  for (let layer = 0; layer < model.layers; layer++) y = block(y, blockPath(layer), given);
  return model.normalization === 'pre' ? norm(y, 'norm', array) : y;
}

export function norm(x: Node, path: string, array: ArrayLookup): Node {
  const layer = layers.layerNormalization({ axis: -1, epsilon: NORM_EPSILON });
  return apply(layer, x, [array(`${path}/gamma`), array(`${path}/beta`)]);
}

function block(x: Node, path: string, { model, array, barred }: Blocks): Node {
  const attend = (y: Node) => {
    const project = packedProjection(path, model, array);
    return output(path, heads(model, { queries: y, keys: y, project, barred }), array);
  };
  const feed = (y: Node) => feedForward(y, path, model, array);
  if (model.normalization === 'pre') {
    const y = add([x, attend(norm(x, `${path}/norm1`, array))]);
    return add([y, feed(norm(y, `${path}/norm2`, array))]);
  }
  const y = norm(add([x, attend(x)]), `${path}/norm1`, array);
  return norm(add([y, feed(y)]), `${path}/norm2`, array);
}

export function feedForward(x: Node, path: string, { activation }: AttentionModel, array: ArrayLookup): Node {
  const [first, second] = [`${path}/feedForward1`, `${path}/feedForward2`];
  const hidden = dense(x, array(`${first}/kernel`), { activation, bias: array(`${first}/bias`) });
  return dense(hidden, array(`${second}/kernel`), { bias: array(`${second}/bias`) });
}

export const output = (path: string, x: Node, array: ArrayLookup): Node =>
  dense(x, array(`${path}/output/kernel`), { bias: array(`${path}/output/bias`) });

type Part = 'query' | 'key' | 'value';

/** Queries, keys or values of one head, of these steps. */
export type Projection = (x: Node, part: Part, head: number) => Node;

const PARTS: readonly Part[] = ['query', 'key', 'value'];

/** Of weights that lie side by side in one matrix. */
export function packedProjection(path: string, model: AttentionModel, array: ArrayLookup): Projection {
  const kernel = array(`${path}/projection/kernel`);
  const bias = array(`${path}/projection/bias`);
  return (x, part, head) =>
    projected(x, { kernel, bias, first: PARTS.indexOf(part) * model.units }, { model, part, head });
}

/** Of a matrix for each of them: what was written looks at what was read. */
export const splitProjection =
  (path: string, model: AttentionModel, array: ArrayLookup): Projection =>
  (x, part, head) =>
    projected(
      x,
      { kernel: array(`${path}/${part}/kernel`), bias: array(`${path}/${part}/bias`), first: 0 },
      { model, part, head },
    );

interface Columns {
  readonly kernel: Weight;
  readonly bias: Weight;
  /** The first of the part. */
  readonly first: number;
}

interface Projected {
  readonly model: AttentionModel;
  readonly part: Part;
  readonly head: number;
}

function projected(x: Node, { kernel, bias, first }: Columns, { model, part, head }: Projected): Node {
  const dim = model.units / model.heads;
  const scale = part === 'query' ? 1 / Math.sqrt(dim) : 1;
  const from = first + head * dim;
  const width = kernel.shape[1]!;
  const columns = matrix(
    model.units,
    dim,
    (row, column) => scale * kernel.values[row * width + from + column]!,
  );
  const shifts = vector(bias.values.slice(from, from + dim).map((value) => scale * value));
  return dense(x, columns, { bias: shifts });
}

interface Looking {
  /** [looking, units] and [seen, units] */
  readonly queries: Node;
  readonly keys: Node;
  readonly project: Projection;
  /** Of scores [looking, seen]. Default: all may be seen. */
  readonly barred?: ((scores: Node) => Node) | undefined;
}

/** [looking, units]: what each head sees, side by side. */
export function heads({ heads: count }: AttentionModel, { queries, keys, project, barred }: Looking): Node {
  const outputs = Array.from({ length: count }, (_, head) => {
    const scores = apply(layers.dot({ axes: 2 }), [
      project(queries, 'query', head),
      project(keys, 'key', head),
    ]);
    const shares = softmax(barred ? barred(scores) : scores);
    return apply(layers.dot({ axes: [2, 1] }), [shares, project(keys, 'value', head)]);
  });
  return concatenate(outputs, 2);
}

/** [steps, steps]: the barrier where a query (row) would see a later key. */
function barrier(steps: number): Float32Array {
  return Float32Array.from({ length: steps * steps }, (_, at) =>
    at % steps > Math.floor(at / steps) ? BARRIER : 0,
  );
}

interface PositionTable {
  /** Of learned ones. */
  readonly name: string;
  readonly mostSteps: number;
}

/** [steps, units]; null where the model has none. */
export function positionCodes(
  { positions, units }: AttentionModel,
  { name, mostSteps }: PositionTable,
  array: ArrayLookup,
): Weight | null {
  if (positions === 'none') return null;
  if (positions === 'learned') return array(name);
  return { shape: [mostSteps, units], values: sinePositions(mostSteps, units) };
}

/** Rows of a table by their numbers: [...] -> [..., width]. */
export function rowsOfTable(numbers: Node, table: Weight): Node {
  const layer = layers.embedding({ inputDim: table.shape[0]!, outputDim: table.shape[1]! });
  return apply(layer as Layer, numbers, [table]);
}

/** x [null, units] -> [null, 1]: 1, 2, 3 and so on. */
function countedSteps(x: Node): Node {
  const units = x.shape[2]!;
  const counter = layers.simpleRNN({ units: 1, activation: 'linear', returnSequences: true, ...EMPTY });
  return apply(counter as Layer, x, [
    { shape: [units, 1], values: new Float32Array(units) },
    { shape: [1, 1], values: Float32Array.of(1) },
    vector([1]),
  ]);
}

function codesOfCounted(indices: Node, { shape: [rows = 0, width = 0], values }: Weight): Node {
  // Indices are counted from 1.
  const shifted = new Float32Array((rows + 1) * width);
  shifted.set(values, width);
  return reshape(rowsOfTable(indices, { shape: [rows + 1, width], values: shifted }), [-1, width]);
}

/** indices [null, 1] -> [null, null]: 0 where a query (row) may see a key, else at most the barrier. */
function laterBarrier(indices: Node): Node {
  const line = (ofIndex: number, alone: number, second: readonly [number, number]): Node =>
    dense(
      indices,
      { shape: [1, 2], values: Float32Array.of(ofIndex, second[0]) },
      {
        bias: vector([alone, second[1]]),
      },
    );
  // The index of the query less that of the key, times the barrier's size: below 0 where the key is later.
  const ahead = apply(layers.dot({ axes: 2 }), [line(-BARRIER, 0, [0, 1]), line(0, 1, [BARRIER, 0])]);
  const zeros = apply(layers.dot({ axes: 2 }), [line(0, 0, [0, 0]), line(0, 0, [0, 0])]);
  return apply(layers.minimum(), [ahead, zeros]);
}
