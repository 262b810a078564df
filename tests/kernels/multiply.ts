// A matrix product by the compiled kernels, without tfjs. As a program, for wide.test.ts: products whose sizes need every
// register tile, as one hash.
import { createHash } from 'node:crypto';
import { type Kernels, startKernels } from '../../engine/kernels/kernels.ts';

/** What the program prints before the hash. */
export const RESULT = 'products';

export function waves(count: number, step: number): Float32Array {
  return Float32Array.from({ length: count }, (_, index) => Math.sin(index * step + 1));
}

/** a [m, k] b [k, n] + bias [n] -> [m, n]; a is read where it lies, or transposed first where `packed`. */
export function multiply(
  { allocator, memory, exports }: Kernels,
  [m, k, n]: readonly [number, number, number],
  a: Float32Array,
  b: Float32Array,
  bias: Float32Array,
  packed: boolean,
): Float32Array {
  const floats = [m * k, k * n, n, m * n, k * (n + 7)];
  const addresses = floats.map((count) => allocator.allocate(4 * count));
  const [left, right, addend, target, panels] = addresses as [number, number, number, number, number];
  const view = (at: number, count: number) => new Float32Array(memory.buffer, at, count);
  const transposed = (_: number, index: number) => a[(index % m) * k + Math.floor(index / m)]!;
  view(left, m * k).set(packed ? a.map(transposed) : a);
  view(right, k * n).set(b);
  view(addend, n).set(bias);
  const [row, column] = packed ? [1, m] : [k, 1];
  exports.matmul(1, m, n, k, left, 0, row, column, right, 0, n, 1, target, 0, n, panels, addend, 0, 0);
  const result = view(target, m * n).slice();
  for (const pointer of addresses) allocator.release(pointer);
  return result;
}

/** Rows that fill tiles of 8, 6 and 4 and leave some, columns for those of 16 and 8, a depth of more than one block. */
const SIZES = [
  [16, 8, 24],
  [13, 5, 17],
  [37, 600, 43],
  [64, 1030, 40],
] as const;

if (import.meta.main) {
  const kernels = await startKernels({ threads: 1 });
  const hash = createHash('sha256');
  for (const [m, k, n] of SIZES) {
    for (const packed of [false, true]) {
      const operands = [waves(m * k, 0.7), waves(k * n, 1.3), waves(n, 0.3)] as const;
      hash.update(new Uint8Array(multiply(kernels, [m, k, n], ...operands, packed).buffer));
    }
  }
  process.stdout.write(`${RESULT} ${hash.digest('hex')}\n`);
  kernels.close();
}
