import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { HindcastError } from '../../engine/contract/values/errors.ts';
import { decodeArrayFile, encodeArrayFile } from '../../engine/training/array-file.ts';
import { decodeCheckpoint, encodeCheckpoint } from '../../engine/training/checkpoint.ts';
import { decodeWeights, encodeWeights, hashWeights } from '../../engine/training/weights.ts';
import { bitsOf, noisySine, record, toyTraining, useCpu } from './toy.ts';

beforeAll(useCpu);

const toy = toyTraining({
  values: noisySine(40, 10, 0.1),
  lookback: 4,
  horizon: 1,
  training: { epochs: 2, batchSize: 8, checkpointEverySteps: 2 },
});

function codeOf(work: () => unknown): string {
  try {
    work();
    return 'nothing was thrown';
  } catch (cause) {
    return cause instanceof HindcastError ? cause.code : String(cause);
  }
}

test('a checkpoint holds what was put in, and the same state gives the same bytes', async () => {
  const { checkpoints } = await record(toy);
  expect(checkpoints.length).toBeGreaterThan(2);
  for (const { data, step, epoch } of checkpoints) {
    const checkpoint = decodeCheckpoint(data);
    expect(checkpoint.position).toMatchObject({ step, epoch });
    expect(Buffer.from(encodeCheckpoint(checkpoint)).equals(data)).toBe(true);
  }
});

test('a changed, missing or added byte anywhere is noticed', async () => {
  const { checkpoints } = await record(toy);
  const { data } = checkpoints.at(-1)!;
  expect(codeOf(() => decodeCheckpoint(data))).toBe('nothing was thrown');
  fc.assert(
    fc.property(fc.nat(data.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
      const broken = data.slice();
      broken[at]! ^= change;
      // A later format's number is believed: its checksum may lie elsewhere.
      expect(['workspace-damaged', 'workspace-newer']).toContain(codeOf(() => decodeCheckpoint(broken)));
    }),
    { numRuns: 200, seed: 1 },
  );
  for (const length of [0, 3, 40, data.length - 1]) {
    expect(codeOf(() => decodeCheckpoint(data.slice(0, length)))).toBe('workspace-damaged');
  }
  expect(codeOf(() => decodeCheckpoint(Buffer.concat([data, Buffer.alloc(8)])))).toBe('workspace-damaged');
});

test('a weights file is no checkpoint, and a later format is named', () => {
  const file = encodeWeights([{ name: 'a', shape: [2], values: Float32Array.of(1, 2) }]);
  expect(() => decodeCheckpoint(file)).toThrow(/checkpoint is damaged.*"HCWT"/);
  file[4] = 2;
  expect(codeOf(() => decodeWeights(file))).toBe('workspace-newer');
  expect(() => decodeWeights(file)).toThrow(/format 2, this Hindcast knows up to 1/);
});

test('weights keep every bit, also of NaN, infinities and -0, and equal ones have equal hashes', () => {
  const arrays = [
    { name: 'a/b', shape: [3, 1], values: Float32Array.of(Number.NaN, -0, Number.NEGATIVE_INFINITY) },
    { name: 'empty', shape: [0, 4], values: new Float32Array(0) },
    { name: 'scalar', shape: [], values: Float32Array.of(1e-45) },
  ];
  const file = encodeWeights(arrays);
  expect(decodeWeights(file)).toEqual(arrays);
  expect(bitsOf(decodeWeights(file))).toEqual(bitsOf(arrays));
  // From an odd offset in a larger block, as it may come out of a store.
  const inside = Buffer.concat([Buffer.alloc(3), file]).subarray(3);
  expect(bitsOf(decodeWeights(inside))).toEqual(bitsOf(arrays));
  expect(hashWeights(encodeWeights(arrays))).toBe(hashWeights(file));
  const other = [{ ...arrays[0]!, values: Float32Array.of(Number.NaN, 0, Number.NEGATIVE_INFINITY) }];
  expect(hashWeights(encodeWeights([...other, ...arrays.slice(1)]))).not.toBe(hashWeights(file));
});

test('numbers of the header keep every bit', () => {
  const kind = { letters: 'TEST', version: 1, noun: 'test' };
  const meta = { sum: 0.1 + 0.2, infinite: Infinity, none: Number.NaN, tiny: 5e-324 };
  expect(decodeArrayFile(kind, encodeArrayFile(kind, { meta, arrays: [] })).meta).toEqual(meta);
});

test('a checkpoint of another model is refused', async () => {
  const { checkpoints } = await record(toy);
  const other = toyTraining({ values: noisySine(40, 10, 0.1), lookback: 4, horizon: 1, units: 5 });
  await expect(record(other, { checkpoint: checkpoints[0]!.data })).rejects.toThrow(
    /another model.*lstm\/0\/kernel \[1,16\]/,
  );
});
