// Stateless random numbers: Philox4x32-10 (Salmon et al., Parallel random numbers: as easy as 1, 2, 3, 2011). The compiled
// kernels draw the same numbers (assembly/random.ts); this plain form is for other backends and for tests.

/** Names one use of randomness, three 32-bit words: equal keys give equal numbers, different ones independent numbers. */
export interface RandomKey {
  /** Of the run, drawn from its dropout stream. */
  readonly seed: number;
  /** The position of the dropout in the model. */
  readonly stream: number;
  /** The training step. */
  readonly step: number;
}

export interface DropoutChoice {
  /** Probability of being dropped, 0 to below 1; what stays is multiplied by 1 / (1 - rate). */
  readonly rate: number;
  readonly key: RandomKey;
}

const MULTIPLIERS = [0xd2511f53, 0xcd9e8d57] as const;
const BUMPS = [0x9e3779b9, 0xbb67ae85] as const;

/** Upper 32 bits of the product of two unsigned 32-bit words. */
function multiplyHigh(a: number, b: number): number {
  const [aHigh, aLow, bHigh, bLow] = [a >>> 16, a & 0xffff, b >>> 16, b & 0xffff];
  const middle = aHigh * bLow + Math.floor((aLow * bLow) / 65536);
  const other = aLow * bHigh + (middle % 65536);
  return (aHigh * bHigh + Math.floor(middle / 65536) + Math.floor(other / 65536)) >>> 0;
}

export type Counter = readonly [number, number, number, number];

/** Four random words of 32 bits for a counter of four words. */
export function philox(counter: Counter, seed: number, stream: number): Counter {
  let [c0, c1, c2, c3] = counter;
  let [key0, key1] = [seed | 0, stream | 0];
  for (let round = 0; round < 10; round++) {
    const [high0, high1] = [multiplyHigh(MULTIPLIERS[0], c0), multiplyHigh(MULTIPLIERS[1], c2)];
    const [low0, low1] = [Math.imul(MULTIPLIERS[0], c0), Math.imul(MULTIPLIERS[1], c2)];
    [c0, c1, c2, c3] = [(high1 ^ c1 ^ key0) >>> 0, low1 >>> 0, (high0 ^ c3 ^ key1) >>> 0, low0 >>> 0];
    key0 = (key0 + BUMPS[0]) | 0;
    key1 = (key1 + BUMPS[1]) | 0;
  }
  return [c0, c1, c2, c3];
}

/** The upper 24 bits of a word below which it is dropped; at least 1, because 0 means no dropout to the kernels. */
export function dropThreshold(rate: number): number {
  return Math.max(1, Math.round(rate * 2 ** 24));
}

/** What is multiplied where nothing is dropped, as a float32. */
export function keepFactor(rate: number): number {
  return Math.fround(1 / (1 - rate));
}

/** 0 or 1 / (1 - rate) for every element of an array: element e has counter (e >> 4) * 4 + e % 4 and its word (e >> 2) % 4. */
export function dropoutFactors(count: number, { rate, key }: DropoutChoice): Float32Array {
  const [threshold, factor] = [dropThreshold(rate), keepFactor(rate)];
  const factors = new Float32Array(count);
  for (let counter = 0; counter < Math.ceil(count / 16) * 4; counter++) {
    philox([counter, 0, key.step, 0], key.seed, key.stream).forEach((word, index) => {
      const element = (counter >> 2) * 16 + index * 4 + (counter & 3);
      if (element < count && word >>> 8 >= threshold) factors[element] = factor;
    });
  }
  return factors;
}

export interface WeightsShape {
  /** batch * heads */
  readonly pairs: number;
  readonly queries: number;
  readonly keys: number;
}

/** The same for attention's weights [pairs, queries, keys]: counter (query, key >> 2, step, pair), word key % 4. */
export function attentionDropoutFactors(shape: WeightsShape, { rate, key }: DropoutChoice): Float32Array {
  const [threshold, factor] = [dropThreshold(rate), keepFactor(rate)];
  const { pairs, queries, keys } = shape;
  const factors = new Float32Array(pairs * queries * keys);
  for (let row = 0; row < pairs * queries; row++) {
    for (let four = 0; four < Math.ceil(keys / 4); four++) {
      const counter: Counter = [row % queries, four, key.step, Math.floor(row / queries)];
      philox(counter, key.seed, key.stream).forEach((word, index) => {
        const column = 4 * four + index;
        if (column < keys && word >>> 8 >= threshold) factors[row * keys + column] = factor;
      });
    }
  }
  return factors;
}
