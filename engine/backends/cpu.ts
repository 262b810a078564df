// The backend `cpu`: tfjs's own JavaScript kernels. Slow but simple: the reference for the other backends, and the fallback where
// WebAssembly threads are not available.
import '@tensorflow/tfjs-layers'; // registers the gradients of the stock kernels; tfjs-core alone registers none
import { MathBackendCPU, version_cpu } from '@tensorflow/tfjs-backend-cpu';
import { findBackend, setBackend } from '@tensorflow/tfjs-core';
import type { BackendUsed } from '../contract/runs/run.ts';
import { processorName } from './processor.ts';

/** Makes `cpu` the current backend. */
export async function startCpuBackend(): Promise<BackendUsed> {
  await setBackend('cpu');
  const backend = findBackend('cpu');
  // Its first write prints an advertisement for tfjs-node.
  if (backend instanceof MathBackendCPU) (backend as unknown as { firstUse: boolean }).firstUse = false;
  return {
    name: 'cpu',
    version: `tfjs ${version_cpu}`,
    device: `${processorName()}, 1 thread`,
    fallbackReason: null,
  };
}
