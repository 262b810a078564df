// Fused convolutions. The CPU backend's versions call its own sigmoid and elu, so here the compiled activation is applied
// afterwards.
import { getKernel, type KernelFunc, type TensorInfo } from '@tensorflow/tfjs-core';
import type { SimdBackend } from '../backend.ts';
import { overrideKernel } from '../register.ts';
import { unary } from './unary.ts';

const AFTERWARDS: Readonly<Record<string, 'Sigmoid' | 'Elu'>> = { sigmoid: 'Sigmoid', elu: 'Elu' };

export function registerFusedConvolution(): void {
  for (const name of ['FusedConv2D', 'FusedDepthwiseConv2D']) {
    const { kernelFunc } = getKernel(name, 'cpu');
    overrideKernel(name, ({ inputs, attrs, backend, fallback }) => {
      const activation = AFTERWARDS[attrs.activation as string];
      return activation ? convolve(kernelFunc, { inputs, attrs, backend }, activation) : fallback();
    });
  }
}

type Arguments = Omit<Parameters<KernelFunc>[0], 'backend'> & { readonly backend: SimdBackend };

function convolve(kernelFunc: KernelFunc, args: Arguments, activation: 'Sigmoid' | 'Elu'): TensorInfo {
  const linear = kernelFunc({ ...args, attrs: { ...args.attrs, activation: 'linear' } }) as TensorInfo;
  const output = unary(args.backend, activation, linear);
  args.backend.disposeData(linear.dataId);
  return output;
}
