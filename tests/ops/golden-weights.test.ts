// Weights after 15 or 20 training steps, as a hash: golden for a version of the kernels; the same on 1, 2 and 4 threads, without
// shared memory, without fused multiply-add, without joined vectors and in the tiles for them. When the kernels change on
// purpose, the hashes may change: run with UPDATE_GOLDEN=1 and say why in the commit.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { SimdOptions } from '../../engine/backends/simd/index.ts';
import { type Trained, trainAll } from './training-hashes.ts';

const file = new URL('../golden/ops/weights.json', import.meta.url);
const golden = () => JSON.parse(readFileSync(file, 'utf8')) as unknown;

describe('trained weights have the golden hashes', () => {
  it.each([1, 2, 4])('on %s threads', async (threads) => {
    const { hashes, kernels } = await trainAll({ threads });
    expect(kernels).toMatchObject({ threads, shared: true });
    if (process.env.UPDATE_GOLDEN && threads === 1)
      writeFileSync(file, `${JSON.stringify(hashes, null, 2)}\n`);
    expect(hashes).toEqual(golden());
  });

  it.each<[string, SimdOptions, Partial<Trained['kernels']>]>([
    ['without shared memory', { threads: 4, sharedMemory: false }, { threads: 1, shared: false }],
    [
      'where the processor has no fused multiply-add',
      { threads: 2, fusedMultiplyAdd: false },
      { fused: false, wide: false },
    ],
    ['in tiles for 128-bit vectors', { threads: 2, wideVectors: false }, { wide: false }],
    ['in tiles for 256-bit vectors', { threads: 2, wideVectors: true }, { wide: true }],
  ])('%s', async (_, options, expected) => {
    const { hashes, kernels } = await trainAll(options);
    expect(kernels).toMatchObject(expected);
    expect(hashes).toEqual(golden());
  });

  it.each(['--no-liftoff', '--liftoff'])('where V8 joins no vectors, under %s', (flag) => {
    const program = fileURLToPath(new URL('./training-hashes.ts', import.meta.url));
    const env = { ...process.env, HINDCAST_WIDE_VECTORS: '0' };
    const args = [flag, '--disable-warning=ExperimentalWarning', program];
    const { hashes, kernels } = JSON.parse(
      execFileSync(process.execPath, args, { encoding: 'utf8', env, stdio: ['ignore', 'pipe', 'inherit'] }),
    ) as Trained;
    expect(kernels.wide).toBe(false);
    expect(hashes).toEqual(golden());
  });
});
