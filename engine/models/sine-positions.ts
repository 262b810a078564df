// Position codes of Vaswani et al. 2017: code[t, 2i] = sin(t r_i), code[t, 2i + 1] = cos(t r_i), r_i = 10000^(-2i / width).
// From + - * / alone, since the last bit of JavaScript's sin and pow differs between machines; float64, kept in float32.
import { deterministicExp, deterministicSineCosine } from './deterministic-functions.ts';

const LN_10000 = 9.210340371976184;

/** [time, width] */
export function sinePositions(time: number, width: number): Float32Array {
  const codes = new Float32Array(time * width);
  for (let pair = 0; 2 * pair < width; pair++) {
    const rate = deterministicExp((-LN_10000 * 2 * pair) / width);
    for (let t = 0; t < time; t++) {
      const { sine, cosine } = deterministicSineCosine(t * rate);
      codes[t * width + 2 * pair] = sine;
      if (2 * pair + 1 < width) codes[t * width + 2 * pair + 1] = cosine;
    }
  }
  return codes;
}
