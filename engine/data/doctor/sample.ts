// A part of many values that stands for all: of long columns the doctor looks at some, the same ones each time.

/** More are not looked at one by one. */
const MOST = 65_536;

/**
 * About `most` of the values, in order; all where they are not many more. The distances vary, so that no season of the data meets the same hour again
 * and again.
 */
export function sampleOf(values: Float64Array, most = MOST): Float64Array {
  const positions = samplePositions(values.length, most);
  if (positions === null) return values;
  const sample = new Float64Array(positions.length);
  for (let i = 0; i < positions.length; i++) sample[i] = values[positions[i]!]!;
  return sample;
}

/** Positions of the sample among `length` values; null where it is all of them. */
export function samplePositions(length: number, most = MOST): Uint32Array | null {
  const stride = Math.floor(length / most);
  return stride < 2 ? null : positionsOf(length, stride, most);
}

/** Columns of a table have one length: their positions are found once. */
const kept = new Map<string, Uint32Array>();
const MOST_KEPT = 8;

function positionsOf(length: number, stride: number, most: number): Uint32Array {
  const key = `${length} ${most}`;
  const known = kept.get(key);
  if (known) return known;
  const positions = new Uint32Array(Math.ceil(length / stride) + most);
  let state = 1;
  let count = 0;
  for (let at = 0; at < length && count < positions.length; ) {
    positions[count++] = at;
    state = (state * 48_271) % 2_147_483_647;
    at += 1 + (state % (2 * stride - 1));
  }
  const found = positions.slice(0, count);
  const [oldest] = kept.keys();
  if (kept.size >= MOST_KEPT && oldest !== undefined) kept.delete(oldest);
  kept.set(key, found);
  return found;
}
