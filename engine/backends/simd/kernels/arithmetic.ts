// Add, Sub, Multiply and RealDiv where one operand has the result's shape and the other repeats along it: equal shapes, a bias,
// a table of positions, one number. Other broadcasts are left to the CPU backend; the bits are the same.
import { broadcast_util, type TensorInfo, util } from '@tensorflow/tfjs-core';
import { ARITHMETIC_CODES } from '../../../kernels/codes.ts';
import type { SimdBackend } from '../backend.ts';
import { countFastPath, overrideKernel } from '../register.ts';

type ArithmeticName = keyof typeof ARITHMETIC_CODES;

/** True where `small`, without its leading ones, is the end of `shape` or a single number. */
function repeatsAlong(small: readonly number[], shape: readonly number[]): boolean {
  const first = small.findIndex((extent) => extent !== 1);
  if (first < 0) return true;
  const core = small.slice(first);
  return core.every((extent, index) => extent === shape[shape.length - core.length + index]);
}

interface Operands {
  readonly whole: TensorInfo;
  readonly repeated: TensorInfo;
  readonly shape: number[];
  readonly code: number;
}

function operandsOf(name: ArithmeticName, a: TensorInfo, b: TensorInfo): Operands | null {
  if (a.dtype !== 'float32' || b.dtype !== 'float32') return null;
  const shape = broadcast_util.assertAndGetBroadcastShape(a.shape, b.shape);
  const size = util.sizeFromShape(shape);
  const [straight, exchanged] = ARITHMETIC_CODES[name];
  if (size === 0) return null;
  if (util.sizeFromShape(a.shape) === size && repeatsAlong(b.shape, shape)) {
    return { whole: a, repeated: b, shape, code: straight };
  }
  if (util.sizeFromShape(b.shape) === size && repeatsAlong(a.shape, shape)) {
    return { whole: b, repeated: a, shape, code: exchanged };
  }
  return null;
}

/** One float32 tensor op another, by the tfjs name of the kernel; null where the broadcast is of another kind. */
export function arithmetic(
  backend: SimdBackend,
  name: ArithmeticName,
  a: TensorInfo,
  b: TensorInfo,
): TensorInfo | null {
  const operands = operandsOf(name, a, b);
  if (!operands) return null;
  const { whole, repeated, shape, code } = operands;
  const result = backend.allocate(shape);
  backend.kernels.exports.arithmetic(
    code,
    util.sizeFromShape(shape),
    backend.pointerOf(whole),
    backend.pointerOf(repeated),
    util.sizeFromShape(repeated.shape),
    backend.pointerOf(result),
  );
  countFastPath(name);
  return result;
}

export function registerArithmetic(): void {
  for (const name of Object.keys(ARITHMETIC_CODES) as ArithmeticName[]) {
    overrideKernel(name, ({ inputs, backend, fallback }) => {
      return arithmetic(backend, name, inputs.a!, inputs.b!) ?? fallback();
    });
  }
}
