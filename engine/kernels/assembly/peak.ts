// The most that 128-bit SIMD can do here: multiply-adds in registers only, for the benchmark.
import { mad } from './fused';

/**
 * Runs `rounds` rounds of 12 independent chains x <- x f + g of 4 lanes: 96 floating-point operations a round. Twelve
 * chains cover the latency on two pipes.
 */
export function peak(rounds: i32, factor: f32): f32 {
  const f = f32x4.splat(factor), g = f32x4.splat(1 - factor);
  let a = g, b = g, c = g, d = g, e = g, h = g, i = g, j = g, k = g, l = g, m = g, n = g;
  for (let round = 0; round < rounds; round++) {
    a = mad(a, f, g); b = mad(b, f, g);
    c = mad(c, f, g); d = mad(d, f, g);
    e = mad(e, f, g); h = mad(h, f, g);
    i = mad(i, f, g); j = mad(j, f, g);
    k = mad(k, f, g); l = mad(l, f, g);
    m = mad(m, f, g); n = mad(n, f, g);
  }
  const first = f32x4.add(f32x4.add(f32x4.add(a, b), f32x4.add(c, d)), f32x4.add(e, h));
  const second = f32x4.add(f32x4.add(f32x4.add(i, j), f32x4.add(k, l)), f32x4.add(m, n));
  return f32x4.extract_lane(f32x4.add(first, second), 0);
}
