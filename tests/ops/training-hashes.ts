// The weights of every model in trained.ts as hashes. Run as a program it prints them, for processes with other flags or
// environment.
import { createHash } from 'node:crypto';
import * as tf from '@tensorflow/tfjs-core';
import { registerSimdBackend, type SimdBackend, type SimdOptions } from '../../engine/backends/simd/index.ts';
import { TRAININGS } from './trained.ts';

export interface Trained {
  readonly hashes: Readonly<Record<string, string>>;
  readonly kernels: Pick<SimdBackend['kernels'], 'threads' | 'shared' | 'fused' | 'wide'>;
}

/** Trains everything on the simd backend. @throws Error where a weight is not finite. */
export async function trainAll(options: SimdOptions): Promise<Trained> {
  const { kernels } = await registerSimdBackend(options);
  const { threads, shared, fused, wide } = kernels;
  const hashes = Object.entries(TRAININGS).map(([name, train]) => {
    const hash = createHash('sha256');
    for (const weights of train()) {
      if (!weights.every(Number.isFinite)) throw new Error(`A weight of ${name} is not finite.`);
      hash.update(new Uint8Array(weights.buffer));
    }
    return [name, hash.digest('hex')] as const;
  });
  tf.removeBackend('simd');
  return { hashes: Object.fromEntries(hashes), kernels: { threads, shared, fused, wide } };
}

if (import.meta.main) {
  process.stdout.write(JSON.stringify(await trainAll({ threads: 2 })));
  process.exit(0);
}
