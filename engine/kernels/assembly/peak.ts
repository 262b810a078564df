// The peak speed of the processor's SIMD: multiply-adds in registers only, for the benchmark.
import { scratch, wide } from './control';
import { mad } from './fused';

/** Floating-point operations of a round of `peak`. */
export function peakOperations(): i32 {
  return wide() ? 192 : 96;
}

/** Runs `rounds` rounds of 12 independent chains x <- x f + g, which cover the latency on two pipes: of 4 lanes, or of 8 that are joined. */
export function peak(rounds: i32, factor: f32): void {
  if (wide()) joined(rounds, factor);
  else apart(rounds, factor);
}

function joined(rounds: i32, factor: f32): void {
  const f = f32x4.splat(factor), g = f32x4.splat(1 - factor), spare = scratch();
  let x0 = g, x1 = g, x2 = g, x3 = g, x4 = g, x5 = g, x6 = g, x7 = g, x8 = g, x9 = g, x10 = g, x11 = g;
  let x12 = g, x13 = g, x14 = g, x15 = g, x16 = g, x17 = g, x18 = g, x19 = g, x20 = g, x21 = g, x22 = g, x23 = g;
  for (let round = 0; round < rounds; round++) {
    x0 = mad(x0, f, g); x1 = mad(x1, f, g); x2 = mad(x2, f, g); x3 = mad(x3, f, g);
    x4 = mad(x4, f, g); x5 = mad(x5, f, g); x6 = mad(x6, f, g); x7 = mad(x7, f, g);
    x8 = mad(x8, f, g); x9 = mad(x9, f, g); x10 = mad(x10, f, g); x11 = mad(x11, f, g);
    x12 = mad(x12, f, g); x13 = mad(x13, f, g); x14 = mad(x14, f, g); x15 = mad(x15, f, g);
    x16 = mad(x16, f, g); x17 = mad(x17, f, g); x18 = mad(x18, f, g); x19 = mad(x19, f, g);
    x20 = mad(x20, f, g); x21 = mad(x21, f, g); x22 = mad(x22, f, g); x23 = mad(x23, f, g);
  }
  v128.store(spare, x0); v128.store(spare, x1, 16); v128.store(spare, x2, 32); v128.store(spare, x3, 48);
  v128.store(spare, x4, 64); v128.store(spare, x5, 80); v128.store(spare, x6, 96); v128.store(spare, x7, 112);
  v128.store(spare, x8, 128); v128.store(spare, x9, 144); v128.store(spare, x10, 160); v128.store(spare, x11, 176);
  v128.store(spare, x12, 192); v128.store(spare, x13, 208); v128.store(spare, x14, 224); v128.store(spare, x15, 240);
  v128.store(spare, x16, 256); v128.store(spare, x17, 272); v128.store(spare, x18, 288); v128.store(spare, x19, 304);
  v128.store(spare, x20, 320); v128.store(spare, x21, 336); v128.store(spare, x22, 352); v128.store(spare, x23, 368);
}

function apart(rounds: i32, factor: f32): void {
  const f = f32x4.splat(factor), g = f32x4.splat(1 - factor), spare = scratch();
  let x0 = g, x1 = g, x2 = g, x3 = g, x4 = g, x5 = g, x6 = g, x7 = g, x8 = g, x9 = g, x10 = g, x11 = g;
  for (let round = 0; round < rounds; round++) {
    x0 = mad(x0, f, g); x1 = mad(x1, f, g); x2 = mad(x2, f, g); x3 = mad(x3, f, g);
    x4 = mad(x4, f, g); x5 = mad(x5, f, g); x6 = mad(x6, f, g); x7 = mad(x7, f, g);
    x8 = mad(x8, f, g); x9 = mad(x9, f, g); x10 = mad(x10, f, g); x11 = mad(x11, f, g);
  }
  v128.store(spare, x0); v128.store(spare, x1, 16); v128.store(spare, x2, 32); v128.store(spare, x3, 48);
  v128.store(spare, x4, 64); v128.store(spare, x5, 80); v128.store(spare, x6, 96); v128.store(spare, x7, 112);
  v128.store(spare, x8, 128); v128.store(spare, x9, 144); v128.store(spare, x10, 160); v128.store(spare, x11, 176);
}
