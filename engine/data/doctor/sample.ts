// A part of many values that stands for all: of long columns the doctor looks at some, the same ones each time.

/** More are not looked at one by one. */
const MOST = 65_536;

/**
 * About `most` of the values, in order; all where they are not many more. The distances vary, so that no season of the data meets the same hour again
 * and again.
 */
export function sampleOf(values: Float64Array, most = MOST): Float64Array {
  const stride = Math.floor(values.length / most);
  if (stride < 2) return values;
  const sample = new Float64Array(Math.ceil(values.length / stride) + most);
  let state = 1;
  let count = 0;
  for (let at = 0; at < values.length && count < sample.length; ) {
    sample[count++] = values[at]!;
    state = (state * 48_271) % 2_147_483_647;
    at += 1 + (state % (2 * stride - 1));
  }
  return sample.subarray(0, count);
}
