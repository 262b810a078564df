/** Whole float64 numbers as int64. */
export function wholeNumbers(values: Float64Array): BigInt64Array {
  const whole = new BigInt64Array(values.length);
  const words = new Int32Array(whole.buffer);
  for (let i = 0; i < values.length; i++) {
    const high = Math.floor(values[i]! / 2 ** 32);
    words[2 * i] = values[i]! - high * 2 ** 32;
    words[2 * i + 1] = high;
  }
  return whole;
}
