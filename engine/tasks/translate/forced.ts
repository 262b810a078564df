// What a model says of true texts, each token after the true ones before it (teacher forcing).
import type { WeightLookup } from '../../models/parameters.ts';
import type { SourceField, Translator } from '../../models/translation/translator.ts';
import { logSoftmax } from '../../ops/log-softmax.ts';
import { readValues } from '../../ops/values.ts';
import { targetBatch } from './pair-batch.ts';
import type { ReadPairs } from './read-pairs.ts';

export interface Forced {
  /** Sum of -ln p over all tokens, end signs included. */
  readonly nats: number;
  readonly tokens: number;
  /** Tokens that were the most probable ones. */
  readonly right: number;
}

const MOST_ROWS = 64;
/** Numbers of one answer, [batch, time, tokens]. */
const MOST_CELLS = 2 ** 22;

/** Over the pairs of these rows; each `next` does a batch. */
export function* forcedOver<Read extends { readonly length: number }>(
  model: Translator,
  weight: WeightLookup,
  { sourceOf, targetOf, fieldOf }: ReadPairs<Read>,
  rows: Int32Array,
): Generator<void, Forced, void> {
  const lengthOf = (row: number) => sourceOf(row).length + targetOf(row).length;
  const order = [...rows].toSorted((a, b) => lengthOf(a) - lengthOf(b) || a - b);
  const tokens = model.specs.at(-1)!.shape[0]!;
  let sum: Forced = { nats: 0, tokens: 0, right: 0 };
  for (let at = 0; at < order.length; ) {
    // The longest comes last: it decides how many fit.
    const guess = order.slice(at, at + MOST_ROWS);
    const longest = Math.max(...guess.map((row) => targetOf(row).length));
    const some = guess.slice(0, Math.max(1, Math.floor(MOST_CELLS / (longest * tokens))));
    const found = forcedBatch(model, weight, () => fieldOf(some.map(sourceOf)), some.map(targetOf));
    sum = {
      nats: sum.nats + found.nats,
      tokens: sum.tokens + found.tokens,
      right: sum.right + found.right,
    };
    at += some.length;
    yield;
  }
  return sum;
}

function forcedBatch(
  model: Translator,
  weight: WeightLookup,
  read: () => SourceField,
  targets: readonly Int32Array[],
): Forced {
  let time = 0;
  const logs = readValues(() => {
    const { inputs } = targetBatch(targets);
    time = inputs.shape[1];
    const memory = model.encode(read(), weight, {});
    return logSoftmax(model.decode(inputs, memory, { weight, pass: {} }).logits);
  });
  const size = logs.length / (targets.length * time);
  let nats = 0;
  let right = 0;
  let tokens = 0;
  for (const [row, target] of targets.entries()) {
    for (let at = 1; at < target.length; at++) {
      const first = (row * time + at - 1) * size;
      const said = logs[first + target[at]!]!;
      nats -= said;
      tokens += 1;
      if (isMost(logs, first, size, said)) right += 1;
    }
  }
  return { nats, tokens, right };
}

function isMost(logs: ArrayLike<number>, first: number, size: number, said: number): boolean {
  for (let at = first; at < first + size; at++) if (logs[at]! > said) return false;
  return true;
}
