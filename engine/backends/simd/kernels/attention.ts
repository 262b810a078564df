// Attention on the simd backend: the forward pass, which never stores the weight matrix, and its gradient.
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { type DropoutChoice, dropThreshold, keepFactor } from '../../../kernels/philox.ts';
import type { SimdBackend } from '../backend.ts';
import { countFastPath } from '../register.ts';

/** Part of the rows of a tensor [batch, time, row]: `heads * dim` floats from `offset` on. */
export interface AttentionPart {
  readonly tensor: TensorInfo;
  readonly offset: number;
}

export interface AttentionParts {
  readonly query: AttentionPart;
  readonly key: AttentionPart;
  readonly value: AttentionPart;
}

export interface AttentionCall extends AttentionParts {
  readonly heads: number;
  /** Floats of a head. */
  readonly dim: number;
  /** [batch, keys], 0 at padding */
  readonly mask: TensorInfo | undefined;
  readonly causal: boolean;
  readonly scale: number;
  readonly dropout: DropoutChoice | undefined;
}

export interface AttentionKept {
  /** [batch, queries, heads * dim] */
  readonly outputs: TensorInfo;
  /** Logarithm (base 2) of every query's sum of exponentials, [batch, heads, queries]; infinite where a query sees no key. */
  readonly logs: TensorInfo;
}

/** As in assembly/attention.ts and assembly/attention-backward.ts. */
const FORWARD_FLOATS = 40 + 2 * 8 * 512;
const BACKWARD_ROWS = 96;
const BACKWARD_PANELS = 16;
const BACKWARD_FLOATS =
  2 * BACKWARD_ROWS + 8 + 3 * 8 * BACKWARD_ROWS + BACKWARD_PANELS * (8 * BACKWARD_ROWS + 16);
/** Queries of a piece where there are too few heads to share out. */
const CHUNK = 64;

const roundUp = (value: number, multiple: number) => Math.ceil(value / multiple) * multiple;
const rowOf = ({ tensor }: AttentionPart) => tensor.shape[2]!;

function sizesOf({ query, key }: AttentionCall) {
  return { batch: query.tensor.shape[0]!, queries: query.tensor.shape[1]!, keys: key.tensor.shape[1]! };
}

function addressOf(backend: SimdBackend, { tensor, offset }: AttentionPart): number {
  return backend.pointerOf(tensor) + 4 * offset;
}

function withDescription(
  backend: SimdBackend,
  call: AttentionCall,
  { outputs, logs }: AttentionKept,
  threadFloats: number,
  use: () => void,
): void {
  const { batch, queries, keys } = sizesOf(call);
  const { heads, dim, query, key, value, mask, causal, scale, dropout } = call;
  const threadBytes = roundUp(4 * threadFloats, 64);
  const kernels = backend.kernels.exports;
  backend.withScratch(backend.kernels.poolThreads * threadBytes, (work) => {
    kernels.attentionDescribe(
      batch,
      heads,
      queries,
      keys,
      dim,
      addressOf(backend, query),
      rowOf(query),
      addressOf(backend, key),
      rowOf(key),
      addressOf(backend, value),
      rowOf(value),
      backend.pointerOf(outputs),
      backend.pointerOf(logs),
      backend.pointerOrZero(mask),
      causal ? 1 : 0,
      scale,
      work,
      threadBytes,
    );
    if (dropout) {
      const { seed, stream, step } = dropout.key;
      kernels.attentionDropout(seed, stream, step, dropThreshold(dropout.rate), keepFactor(dropout.rate));
    }
    use();
  });
}

export function attentionForward(
  backend: SimdBackend,
  call: AttentionCall,
  withWeights: boolean,
): AttentionKept & { readonly weights: TensorInfo | undefined } {
  const { batch, queries, keys } = sizesOf(call);
  const { heads, dim } = call;
  const kept = {
    outputs: backend.allocate([batch, queries, heads * dim]),
    logs: backend.allocate([batch, heads, queries]),
  };
  const weights = withWeights ? backend.allocate([batch, heads, queries, keys]) : undefined;
  const floats = FORWARD_FLOATS + roundUp(dim, 4) * (2 * 8 + roundUp(keys, 4) + keys) + roundUp(keys, 4);
  // A query's result does not depend on its piece: whole heads pack keys and values once.
  const chunk = batch * heads >= 4 * backend.kernels.threads ? roundUp(queries, 8) : CHUNK;
  withDescription(backend, call, kept, floats, () =>
    backend.kernels.exports.attentionForward(chunk, backend.pointerOrZero(weights)),
  );
  countFastPath('attentionForward');
  return { ...kept, weights };
}

/** Writes the gradients to `gradients`, whose tensors have the shapes of the call's. */
export function attentionBackward(
  backend: SimdBackend,
  call: AttentionCall,
  kept: AttentionKept,
  dOutputs: TensorInfo,
  gradients: AttentionParts,
): void {
  const { keys } = sizesOf(call);
  const [deep, dim8, keys8] = [roundUp(call.dim, 4), roundUp(call.dim, 8), roundUp(keys, 8)];
  const ofKeys = keys8 * (4 * deep + dim8);
  const ofRows = BACKWARD_ROWS * (4 * deep + dim8);
  withDescription(backend, call, kept, BACKWARD_FLOATS + ofKeys + ofRows, () =>
    backend.kernels.exports.attentionBackward(
      backend.pointerOf(dOutputs),
      addressOf(backend, gradients.query),
      addressOf(backend, gradients.key),
      addressOf(backend, gradients.value),
    ),
  );
  countFastPath('attentionBackward');
}
