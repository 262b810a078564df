// Accuracy of the compiled elementary functions against float64, over every magnitude, and their special values.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UNARY_CODES } from '../../engine/kernels/codes.ts';
import { type Kernels, startKernels } from '../../engine/kernels/kernels.ts';

let kernels: Kernels;
beforeAll(async () => {
  kernels = await startKernels({ threads: 1 });
});
afterAll(() => kernels.close());

function evaluate(name: keyof typeof UNARY_CODES, values: Float32Array): Float32Array {
  const { allocator, memory, exports } = kernels;
  const pointer = allocator.allocate(values.length * 4);
  const view = new Float32Array(memory.buffer, pointer, values.length);
  view.set(values);
  exports.unary(UNARY_CODES[name], values.length, pointer, pointer);
  const result = view.slice();
  allocator.release(pointer);
  return result;
}

/** Distance from one float32 to the next at this value. */
function ulp(value: number): number {
  const magnitude = Math.abs(Math.fround(value));
  if (magnitude < 2 ** -126) return 2 ** -149;
  return 2 ** (Math.floor(Math.log2(magnitude)) - 23);
}

function samples(low: number, high: number): Float32Array {
  const even = Float32Array.from({ length: 20_001 }, (_, index) => low + ((high - low) * index) / 20_000);
  const small = Float32Array.from({ length: 400 }, (_, index) => (index % 2 ? 1 : -1) * 2 ** (-index / 3));
  return Float32Array.from([...even, ...small].filter((value) => value >= low && value <= high));
}

const FUNCTIONS = [
  { name: 'Exp', exact: Math.exp, low: -103, high: 88.7, ulps: 1.5 },
  { name: 'Log', exact: Math.log, low: 1e-38, high: 1e4, ulps: 1 },
  { name: 'Sigmoid', exact: (x: number) => 1 / (1 + Math.exp(-x)), low: -86, high: 60, ulps: 2.5 },
  { name: 'Tanh', exact: Math.tanh, low: -12, high: 12, ulps: 5 },
  { name: 'Sin', exact: Math.sin, low: -100, high: 100, ulps: 0.51 },
  { name: 'Cos', exact: Math.cos, low: -100, high: 100, ulps: 0.51 },
  { name: 'Log1p', exact: Math.log1p, low: -0.99, high: 1e4, ulps: 0.51 },
  { name: 'Expm1', exact: Math.expm1, low: -50, high: 80, ulps: 0.51 },
] as const;

describe('elementary functions', () => {
  it.each(FUNCTIONS)('$name is within $ulps units in the last place', ({ name, exact, low, high, ulps }) => {
    const inputs = samples(low, high);
    const results = evaluate(name, inputs);
    let worst = 0;
    let at = 0;
    inputs.forEach((input, index) => {
      const error = Math.abs(results[index]! - exact(input)) / ulp(exact(input));
      if (error > worst) [worst, at] = [error, input];
    });
    expect(worst, `largest error at ${at}`).toBeLessThanOrEqual(ulps);
  });

  const special = Float32Array.from([Number.NaN, Infinity, -Infinity, 0, 200, -200, 1e-40]);
  it.each([
    ['Exp', [Number.NaN, Infinity, 0, 1, Infinity, 0, 1]],
    ['Sigmoid', [Number.NaN, 1, 0, 0.5, 1, 0, 0.5]],
    ['Tanh', [Number.NaN, 1, -1, 0, 1, -1, Math.fround(1e-40)]],
    ['Relu', [Number.NaN, Infinity, 0, 0, 200, 0, Math.fround(1e-40)]],
  ] as const)('%s of NaN, infinities, zero, large and tiny values', (name, expected) => {
    expect([...evaluate(name, special)]).toEqual(expected);
  });
  it('Log of NaN, infinities, zero, negative and tiny values', () => {
    const [nan, infinite, negative, zero, , , tiny] = evaluate('Log', special);
    expect([nan, infinite, negative, zero]).toEqual([Number.NaN, Infinity, Number.NaN, -Infinity]);
    expect(tiny).toBeCloseTo(Math.log(Math.fround(1e-40)), 4);
  });

  it('does not depend on the position in a vector', () => {
    for (const name of ['Exp', 'Log', 'Sigmoid', 'Tanh'] as const) {
      const inputs = Float32Array.from({ length: 23 }, (_, index) => 0.37 * index + 0.01);
      const whole = evaluate(name, inputs);
      for (const [index, input] of inputs.entries())
        expect(evaluate(name, Float32Array.of(input))[0]).toBe(whole[index]);
    }
  });
});
