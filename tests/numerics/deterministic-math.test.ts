import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  deterministicExp,
  deterministicLog,
  deterministicSineCosine,
} from '../../engine/numerics/deterministic-math.ts';

const golden = JSON.parse(
  readFileSync(new URL('golden/deterministic-math.json', import.meta.url), 'utf8'),
) as Record<'exp' | 'log', [number, number][]>;

const view = new DataView(new ArrayBuffer(8));

function bitsOf(value: number): bigint {
  view.setFloat64(0, value);
  return view.getBigInt64(0);
}

/** Distance in float64 numbers; both have the same sign. */
function ulps(a: number, b: number): number {
  const distance = bitsOf(a) - bitsOf(b);
  return Number(distance < 0n ? -distance : distance);
}

describe.each([
  { name: 'exp' as const, own: deterministicExp },
  { name: 'log' as const, own: deterministicLog },
])('$name', ({ name, own }) => {
  test('is within 1 unit in the last place of the exact value', () => {
    expect(golden[name].length).toBeGreaterThan(600);
    const far = golden[name].filter(([x, exact]) => ulps(own(x), exact) > 1);
    expect(far).toEqual([]);
  });

  test('has the exact float64 nearest for most arguments', () => {
    const exactly = golden[name].filter(([x, exact]) => own(x) === exact).length;
    expect(exactly / golden[name].length).toBeGreaterThan(0.85);
  });
});

test('edges', () => {
  expect(deterministicExp(0)).toBe(1);
  expect(deterministicExp(Infinity)).toBe(Infinity);
  expect(deterministicExp(-Infinity)).toBe(0);
  expect(deterministicExp(710)).toBe(Infinity);
  expect(deterministicExp(-746)).toBe(0);
  expect(deterministicExp(NaN)).toBeNaN();
  expect(deterministicLog(1)).toBe(0);
  expect(deterministicLog(0)).toBe(-Infinity);
  expect(deterministicLog(-1)).toBeNaN();
  expect(deterministicLog(Infinity)).toBe(Infinity);
  expect(deterministicLog(NaN)).toBeNaN();
});

test('sine and cosine are those of the library to float64', () => {
  const angles = Array.from({ length: 4000 }, (_, i) => [1.37 * i, 250.0013 * i]).flat();
  for (const x of [...angles, 1e6]) {
    const { sine, cosine } = deterministicSineCosine(x);
    expect(Math.abs(sine - Math.sin(x))).toBeLessThan(1e-12);
    expect(Math.abs(cosine - Math.cos(x))).toBeLessThan(1e-12);
  }
});
