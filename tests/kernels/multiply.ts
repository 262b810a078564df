// A product by the compiled kernels, without tfjs. As a program: one whose sizes take every register tile, for wide.test.ts.
import { type Kernels, startKernels } from '../../engine/kernels/kernels.ts';

/** a [m, k] b [k, n] -> [m, n]; a is read where it lies, or transposed first where `packed`. */
export function multiply(
  { allocator, memory, exports }: Kernels,
  [m, k, n]: readonly [number, number, number],
  a: Float32Array,
  b: Float32Array,
  packed = false,
): Float32Array {
  const floats = [m * k, k * n, m * n, k * (n + 7)];
  const [left, right, target, panels] = floats.map((count) => allocator.allocate(4 * count)) as [
    number,
    number,
    number,
    number,
  ];
  const view = (at: number, count: number) => new Float32Array(memory.buffer, at, count);
  const transposed = (_: number, index: number) => a[(index % m) * k + Math.floor(index / m)]!;
  view(left, m * k).set(packed ? a.map(transposed) : a);
  view(right, k * n).set(b);
  const [row, column] = packed ? [1, m] : [k, 1];
  exports.matmul(1, m, n, k, left, 0, row, column, right, 0, n, 1, target, 0, n, panels, 0, 0, 0);
  const result = view(target, m * n).slice();
  for (const pointer of [left, right, target, panels]) allocator.release(pointer);
  return result;
}

if (import.meta.main) {
  const kernels = await startKernels({ threads: 1 });
  const [m, k, n] = [16, 8, 24] as const; // 6, 4 and 8 rows, 16 and 8 columns
  multiply(kernels, [m, k, n], new Float32Array(m * k).fill(1), new Float32Array(k * n).fill(1));
  kernels.close();
}
