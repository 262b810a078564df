// Weights after 20 training steps, as a hash: golden for a version of the kernels, the same on 1, 2 and 4 threads, without
// shared memory, without a fused multiply-add and without 256-bit vectors. When the kernels change on purpose, so may the hashes: run with UPDATE_GOLDEN=1 and say why in the commit.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { registerSimdBackend, type SimdOptions, simdInfo } from '../../engine/backends/simd/index.ts';
import { TRAININGS } from './trained.ts';

const file = new URL('../golden/ops/weights.json', import.meta.url);

async function trainAll(options: SimdOptions): Promise<Record<string, string>> {
  await registerSimdBackend(options);
  const info = simdInfo();
  expect(info.threads).toBe(options.sharedMemory === false ? 1 : options.threads);
  expect(info.sharedMemory).toBe(options.sharedMemory !== false);
  if (options.fusedMultiplyAdd === false) expect(info.fusedMultiplyAdd).toBe(false);
  const hashes = Object.entries(TRAININGS).map(([name, train]) => {
    const hash = createHash('sha256');
    for (const weights of train()) {
      expect(weights.every(Number.isFinite), name).toBe(true);
      hash.update(new Uint8Array(weights.buffer));
    }
    return [name, hash.digest('hex')];
  });
  tf.removeBackend('simd');
  return Object.fromEntries(hashes);
}

describe('trained weights', () => {
  it.each([1, 2, 4])('have the golden hashes on %s threads', async (threads) => {
    const hashes = await trainAll({ threads });
    if (process.env.UPDATE_GOLDEN && threads === 1)
      writeFileSync(file, `${JSON.stringify(hashes, null, 2)}\n`);
    expect(hashes).toEqual(JSON.parse(readFileSync(file, 'utf8')));
  });

  it('have the golden hashes without shared memory', async () => {
    expect(await trainAll({ threads: 4, sharedMemory: false })).toEqual(
      JSON.parse(readFileSync(file, 'utf8')),
    );
  });

  it('have the golden hashes where the processor has no fused multiply-add', async () => {
    expect(await trainAll({ threads: 2, fusedMultiplyAdd: false })).toEqual(
      JSON.parse(readFileSync(file, 'utf8')),
    );
  });

  it('have the golden hashes in tiles for 128-bit vectors', async () => {
    expect(await trainAll({ threads: 2, wideVectors: false })).toEqual(
      JSON.parse(readFileSync(file, 'utf8')),
    );
  });
});
