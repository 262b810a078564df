// Helpers with which the files in kernels/ replace kernels of the CPU backend.
import { getKernel, type KernelFunc, registerKernel, unregisterKernel } from '@tensorflow/tfjs-core';
import { SIMD_BACKEND_NAME, type SimdBackend } from './backend.ts';

type KernelArguments = Parameters<KernelFunc>[0];

/** What a replacing kernel receives. */
export interface SimdKernelArguments extends Omit<KernelArguments, 'backend' | 'attrs'> {
  readonly backend: SimdBackend;
  readonly attrs: NonNullable<KernelArguments['attrs']>;
  /** The JavaScript kernel of the CPU backend, for what the compiled one does not cover. */
  readonly fallback: () => ReturnType<KernelFunc>;
}

/** Counts of calls by kernel name: proofs that a fast path was taken. */
export const fastPathCalls = new Map<string, number>();

export function countFastPath(name: string): void {
  fastPathCalls.set(name, (fastPathCalls.get(name) ?? 0) + 1);
}

/** Registers a kernel of the simd backend, in place of the CPU backend's where there is one. */
export function overrideKernel(
  kernelName: string,
  kernel: (args: SimdKernelArguments) => ReturnType<KernelFunc>,
): void {
  const original = getKernel(kernelName, 'cpu') as ReturnType<typeof getKernel> | undefined;
  if (getKernel(kernelName, SIMD_BACKEND_NAME)) unregisterKernel(kernelName, SIMD_BACKEND_NAME);
  const kernelFunc: KernelFunc = (args) =>
    kernel({
      inputs: args.inputs,
      attrs: args.attrs ?? {},
      backend: args.backend as SimdBackend,
      fallback: () => original!.kernelFunc(args),
    });
  registerKernel({ kernelName, backendName: SIMD_BACKEND_NAME, kernelFunc });
}
