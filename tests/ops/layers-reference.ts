// The ops of layers.cases.json as plain loops in float64, straight from their formulas: the reference for compiled and composed
// ops, and for central differences.
import type { OpCase } from './op-cases.ts';

export type Arrays = Readonly<Record<string, Float64Array>>;
type Reference = (
  inputs: Arrays,
  shapes: OpCase['inputs'],
  options: Readonly<Record<string, unknown>>,
) => number[];

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** Gauss's error function by its series, whose terms have one sign. */
function erf(x: number): number {
  let term = x;
  let total = x;
  for (let n = 1; n < 200; n++) {
    term *= (2 * x * x) / (2 * n + 1);
    total += term;
  }
  return Math.abs(x) > 6 ? Math.sign(x) : (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * total;
}

function softmaxOf(scores: readonly number[]): number[] {
  const most = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - most));
  const total = sum(powers);
  return powers.map((power) => power / total);
}

interface AttentionSizes {
  readonly batch: number;
  readonly queries: number;
  readonly keys: number;
  readonly width: number;
}

/** Weights of one query over the keys that it may see; all 0 where there are none. */
export function referenceWeights(
  { query, key, mask }: Arrays,
  { queries, keys, width }: AttentionSizes,
  options: Readonly<Record<string, unknown>>,
  at: { readonly entry: number; readonly head: number; readonly row: number },
): number[] {
  const dim = width / (options.heads as number);
  const { entry, head, row } = at;
  const visible = (column: number) =>
    mask?.[entry * keys + column] !== 0 && (!options.causal || column - (keys - queries) <= row);
  const score = (column: number) => {
    let product = 0;
    for (let d = head * dim; d < (head + 1) * dim; d++) {
      product += query![(entry * queries + row) * width + d]! * key![(entry * keys + column) * width + d]!;
    }
    return product * ((options.scale as number | undefined) ?? 1 / Math.sqrt(dim));
  };
  const columns = Array.from({ length: keys }, (_, column) => column).filter(visible);
  const weights = softmaxOf(columns.map(score));
  const all = new Array<number>(keys).fill(0);
  columns.forEach((column, index) => {
    all[column] = weights[index]!;
  });
  return all;
}

const attention: Reference = (inputs, shapes, options) => {
  const [batch, queries, width] = shapes.query as [number, number, number];
  const sizes = { batch, queries, keys: shapes.key![1]!, width };
  const heads = options.heads as number;
  const output = new Array<number>(batch * queries * width).fill(0);
  for (let entry = 0; entry < batch; entry++) {
    for (let head = 0; head < heads; head++) {
      for (let row = 0; row < queries; row++) {
        referenceWeights(inputs, sizes, options, { entry, head, row }).forEach((weight, column) => {
          if (weight === 0) return;
          for (let d = (head * width) / heads; d < ((head + 1) * width) / heads; d++) {
            const value = inputs.value![(entry * sizes.keys + column) * width + d]!;
            output[(entry * queries + row) * width + d]! += weight * value;
          }
        });
      }
    }
  }
  return output;
};

const selfAttention: Reference = ({ projected, mask }, shapes, options) => {
  const [batch, time, triple] = shapes.projected as [number, number, number];
  const width = triple / 3;
  const part = (position: number) =>
    Float64Array.from({ length: batch * time * width }, (_, index) => {
      const row = Math.floor(index / width);
      return projected![row * triple + position * width + (index % width)]!;
    });
  const shape = [batch, time, width];
  const inputs = { query: part(0), key: part(1), value: part(2), ...(mask ? { mask } : {}) };
  return attention(inputs, { query: shape, key: shape, value: shape }, options);
};

const layerNorm: Reference = ({ x, gain, bias }, shapes) => {
  const columns = shapes.x!.at(-1)!;
  const output: number[] = [];
  for (let first = 0; first < x!.length; first += columns) {
    const row = [...x!.subarray(first, first + columns)];
    const mean = sum(row) / columns;
    const variance = sum(row.map((value) => (value - mean) ** 2)) / columns;
    row.forEach((value, column) => {
      const normal = (value - mean) / Math.sqrt(variance + 1e-5);
      output.push(normal * (gain?.[column] ?? 1) + (bias?.[column] ?? 0));
    });
  }
  return output;
};

/** Mean of the costs over the cells that the mask knows; `columns` cells share one cell of target and mask. */
function cells(
  cost: (error: number, column: number, options: Readonly<Record<string, unknown>>) => number,
): Reference {
  return ({ forecast, target, mask }, shapes, options) => {
    const columns = shapes.forecast!.length > shapes.target!.length ? shapes.forecast!.at(-1)! : 1;
    const costs = [...forecast!].flatMap((value, index) => {
      const position = Math.floor(index / columns);
      return mask && mask[position] === 0 ? [] : [cost(value - target![position]!, index % columns, options)];
    });
    return [costs.length === 0 ? 0 : sum(costs) / costs.length];
  };
}

const crossEntropy: Reference = ({ logits, index, mask }, shapes) => {
  const classes = shapes.logits!.at(-1)!;
  const costs = [...index!].flatMap((label, row) => {
    if (mask && mask[row] === 0) return [];
    const scores = [...logits!.subarray(row * classes, (row + 1) * classes)];
    const most = Math.max(...scores);
    return [Math.log(sum(scores.map((score) => Math.exp(score - most)))) + most - scores[label]!];
  });
  return [costs.length === 0 ? 0 : sum(costs) / costs.length];
};

/** Results of every op, row-major. */
export const references: Readonly<Record<string, Reference>> = {
  attention,
  selfAttention,
  layerNorm,
  gelu: ({ x }) => [...x!].map((value) => (value * (1 + erf(value / Math.SQRT2))) / 2),
  relu: ({ x }) => [...x!].map((value) => Math.max(value, 0)),
  softmax: ({ x }, shapes) => {
    const columns = shapes.x!.at(-1)!;
    const rows = Array.from({ length: x!.length / columns }, (_, row) => row * columns);
    return rows.flatMap((first) => softmaxOf([...x!.subarray(first, first + columns)]));
  },
  embedding: ({ table, index }, shapes) => {
    const columns = shapes.table![1]!;
    return [...index!].flatMap((row) => [...table!.subarray(row * columns, (row + 1) * columns)]);
  },
  addPositions: ({ x, table }, shapes) => {
    const period = shapes.x![1]! * shapes.x![2]!;
    return [...x!].map((value, index) => value + table![index % period]!);
  },
  mse: cells((error) => error ** 2),
  mae: cells(Math.abs),
  huber: cells((error, _, options) => {
    const delta = options.delta as number;
    return Math.abs(error) <= delta ? error ** 2 / 2 : delta * (Math.abs(error) - delta / 2);
  }),
  pinball: cells((error, column, options) => {
    const level = (options.levels as number[])[column]!;
    return Math.max(-level * error, (1 - level) * error);
  }),
  crossEntropy,
};

/** Derivatives of sum(weight * result) for one input, by central differences. */
export function centralDifferences(
  { op, inputs: shapes, options = {} }: OpCase,
  inputs: Arrays,
  weight: ArrayLike<number>,
  name: string,
): Float64Array {
  const step = 1e-5;
  const loss = (values: Float64Array) =>
    sum(
      references[op]!({ ...inputs, [name]: values }, shapes, options).map(
        (value, index) => value * weight[index]!,
      ),
    );
  return inputs[name]!.map((value, index) => {
    const moved = (by: number) => loss(inputs[name]!.with(index, value + by));
    return (moved(step) - moved(-step)) / (2 * step);
  });
}
