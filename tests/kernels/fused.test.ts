// The kernels' multiply-add rounds once, in the build that has the instruction and in the build that computes it: against exact
// arithmetic, and both builds bit for bit. A product of [c, a] with [1, b] is a b + c.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Kernels, startKernels } from '../../engine/kernels/kernels.ts';

const COUNT = 64;

function multiplyAdd(
  { allocator, memory, exports }: Kernels,
  a: Float32Array,
  b: number,
  c: Float32Array,
): Float32Array {
  const at = allocator.allocate(4 * (2 * COUNT + 2 + COUNT + 16));
  const [right, target, packed] = [at + 8 * COUNT, at + 8 * COUNT + 8, at + 12 * COUNT + 8];
  const view = new Float32Array(memory.buffer, at, 2 * COUNT + 2);
  for (const [index, value] of a.entries()) view.set([c[index]!, value], 2 * index);
  view.set([1, b], 2 * COUNT);
  exports.matmul(1, COUNT, 1, 2, at, 0, 2, 1, right, 0, 1, 1, target, 0, 1, packed, 0, 0);
  const result = new Float32Array(memory.buffer, target, COUNT).slice();
  allocator.release(at);
  return result;
}

/** A float as an integer times 2^-149. */
function asInteger(value: number): bigint {
  const bits = new Uint32Array(Float32Array.of(value).buffer)[0]!;
  const exponent = (bits >>> 23) & 0xff;
  const mantissa = BigInt(exponent ? (bits & 0x7fffff) | 0x800000 : bits & 0x7fffff);
  const magnitude = mantissa << BigInt(Math.max(0, exponent - 1));
  return bits >>> 31 ? -magnitude : magnitude;
}

/** An integer times 2^-298 to the nearest float, ties to even. */
function toFloat(exact: bigint): number {
  const magnitude = exact < 0n ? -exact : exact;
  const shift = BigInt(Math.max(149, magnitude.toString(2).length - 24)); // bits below the last that a float holds
  let mantissa = magnitude >> shift;
  const rest = magnitude - (mantissa << shift);
  const half = 1n << (shift - 1n);
  if (rest > half || (rest === half && mantissa % 2n === 1n)) mantissa += 1n;
  const value = Number(mantissa) * 2 ** (Number(shift) - 298);
  return Math.fround(exact < 0n ? -value : value);
}

const exactly = (a: number, b: number, c: number) =>
  toFloat(asInteger(a) * asInteger(b) + (asInteger(c) << 149n));

const bitsOf = (values: Float32Array) => [
  ...new Uint32Array(values.buffer, values.byteOffset, values.length),
];
const filled = (value: number) => new Float32Array(COUNT).fill(value);

describe('multiply-add', () => {
  let machine: Kernels;
  let portable: Kernels;
  beforeAll(async () => {
    machine = await startKernels({ threads: 1 });
    portable = await startKernels({ threads: 1, fusedMultiplyAdd: false });
  });
  afterAll(() => {
    machine.close();
    portable.close();
  });

  it('is asked whether it rounds once', () => {
    expect(portable.fused).toBe(false);
    expect(machine.exports.roundsOnce(1 + 2 ** -12)).toBeTruthy();
    expect(portable.exports.roundsOnce(1 + 2 ** -12)).toBeTruthy();
    expect(portable.exports.roundsOnce(1 + 2 ** -13)).toBeTruthy();
  });

  it.each([
    ['a term that one rounding keeps', 1 + 2 ** -12, 1 + 2 ** -12, -(1 + 2 ** -11)],
    // (1 - 2^-23)(1 + 2^-23) = 1 - 2^-46: below the tie 2^-24 by less than float64 keeps beside 1
    ['just below a tie that float64 makes', (1 - 2 ** -23) * 2 ** -24, 1 + 2 ** -23, 1 + 2 ** -23],
    // 8384513 * 8392705 = 2^46 + 1
    ['just above it', 8384513 * 2 ** -47, 8392705 * 2 ** -23, 1],
    ['just above it, negative', -8384513 * 2 ** -47, 8392705 * 2 ** -23, -1],
    // 8392705 * 16769026 = 2^47 + 2: beside 2^-130 the tie is 2^-150
    ['just above a tie below the normal numbers', 8392705 * 2 ** -100, 16769026 * 2 ** -97, 2 ** -130],
    // 8605369 * 16354614 = 2^47 - 2^15 + 6: float64 keeps the last bit before that tie, and it is odd already
    ['a little below it', 8605369 * 2 ** -100, 16354614 * 2 ** -97, 2 ** -130 + 2 ** -149],
    [
      'a little more than a tie below the least normal number',
      -8384513 * 2 ** -122,
      8392705 * 2 ** -74,
      2 ** -126,
    ],
    ['the same, negative', 8384513 * 2 ** -122, 8392705 * 2 ** -74, -(2 ** -126)],
    ['a tie', 2 ** -24, 1, 1 + 2 ** -23],
    ['a result below the normal numbers', 2 ** -80, 2 ** -60 * 1.5, 2 ** -130],
    ['half of the least number', 2 ** -75, 2 ** -75, 0],
    ['more than half of the least number', 2 ** -75, 2 ** -75 * (1 + 2 ** -23), 0],
    ['cancellation', 3, 1 / 3, -1],
    ['overflow', 3e38, 2, 0],
    ['a product beyond floats that comes back', 3e38, 2, -3.4e38],
  ])('%s', (_, a, b, c) => {
    const [x, y, z] = [a, b, c].map(Math.fround) as [number, number, number];
    const expected = bitsOf(filled(exactly(x, y, z)));
    expect(bitsOf(multiplyAdd(portable, filled(x), y, filled(z)))).toEqual(expected);
    expect(bitsOf(multiplyAdd(machine, filled(x), y, filled(z)))).toEqual(expected);
  });

  it('rounds once for any floats', () => {
    const float = fc.float({ noNaN: true, noDefaultInfinity: true });
    const near = fc.tuple(fc.integer({ min: -(2 ** 24), max: 2 ** 24 }), fc.integer({ min: -40, max: 20 }));
    const value = fc.oneof(
      float,
      near.map(([mantissa, exponent]) => Math.fround(mantissa * 2 ** exponent)),
    );
    const row = fc.array(value, { minLength: COUNT, maxLength: COUNT });
    fc.assert(
      fc.property(row, value, row, (a, b, c) => {
        const [as, cs] = [Float32Array.from(a), Float32Array.from(c)];
        const expected = as.map((x, index) => exactly(x, b, cs[index]!));
        // 0 c and c + 0 lose the sign of zero, which the exact integers have not.
        const plain = (values: Float32Array) => bitsOf(values.map((x) => (x === 0 ? 0 : x)));
        expect(plain(multiplyAdd(portable, as, b, cs))).toEqual(plain(expected));
        expect(bitsOf(multiplyAdd(machine, as, b, cs))).toEqual(bitsOf(multiplyAdd(portable, as, b, cs)));
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  it.each([
    [Infinity, 1, 5],
    [Infinity, 0, 5],
    [1, 2, Infinity],
    [Infinity, 1, -Infinity],
    [Number.NaN, 1, 1],
    [1, 1, Number.NaN],
    [-Infinity, 2, 3],
  ])('%d * %d + %d is as in float64', (a, b, c) => {
    for (const kernels of [machine, portable]) {
      expect(multiplyAdd(kernels, filled(a), b, filled(c))[0]).toBe(a * b + c);
    }
  });
});
