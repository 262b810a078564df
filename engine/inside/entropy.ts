// The entropy of shares, by a table of logarithms: within 1e-7, in a fraction of the time of Math.log. A grid of heads takes millions of them.

/** Bits of the fraction that choose a line of the table. */
const BITS = 11;
const LINES = 2 ** BITS;
/** At the middle of each line's values between 1 and 2. */
const MIDDLES = Float64Array.from({ length: LINES }, (_, line) => 1 + (line + 0.5) / LINES);
const LOGS = MIDDLES.map((middle) => Math.log(middle));
const INVERSES = MIDDLES.map((middle) => 1 / middle);

const FRACTION = 2 ** 23;

/** -sum of p ln p, in nats; shares of 0 count nothing. */
export function entropyOf(shares: Float32Array): number {
  const bits = new Uint32Array(shares.buffer, shares.byteOffset, shares.length);
  let entropy = 0;
  for (let at = 0; at < shares.length; at++) {
    const pattern = bits[at]!;
    const exponent = (pattern >>> 23) - 127;
    // Of zero and of what is too small for its logarithm to count.
    if (exponent <= -127 || exponent > 0) continue;
    const line = (pattern >>> (23 - BITS)) & (LINES - 1);
    const fraction = 1 + (pattern & (FRACTION - 1)) / FRACTION;
    const log = exponent * Math.LN2 + LOGS[line]! + (fraction * INVERSES[line]! - 1);
    entropy -= shares[at]! * log;
  }
  return entropy;
}
