// The page of golden-weights-chromium.test.ts: trains, and leaves the weights as base64 by name.
import { registerSimdBackend, simdInfo } from '../../engine/backends/simd/index.ts';
import { TRAININGS } from './trained.ts';

function toBase64(parts: readonly Float32Array[]): string {
  const bytes = parts.flatMap((part) => [...new Uint8Array(part.buffer)]);
  return btoa(bytes.map((byte) => String.fromCharCode(byte)).join(''));
}

async function train(threads: number, wideVectors: boolean) {
  await registerSimdBackend({ threads, wideVectors });
  const weights = Object.entries(TRAININGS).map(([name, run]) => [name, toBase64(run())]);
  const { threads: used, sharedMemory } = simdInfo();
  return { weights: Object.fromEntries(weights) as Record<string, string>, threads: used, sharedMemory };
}

Object.assign(globalThis, { train });
