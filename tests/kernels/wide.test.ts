// 256-bit instructions: V8 is asked for them where it has them, it makes them, and they change no bit.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Kernels, startKernels } from '../../engine/kernels/kernels.ts';
import { joiningFlag, vectorJoining } from '../../engine/kernels/wide.ts';
import { multiply } from './multiply.ts';

const joins = (await vectorJoining()) !== null;

describe('joined vectors', () => {
  it.each([
    ['11.3.244.8-node.30', null],
    ['13.0.245.19-electron.0', null],
    ['13.6.233.17-node.53', 'experimental-wasm-revectorize'],
    ['14.2.231', null],
    ['15.2.9', null],
    ['15.3.76.4', 'wasm-revectorize'],
    ['16.0.1', 'wasm-revectorize'],
  ])('are asked for in V8 %s by %s', (version, flag) => {
    expect(joiningFlag(version)).toBe(flag);
  });

  /** How many pairs of vectors V8's compiler joins in the functions that a product runs. */
  function joined(environment: Readonly<Record<string, string>>): number {
    const program = fileURLToPath(new URL('./multiply.ts', import.meta.url));
    const flags = ['--no-liftoff', '--trace-wasm-revectorize', '--disable-warning=ExperimentalWarning'];
    const env = { ...process.env, ...environment };
    const trace = execFileSync(process.execPath, [...flags, program], { encoding: 'utf8', env });
    const counts = [...trace.matchAll(/Decide to vectorize, (\d+) revectorizable nodes/g)];
    return counts.reduce((sum, [, count]) => sum + Number(count), 0);
  }

  /** Of the three tiles: every row has 4 or 2 operations in the loop, before and after it. */
  const FEWEST = 6 * 8 + 4 * 8 + 8 * 4;

  it.skipIf(!joins)('are made of the tiles (skipped where this V8 or processor has none)', () => {
    expect(joined({})).toBeGreaterThan(FEWEST);
  });

  it('are left alone where the environment says so', () => {
    expect(joined({ HINDCAST_WIDE_VECTORS: '0' })).toBe(0);
  });
});

describe('tiles for 256-bit vectors', () => {
  let wide: Kernels;
  let narrow: Kernels;
  beforeAll(async () => {
    wide = await startKernels({ threads: 1, wideVectors: true });
    narrow = await startKernels({ threads: 1, wideVectors: false });
  });
  afterAll(() => {
    wide.close();
    narrow.close();
  });

  it('give the bits of the narrow ones', () => {
    expect([wide.wide, narrow.wide]).toEqual([true, false]);
    const size = fc.integer({ min: 1, max: 70 });
    fc.assert(
      fc.property(size, size, size, fc.boolean(), (m, k, n, packed) => {
        const values = (count: number, step: number) =>
          Float32Array.from({ length: count }, (_, index) => Math.sin(index * step + 1));
        const operands = [[m, k, n], values(m * k, 0.7), values(k * n, 1.3), packed] as const;
        expect(multiply(wide, ...operands)).toEqual(multiply(narrow, ...operands));
      }),
      { numRuns: 300 },
    );
  });
});
