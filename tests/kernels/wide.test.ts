// 256-bit instructions: V8 is asked for them where it supports them, it generates them, and they change no bit.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Kernels, startKernels } from '../../engine/kernels/kernels.ts';
import { joiningFlag, vectorJoining } from '../../engine/kernels/wide.ts';
import { multiply, RESULT, waves } from './multiply.ts';

const joining = await vectorJoining();
/** False too where the processor has no fused multiply-add, with which 256-bit instructions come. */
const joins = await startKernels({ threads: 1 }).then((kernels) => {
  kernels.close();
  return kernels.wide;
});

describe('joined vectors', () => {
  it.each([
    ['11.3.244.8-node.30', null],
    ['13.0.245.19-electron.0', null],
    ['13.6.233.17-node.53', 'experimental-wasm-revectorize'],
    ['13.7.1', null],
    ['14.2.231', null],
    ['15.2.9', null],
    ['15.3.76.4', 'wasm-revectorize'],
    ['15.6.1', 'wasm-revectorize'],
    ['16.0.1', null],
  ])('are asked for in V8 %s by %s', (version, flag) => {
    expect(joiningFlag(version)).toBe(flag);
  });

  /** Runs multiply.ts by V8's optimizing compiler, which says of every function by how many pairs it has joined. */
  function run(environment: Readonly<Record<string, string>>): { joined: number[]; hash: string } {
    const program = fileURLToPath(new URL('./multiply.ts', import.meta.url));
    const flags = ['--no-liftoff', '--no-wasm-inlining', '--disable-warning=ExperimentalWarning'];
    const trace = execFileSync(process.execPath, [...flags, '--trace-wasm-revectorize', program], {
      encoding: 'utf8',
      env: { ...process.env, ...environment },
      maxBuffer: 2 ** 26,
    });
    const counts = [...trace.matchAll(/Decide to vectorize, (\d+) revectorizable nodes/g)];
    const hash = new RegExp(`^${RESULT} (\\w+)$`, 'm').exec(trace)?.[1];
    if (!hash) throw new Error('The program printed no hash.');
    return { joined: counts.map(([, count]) => Number(count)), hash };
  }

  /** 6 x 16, 4 x 16, 8 x 8: each has a hundred operations and more, the functions around them have fewer. */
  const TILES = 3;

  it.skipIf(!joins)('make every tile, and change no bit (skipped where V8 does not join)', () => {
    const joined = run({});
    const apart = run({ HINDCAST_WIDE_VECTORS: '0' });
    expect(joined.joined.filter((count) => count > 100)).toHaveLength(TILES);
    expect(apart.joined).toEqual([]);
    expect(joined.hash).toBe(apart.hash);
  });
});

describe('tiles for 256-bit vectors', () => {
  let wide: Kernels;
  let narrow: Kernels;
  beforeAll(async () => {
    joining?.(true);
    wide = await startKernels({ threads: 1, wideVectors: true });
    narrow = await startKernels({ threads: 1, wideVectors: false });
  });
  afterAll(() => {
    wide.close();
    narrow.close();
    joining?.(false);
  });

  it('give the bits of the narrow ones', () => {
    expect([wide.wide, narrow.wide]).toEqual([true, false]);
    const size = fc.integer({ min: 1, max: 70 });
    fc.assert(
      fc.property(size, size, size, fc.boolean(), (m, k, n, packed) => {
        const operands = [[m, k, n], waves(m * k, 0.7), waves(k * n, 1.3), waves(n, 0.3), packed] as const;
        expect(multiply(wide, ...operands)).toEqual(multiply(narrow, ...operands));
      }),
      { numRuns: 300, seed: 1 },
    );
  });
});
