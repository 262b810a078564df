// Makes the backend that an experiment asks for the current backend of tfjs, or says why that is impossible.
import { setBackend } from '@tensorflow/tfjs-core';
import type { BackendName } from '../contract/experiment/experiment.ts';
import type { BackendUsed } from '../contract/runs/run.ts';
import { HindcastError } from '../contract/values/errors.ts';
import type { Kernels } from '../kernels/kernels.ts';
import { startCpuBackend } from './cpu.ts';
import { processorName } from './processor.ts';
import { registerSimdBackend, simdInfo } from './simd/index.ts';
import { startTensorflowBackend } from './tensorflow.ts';

export interface BackendOptions {
  /** Use `simd` where the requested backend is not available, and say why in `fallbackReason`. */
  readonly allowFallback: boolean;
  /** Threads of the simd backend; it changes the speed, never a bit of a result. */
  readonly threads: number;
}

/**
 * Sets the current tfjs backend.
 * @throws HindcastError `backend-unavailable` where it is not available and no fallback is allowed; the message says how to install it.
 */
export async function selectBackend(name: BackendName, options: BackendOptions): Promise<BackendUsed> {
  try {
    return await startBackend(name, options.threads);
  } catch (cause) {
    const error = asUnavailable(name, cause);
    if (!options.allowFallback || name === 'simd') throw error;
    return { ...(await startSimdBackend(options.threads)), fallbackReason: error.message };
  }
}

export function startBackend(name: BackendName, threads: number): Promise<BackendUsed> {
  switch (name) {
    case 'simd':
      return startSimdBackend(threads);
    case 'cpu':
      return startCpuBackend();
    case 'tensorflow':
      return startTensorflowBackend();
  }
}

/** What the simd backend has here: the processor, its threads (which runs that train at the same time share), its vectors, and what it lacks. */
export function simdDevice(
  processor: string,
  { threads, shared, wide, fused }: Pick<Kernels, 'threads' | 'shared' | 'wide' | 'fused'>,
): string {
  const count = threads === 1 ? '1 thread' : `up to ${threads} threads`;
  const alone = shared ? '' : ', since this platform shares no memory between threads';
  const slow = fused ? '' : '; many times slower than others, since it has no fused multiply-add';
  return `${processor}, ${wide ? '256' : '128'}-bit vectors, ${count}${alone}${slow}`;
}

async function startSimdBackend(threads: number): Promise<BackendUsed> {
  const backend = await registerSimdBackend({ threads });
  await setBackend('simd');
  return {
    name: 'simd',
    version: `kernels ${simdInfo().kernelVersion}`,
    device: simdDevice(processorName(), backend.kernels),
    fallbackReason: null,
  };
}

export function asUnavailable(name: BackendName, cause: unknown): HindcastError {
  if (cause instanceof HindcastError && cause.code === 'backend-unavailable') return cause;
  const text = cause instanceof Error ? cause.message : String(cause);
  return new HindcastError('backend-unavailable', `The backend ${name} cannot be used: ${text}.`, {
    details: { backend: name, reason: text, install: null },
    cause,
  });
}
