// Add, Sub, Multiply and RealDiv where one operand has the shape of the result and the other one repeats along it: equal shapes,
// a bias, a table of positions, one number, or up to three groups of axes with their own repetition (a mask [batch, time, 1], a
// mean over steps). Other broadcasts are left to the CPU backend; the bits are the same.
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

/** Neighbouring axes along which both operands repeat, or do not, in the same way. */
interface AxisGroup {
  extent: number;
  readonly isA: boolean;
  readonly isB: boolean;
}

const MOST_GROUPS = 3;

/** Axes of the result, joined where that changes nothing. */
function groupsOf(shape: readonly number[], a: readonly number[], b: readonly number[]): AxisGroup[] {
  const groups: AxisGroup[] = [];
  for (const [axis, extent] of shape.entries()) {
    if (extent === 1) continue;
    const isWhole = (operand: readonly number[]) => (operand.at(axis - shape.length) ?? 1) === extent;
    const isLong = (operand: readonly number[]) => operand.length >= shape.length - axis && isWhole(operand);
    const [isA, isB] = [isLong(a), isLong(b)];
    const before = groups.at(-1);
    if (before && before.isA === isA && before.isB === isB) before.extent *= extent;
    else groups.push({ extent, isA, isB });
  }
  return groups;
}

/** Strides of an operand in elements, 0 where it repeats. */
function stridesIn(groups: readonly AxisGroup[], has: (group: AxisGroup) => boolean): number[] {
  let size = 1;
  const strides = groups.toReversed().map((group) => {
    if (!has(group)) return 0;
    const stride = size;
    size *= group.extent;
    return stride;
  });
  return strides.reverse();
}

/** null where the operands are of other types or repeat in too many ways. */
function broadcast(
  backend: SimdBackend,
  name: ArithmeticName,
  a: TensorInfo,
  b: TensorInfo,
): TensorInfo | null {
  if (a.dtype !== 'float32' || b.dtype !== 'float32') return null;
  const shape = broadcast_util.assertAndGetBroadcastShape(a.shape, b.shape);
  const groups = groupsOf(shape, a.shape, b.shape);
  if (groups.length === 0 || groups.length > MOST_GROUPS || shape.includes(0)) return null;
  while (groups.length < MOST_GROUPS) groups.unshift({ extent: 1, isA: false, isB: false });
  type Three = [number, number, number];
  const result = backend.allocate(shape);
  backend.kernels.exports.broadcast(
    ARITHMETIC_CODES[name][0],
    ...(groups.map(({ extent }) => extent) as Three),
    ...(stridesIn(groups, ({ isA }) => isA) as Three),
    ...(stridesIn(groups, ({ isB }) => isB) as Three),
    backend.pointerOf(a),
    backend.pointerOf(b),
    backend.pointerOf(result),
  );
  countFastPath(name);
  return result;
}

/** One float32 tensor op another, by the tfjs name of the kernel; null where the broadcast is of another kind. */
export function arithmetic(
  backend: SimdBackend,
  name: ArithmeticName,
  a: TensorInfo,
  b: TensorInfo,
): TensorInfo | null {
  const operands = operandsOf(name, a, b);
  if (!operands) return broadcast(backend, name, a, b);
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
