// A limit below the pool's number of threads: threads above the limit sleep, take no piece, and return when the limit is raised.
import { afterEach, expect, test } from 'vitest';
import { type Kernels, startKernels } from '../../engine/kernels/kernels.ts';

let kernels: Kernels | undefined;
afterEach(() => kernels?.close());

/** Sum of squares of `count` ones, in pieces that all threads may take. */
function sumOfSquares({ exports, memory, allocator }: Kernels, pieces = 128, floats = 8192): number {
  const values = allocator.allocate(4 * pieces * floats);
  const table = allocator.allocate(20 * pieces);
  const partials = allocator.allocate(8 * pieces);
  new Float32Array(memory.buffer, values, pieces * floats).fill(1);
  const words = new Int32Array(memory.buffer, table, 5 * pieces);
  for (let piece = 0; piece < pieces; piece++) {
    words.set([values, values + 4 * piece * floats, values, values, floats], 5 * piece);
  }
  exports.squares(table, pieces, partials);
  const sum = new Float64Array(memory.buffer, partials, pieces).reduce((total, part) => total + part, 0);
  for (const pointer of [values, table, partials]) allocator.release(pointer);
  return sum;
}

/** Words of assembly/control.ts, as indices of 32-bit words. */
const WAKE = 256 / 4;
const THREADS = 324 / 4;

test('workers above a lower limit leave the address where jobs wake workers', async () => {
  kernels = await startKernels({ threads: 4 });
  const words = new Int32Array(kernels.memory.buffer, 0, 128);
  sumOfSquares(kernels);
  // A sleeping thread is woken and counted, and sleeps again.
  await expect.poll(() => Atomics.notify(words, WAKE)).toBe(3);
  await new Promise((resolve) => setTimeout(resolve, 20)); // all asleep again, or else the test can only pass
  kernels.limitThreads(2);
  await expect.poll(() => Atomics.notify(words, THREADS)).toBe(2);
  kernels.limitThreads(4);
  expect(sumOfSquares(kernels)).toBe(128 * 8192);
});

test('the limit goes down and up between jobs, and every job is done whole', async () => {
  kernels = await startKernels({ threads: 4 });
  for (const limit of [4, 1, 3, 2, 4, 1, 4]) {
    kernels.limitThreads(limit);
    expect(kernels.threads).toBe(limit);
    for (let turn = 0; turn < 20; turn++) expect(sumOfSquares(kernels)).toBe(128 * 8192);
  }
  kernels.limitThreads(99);
  expect(kernels.threads).toBe(4);
  kernels.limitThreads(0);
  expect(kernels.threads).toBe(1);
});

test('a job of more pieces than one word of the pool counts is done whole', async () => {
  kernels = await startKernels({ threads: 2 });
  for (const pieces of [65_535, 65_536, 65_537, 200_000])
    expect(sumOfSquares(kernels, pieces, 4)).toBe(4 * pieces);
});
