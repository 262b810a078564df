// Blocks of attention that read one token: of each block the steps so far go in, and come out with the new one behind them, so that a program
// can keep them as it keeps the states of recurrent layers. Only the new step looks, so nothing later has to be hidden.
import type { AttentionModel } from '../../contract/experiment/model.ts';
import {
  feedForward,
  heads,
  norm,
  output,
  packedProjection,
  positionCodes,
  rowsOfTable,
  splitProjection,
} from './attention-graph.ts';
import { type ArrayLookup, add, concatenate, dense, inputNode, type Node, vector } from './net.ts';

export interface OneStepBlocks {
  readonly model: AttentionModel;
  readonly array: ArrayLookup;
  pathOf(layer: number): string;
  /** Names of the last normalisation, and of learned position codes. */
  readonly norm: string;
  readonly positions: string;
  /** Most steps that the model was made for. */
  readonly mostSteps: number;
  /** [null, units]: what was read, which every block looks at too. */
  readonly memory?: Node | undefined;
}

export interface OneStepAttention {
  /** The number of tokens before [1], then the steps so far of each block [null, units]: inputs of the model. */
  readonly before: readonly Node[];
  /** The same after the token. */
  readonly after: readonly Node[];
  /** [1, units] */
  readonly outputs: Node;
}

/** Shapes of `before` where no token has been read. */
export const firstStates = ({ layers, units }: AttentionModel): number[][] => [
  [1],
  ...Array.from({ length: layers }, () => [0, units]),
];

/** @param token vector of the token, [1, units] */
export function oneStepAttention(token: Node, given: OneStepBlocks): OneStepAttention {
  const { model, array, mostSteps, positions, pathOf } = given;
  const index = inputNode([1], 'index');
  const caches = Array.from({ length: model.layers }, (_, layer) =>
    inputNode([null, model.units], `steps${layer}`),
  );
  const next = dense(index, { shape: [1, 1], values: Float32Array.of(1) }, { bias: vector([1]) });
  const codes = positionCodes(model, { name: positions, mostSteps }, array);
  let x = codes ? add([token, rowsOfTable(index, codes)]) : token;
  const after = caches.map((cache, layer) => {
    const { steps, y } = blockOf(x, cache, pathOf(layer), given);
    x = y;
    return steps;
  });
  return {
    before: [index, ...caches],
    after: [next, ...after],
    outputs: model.normalization === 'pre' ? norm(x, given.norm, array) : x,
  };
}

/** `steps`: what the block's own attention sees, the new step last. */
function blockOf(
  x: Node,
  cache: Node,
  path: string,
  { model, array, memory }: OneStepBlocks,
): { readonly steps: Node; readonly y: Node } {
  let steps = cache;
  const parts: readonly ((z: Node) => Node)[] = [
    (z) => {
      steps = concatenate([cache, z], 1);
      const project = packedProjection(path, model, array);
      return output(path, heads(model, { queries: z, keys: steps, project }), array);
    },
    ...(memory
      ? [
          (z: Node) => {
            const project = splitProjection(`${path}/read`, model, array);
            return output(`${path}/read`, heads(model, { queries: z, keys: memory, project }), array);
          },
        ]
      : []),
    (z) => feedForward(z, path, model, array),
  ];
  let y = x;
  for (const [index, part] of parts.entries()) {
    const name = `${path}/norm${index + 1}`;
    y =
      model.normalization === 'pre'
        ? add([y, part(norm(y, name, array))])
        : norm(add([y, part(y)]), name, array);
  }
  return { steps, y };
}
