// The discrete Fourier transform of a power of two of values, in place (Cooley and Tukey).
import { deterministicSineCosine } from '../../numerics/deterministic-math.ts';

/** @param re [n] real parts @param im [n] imaginary parts; n is a power of two */
export function transform(re: Float64Array, im: Float64Array): void {
  const n = re.length;
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) {
      [re[i], re[j]] = [re[j]!, re[i]!];
      [im[i], im[j]] = [im[j]!, im[i]!];
    }
  }
  const cosines = new Float64Array(n >> 1);
  const sines = new Float64Array(n >> 1);
  for (let k = 0; k < n >> 1; k++) {
    const { sine, cosine } = deterministicSineCosine((-2 * Math.PI * k) / n);
    cosines[k] = cosine;
    sines[k] = sine;
  }
  for (let size = 2; size <= n; size <<= 1) {
    const [half, stride] = [size >> 1, n / size];
    for (let start = 0; start < n; start += size) {
      for (let k = 0; k < half; k++) {
        const [a, b] = [start + k, start + k + half];
        const [c, s] = [cosines[k * stride]!, sines[k * stride]!];
        const [x, y] = [re[b]! * c - im[b]! * s, re[b]! * s + im[b]! * c];
        re[b] = re[a]! - x;
        im[b] = im[a]! - y;
        re[a] = re[a]! + x;
        im[a] = im[a]! + y;
      }
    }
  }
}
