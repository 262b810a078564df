// The memory that a training may use on this machine or in this container.
import { totalmem } from 'node:os';
import type { BackendName } from '../contract/experiment/experiment.ts';
import { kernelMemoryBytes } from '../kernels/kernels.ts';

export interface AvailableMemory {
  /** Of a process. */
  readonly totalBytes: number;
  /** That the backend's tensors can have of it. */
  readonly tensorBytes: number;
}

export function availableMemory(backend: BackendName): AvailableMemory {
  // 0 or a number beyond all memory where nothing limits the process.
  const limit = process.constrainedMemory() || Number.POSITIVE_INFINITY;
  const totalBytes = Math.min(totalmem(), limit);
  const tensorBytes = backend === 'simd' ? Math.min(totalBytes, kernelMemoryBytes()) : totalBytes;
  return { totalBytes, tensorBytes };
}
