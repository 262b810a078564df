// Memory that a training may use on this machine, or in this container.
import { totalmem } from 'node:os';
import type { BackendName } from '../../contract/experiment.ts';
import type { AvailableMemory } from '../../training/memory-estimate.ts';

/** WebAssembly addresses 32 bits. */
const SIMD_BYTES = 2 ** 32;

export function availableMemory(backend: BackendName): AvailableMemory {
  // 0 or a number beyond all memory where nothing limits the process.
  const limit = process.constrainedMemory() || Number.POSITIVE_INFINITY;
  const totalBytes = Math.min(totalmem(), limit);
  return { totalBytes, tensorBytes: backend === 'simd' ? Math.min(totalBytes, SIMD_BYTES) : totalBytes };
}
