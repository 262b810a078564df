// Draws the next token from what a model says, in float64 from a random stream of its own, so that the same seed and weights give the same
// text everywhere. Temperature, top-k, top-p (Holtzman et al. 2020) and a penalty for repetition (Keskar et al. 2019).
import { deterministicExp } from '../../numerics/deterministic-math.ts';

export interface SamplingOptions {
  /** 0: always the most probable token. */
  readonly temperature: number;
  /** Only the `topK` most probable tokens; null: all. */
  readonly topK: number | null;
  /** Only the most probable tokens that together have this probability; 1: all. */
  readonly topP: number;
  /** Above 1: tokens that came lately become less probable. */
  readonly repetitionPenalty: number;
}

export interface Drawn {
  readonly token: number;
  /** That the model gave it, before any of the options. */
  readonly probability: number;
}

/** Tokens that count as lately. */
export const RECENT = 64;

/**
 * @param logits [tokens] before softmax
 * @param refused a token that never comes
 * @param recent tokens that came lately
 */
export function drawToken(
  logits: ArrayLike<number>,
  { temperature, topK, topP, repetitionPenalty }: SamplingOptions,
  {
    refused,
    recent,
    uniform,
  }: { readonly refused: number; readonly recent: Iterable<number>; uniform(): number },
): Drawn {
  const values = Float64Array.from(logits);
  const said = softmax(values);
  values[refused] = Number.NEGATIVE_INFINITY;
  if (repetitionPenalty !== 1) {
    for (const token of new Set(recent))
      values[token]! *= values[token]! > 0 ? 1 / repetitionPenalty : repetitionPenalty;
    values[refused] = Number.NEGATIVE_INFINITY;
  }
  const token =
    temperature === 0
      ? values.indexOf(values.reduce((most, value) => Math.max(most, value)))
      : drawn(values, { temperature, topK, topP, uniform });
  return { token, probability: said[token]! };
}

interface Drawing {
  readonly temperature: number;
  readonly topK: number | null;
  readonly topP: number;
  uniform(): number;
}

function drawn(values: Float64Array, { temperature, topK, topP, uniform }: Drawing): number {
  const p = softmax(values.map((value) => value / temperature));
  const isLimited = (topK !== null && topK < p.length) || topP < 1;
  if (isLimited) limit(p, topK ?? p.length, topP);
  const point = uniform() * p.reduce((sum, share) => sum + share, 0);
  let sum = 0;
  let last = 0;
  for (let token = 0; token < p.length; token++) {
    if (p[token] === 0) continue;
    last = token;
    sum += p[token]!;
    if (point < sum) return token;
  }
  return last;
}

/** Sets what is not taken to 0. Of equally probable tokens the first ones are taken; one always is. */
function limit(p: Float64Array, most: number, share: number): void {
  const order = [...p.keys()].toSorted((a, b) => p[b]! - p[a]! || a - b);
  let sum = 0;
  for (const [index, token] of order.entries()) {
    if (index > 0 && (index >= most || sum >= share)) p[token] = 0;
    else sum += p[token]!;
  }
}

function softmax(values: Float64Array): Float64Array {
  const most = values.reduce((largest, value) => Math.max(largest, value), Number.NEGATIVE_INFINITY);
  const p = values.map((value) => (value === Number.NEGATIVE_INFINITY ? 0 : deterministicExp(value - most)));
  const sum = p.reduce((total, share) => total + share, 0);
  return p.map((share) => share / sum);
}
