// The speed of matrix products relative to the peak of SIMD on this machine, at the vector width that the kernels use, on one
// thread and two.
import * as tf from '@tensorflow/tfjs-core';
import type { SimdBackend } from '../../../engine/backends/simd/index.ts';
import { values } from './cases.ts';
import { median } from './measure.ts';

const SHAPES = [
  { m: 256, n: 256, k: 256 },
  { m: 512, n: 512, k: 512 },
  { m: 1024, n: 1024, k: 1024 },
  { m: 3072, n: 256, k: 72 },
  { m: 6144, n: 512, k: 136 },
] as const;
const TRANSPOSES = [
  [false, false],
  [true, false],
  [false, true],
  [true, true],
] as const;
const PEAK_ROUNDS = 500_000;
/** V8 compiles a kernel that has run a little again, better, in the background. */
const WARM_MS = 400;
/** Length of a product's turn between two measurements of the peak, after a run that is not counted since another's data fill the caches. */
const TURN_MS = 5;

export interface ProductSpeed {
  readonly name: string;
  /** 10^9 operations a second; best of the rounds, each next to a measurement of the peak. */
  readonly gflops: number;
  /** Share of the peak measured next to it; median of the rounds. */
  readonly share: number;
}

function seconds(run: () => void): number {
  const start = performance.now();
  run();
  return (performance.now() - start) / 1000;
}

/** One thread's peak: multiplications and additions in registers. */
export function peakGflops(backend: SimdBackend): number {
  const { exports } = backend.kernels;
  const time = seconds(() => exports.peak(PEAK_ROUNDS, 0.999));
  return (PEAK_ROUNDS * exports.peakOperations()) / time / 1e9;
}

interface Product {
  readonly name: string;
  readonly run: () => void;
  /** Runs of a turn: products that follow each other, as in training. */
  readonly times: number;
  /** Floating-point operations of a run. */
  readonly flops: number;
}

function prepare(
  { m, n, k }: (typeof SHAPES)[number],
  [transposeA, transposeB]: (typeof TRANSPOSES)[number],
): Product {
  const a = tf.tensor(values(m * k, 1, 1), transposeA ? [k, m] : [m, k]);
  const b = tf.tensor(values(k * n, 1, 2), transposeB ? [n, k] : [k, n]);
  const run = () => tf.matMul(a, b, transposeA, transposeB).dispose();
  const start = performance.now();
  let warmups = 0;
  for (; performance.now() - start < WARM_MS; warmups++) run();
  const times = Math.ceil((TURN_MS * warmups) / WARM_MS);
  const marks = `${transposeA ? 'Aᵀ' : 'A'} ${transposeB ? 'Bᵀ' : 'B'}`;
  return { name: `${m} x ${k} x ${n}, ${marks}`, run, times, flops: 2 * m * n * k };
}

/** On one thread: all shapes, and all transposes of one of them; in rounds, so that the machine's load affects all alike. */
export function measureProducts(backend: SimdBackend, rounds: number): ProductSpeed[] {
  backend.kernels.limitThreads(1);
  for (let count = 0; count < 100; count++) peakGflops(backend);
  return tf.tidy(() => {
    const products = SHAPES.flatMap((shape) =>
      TRANSPOSES.filter(([left, right]) => (!left && !right) || shape.m === 512).map((transposes) =>
        prepare(shape, transposes),
      ),
    );
    const measured = products.map((product) => ({ product, gflops: [] as number[], shares: [] as number[] }));
    for (let round = 0; round < rounds; round++) {
      for (const { product, gflops, shares } of measured) {
        const { run, times, flops } = product;
        run();
        const before = peakGflops(backend);
        const spent = seconds(() => {
          for (let count = 0; count < times; count++) run();
        });
        const speed = (times * flops) / spent / 1e9;
        gflops.push(speed);
        shares.push(speed / Math.max(before, peakGflops(backend)));
      }
    }
    return measured.map(({ product, gflops, shares }) => ({
      name: product.name,
      gflops: Math.max(...gflops),
      share: median(shares),
    }));
  });
}
