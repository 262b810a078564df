// Pow and Atan2, compiled for the same reason as the functions in unary.ts.
import { broadcast_util, getKernel, type TensorInfo, util } from '@tensorflow/tfjs-core';
import { BINARY_CODES } from '../../../kernels/codes.ts';
import { SIMD_BACKEND_NAME, type SimdBackend } from '../backend.ts';
import { countFastPath, overrideKernel } from '../register.ts';

type BinaryName = keyof typeof BINARY_CODES;

/** The tensor repeated to a shape, by the stock kernels Reshape and Tile. */
function repeat(backend: SimdBackend, tensor: TensorInfo, shape: readonly number[]): TensorInfo {
  const padded = [...new Array<number>(shape.length - tensor.shape.length).fill(1), ...tensor.shape];
  const reps = shape.map((extent, axis) => extent / padded[axis]!);
  const { kernelFunc } = getKernel('Tile', SIMD_BACKEND_NAME);
  return kernelFunc({ inputs: { x: { ...tensor, shape: padded } }, backend, attrs: { reps } }) as TensorInfo;
}

function binary(backend: SimdBackend, name: BinaryName, a: TensorInfo, b: TensorInfo): TensorInfo {
  const shape = broadcast_util.assertAndGetBroadcastShape(a.shape, b.shape);
  const count = util.sizeFromShape(shape);
  const operands = [a, b].map((tensor) => {
    const size = util.sizeFromShape(tensor.shape);
    if (size === count || size === 1) return { tensor, step: size === 1 ? 0 : 1, temporary: false };
    return { tensor: repeat(backend, tensor, shape), step: 1, temporary: true };
  });
  const [left, right] = operands as [(typeof operands)[0], (typeof operands)[0]];
  const output = backend.allocate(shape);
  backend.kernels.exports.binary(
    BINARY_CODES[name],
    count,
    backend.pointerOf(left.tensor),
    left.step,
    backend.pointerOf(right.tensor),
    right.step,
    backend.pointerOf(output),
  );
  for (const { tensor, temporary } of operands) if (temporary) backend.disposeData(tensor.dataId);
  countFastPath(name);
  return output;
}

export function registerBinary(): void {
  for (const name of Object.keys(BINARY_CODES) as BinaryName[]) {
    overrideKernel(name, ({ inputs, backend, fallback }) => {
      const [a, b] = [inputs.a!, inputs.b!];
      return a.dtype === 'float32' && b.dtype === 'float32' ? binary(backend, name, a, b) : fallback();
    });
  }
}
