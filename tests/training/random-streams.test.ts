import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openRandomStream, STREAM_NAMES, seedRandomStream } from '../../engine/training/random-streams.ts';

test('is xoshiro128**: the numbers of the reference implementation for the state 1, 2, 3, 4', () => {
  const stream = openRandomStream([1, 2, 3, 4]);
  const expected = [
    11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
  ];
  expect(expected.map(() => stream.uint32())).toEqual(expected);
});

test('is seeded with the first 16 bytes of SHA-256', () => {
  const digest = createHash('sha256').update('hindcast random 1\n7\nshuffle').digest();
  const words = [0, 4, 8, 12].map((at) => digest.readUInt32LE(at));
  expect(seedRandomStream(7, 'shuffle').state()).toEqual(words);
});

test('names and seeds give different streams', () => {
  const firsts = [0, 1, 2, 2 ** 32 - 1].flatMap((seed) =>
    STREAM_NAMES.map((name) => seedRandomStream(seed, name).uint32()),
  );
  expect(new Set(firsts).size).toBe(firsts.length);
});

test('continues from any saved state', () => {
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 0, max: 50 }), (seed, skip) => {
      const stream = seedRandomStream(seed, 'init');
      for (let i = 0; i < skip; i++) stream.uint32();
      const other = openRandomStream(stream.state());
      expect(other.permutation(9)).toEqual(stream.permutation(9));
      expect(other.uniform()).toBe(stream.uniform());
    }),
    { seed: 1 },
  );
});

test('uniform numbers fill [0, 1) evenly, with 53 and with 24 bits', () => {
  const stream = seedRandomStream(1, 'init');
  for (const [draw, bits] of [
    [stream.uniform, 53],
    [stream.uniform24, 24],
  ] as const) {
    const counts = new Array<number>(10).fill(0);
    let fine = 0;
    for (let i = 0; i < 20_000; i++) {
      const value = draw();
      expect(Number.isInteger(value * 2 ** bits)).toBe(true);
      if (!Number.isInteger(value * 2 ** (bits - 1))) fine++;
      counts[Math.floor(value * 10)]!++;
    }
    for (const count of counts) expect(Math.abs(count - 2000)).toBeLessThan(5 * Math.sqrt(2000));
    expect(Math.abs(fine - 10_000)).toBeLessThan(500);
  }
});

test('whole numbers are unbiased where the remainder of 2^32 is large', () => {
  const stream = seedRandomStream(1, 'shuffle');
  const below = 3 * 2 ** 30;
  // By `% below` alone the lowest third would come up twice as often.
  let low = 0;
  for (let i = 0; i < 9_000; i++) if (stream.integer(below) < 2 ** 30) low++;
  expect(Math.abs(low - 3_000)).toBeLessThan(250);
});

test('every order of four things comes up equally often', () => {
  const stream = seedRandomStream(5, 'shuffle');
  const counts = new Map<string, number>();
  for (let i = 0; i < 12_000; i++) {
    const order = stream.permutation(4).join();
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  expect(counts.size).toBe(24);
  for (const count of counts.values()) expect(Math.abs(count - 500)).toBeLessThan(120);
});

test('refuses a state that no stream can have', () => {
  expect(() => openRandomStream([0, 0, 0, 0])).toThrow('four words');
  expect(() => openRandomStream([1, 2, 3])).toThrow('four words');
});
