// Registers the tfjs backend `simd`, Hindcast's default: AssemblyScript kernels in WebAssembly SIMD, threads over
// shared memory, bit-identical results on every machine and for every number of threads.
import '@tensorflow/tfjs-layers'; // registers the gradients of the stock kernels; tfjs-core alone registers none
import {
  copyRegisteredKernels,
  findBackend,
  registerBackend,
  removeBackend,
  setBackend,
} from '@tensorflow/tfjs-core';
import { type KernelOptions, kernelVersion, startKernels } from '../../kernels/kernels.ts';
import { SIMD_BACKEND_NAME, SimdBackend } from './backend.ts';
import { registerArithmetic } from './kernels/arithmetic.ts';
import { registerBinary } from './kernels/binary.ts';
import { registerFusedConvolution } from './kernels/fused-convolution.ts';
import { registerMatmul } from './kernels/matmul.ts';
import { registerMoving } from './kernels/moving.ts';
import { registerReductions } from './kernels/reductions.ts';
import { registerSoftmax } from './kernels/softmax.ts';
import { registerUnary } from './kernels/unary.ts';

export { SimdBackend } from './backend.ts';
export { fastPathCalls } from './register.ts';

export type SimdOptions = KernelOptions;

let kernelsRegistered = false;

function registerSimdKernels(): void {
  if (kernelsRegistered) return;
  kernelsRegistered = true;
  copyRegisteredKernels('cpu', SIMD_BACKEND_NAME);
  registerMatmul();
  registerUnary();
  registerBinary();
  registerArithmetic();
  registerMoving();
  registerReductions();
  registerSoftmax();
  registerFusedConvolution();
}

/**
 * Starts the kernels, registers the backend and makes it the current one. A backend registered before under this name
 * is closed and its tensors are lost, so that tests can change the number of threads.
 */
export async function registerSimdBackend(options: SimdOptions = {}): Promise<SimdBackend> {
  if (findBackend(SIMD_BACKEND_NAME)) removeBackend(SIMD_BACKEND_NAME);
  registerSimdKernels();
  const backend = new SimdBackend(await startKernels(options));
  registerBackend(SIMD_BACKEND_NAME, () => backend, 10);
  await setBackend(SIMD_BACKEND_NAME);
  return backend;
}

/** Uses fewer threads than the pool has, so that runs at once share the cores; nothing where the backend is not in use. */
export function limitSimdThreads(threads: number): void {
  const backend = findBackend(SIMD_BACKEND_NAME) as SimdBackend | null;
  backend?.kernels.limitThreads(threads);
}

export interface SimdInfo {
  readonly backend: 'simd';
  readonly registered: boolean;
  /** Threads in use, or null before registration. */
  readonly threads: number | null;
  readonly sharedMemory: boolean;
  /** Hash of the kernels: equal hashes give equal bits. */
  readonly kernelVersion: string;
  readonly memory: {
    readonly bytesInUse: number;
    readonly peakBytes: number;
    readonly reservedBytes: number;
  } | null;
}

/** What `doctor` prints about the backend. */
export function simdInfo(): SimdInfo {
  const backend = findBackend(SIMD_BACKEND_NAME) as SimdBackend | null;
  return {
    backend: 'simd',
    registered: backend !== null,
    threads: backend?.kernels.threads ?? null,
    sharedMemory: backend?.kernels.shared ?? typeof SharedArrayBuffer !== 'undefined',
    kernelVersion,
    memory: backend?.kernels.allocator.statistics() ?? null,
  };
}
