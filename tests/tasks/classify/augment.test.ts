// What training changes of its samples: shapes stay, every draw comes from its own stream, and validation reads the samples as they are.
import { expect, test } from 'vitest';
import { AugmentSchema } from '../../../engine/contract/experiment/augment.ts';
import { augmentRows } from '../../../engine/tasks/classify/augment-rows.ts';
import { seedRandomStream } from '../../../engine/training/random-streams.ts';
import { CONFIGURATION, madeSamples, trainOn } from './made-samples.ts';

const rows = Float32Array.from({ length: 20 * 6 }, (_, at) => at + 1);
const changed = (options: object, seed = 1) =>
  augmentRows(rows, 6, AugmentSchema.parse(options), seedRandomStream(seed, 'augment'));

test('without options rows stay as they are', () => {
  expect(changed({})).toEqual(rows);
});

test('a run of bands and a run of steps become the mean, at most as wide as asked', () => {
  const widths = new Set<number>();
  for (let seed = 0; seed < 30; seed++) {
    const bands = changed({ maskedBands: 2 }, seed);
    const blank = Array.from({ length: 6 }, (_, band) => band).filter((band) =>
      Array.from({ length: 20 }, (_, step) => bands[step * 6 + band]).every((value) => value === 0),
    );
    widths.add(blank.length);
    expect(bands.filter((value) => value === 0)).toHaveLength(20 * blank.length);
    expect(blank.length).toBeLessThanOrEqual(2);
    const steps = changed({ maskedSteps: 50 }, seed);
    expect(steps.filter((value) => value === 0).length % 6).toBe(0);
    expect(steps.filter((value) => value === 0).length).toBeLessThanOrEqual(60);
  }
  expect(widths).toEqual(new Set([0, 1, 2]));
});

test('a shift moves all channels alike and never reads beyond an end', () => {
  const firsts = Array.from({ length: 40 }, (_, seed) => changed({ shiftedSteps: 3 }, seed));
  const shifts = firsts.map((found) => found.find((value) => value !== 0));
  expect(new Set(shifts)).toEqual(new Set([1, 7, 13, 19]));
  for (const found of firsts) expect(found).toHaveLength(rows.length);
  expect(changed({ shiftedSteps: 900 }, 2)).toHaveLength(rows.length);
});

test('a shift of bands moves every step alike, and what lies beyond an end is like the last band', () => {
  const draw = seedRandomStream(1, 'augment');
  const options = AugmentSchema.parse({ shiftedBands: 2 });
  const found = Array.from({ length: 60 }, () => augmentRows(rows, 6, options, draw));
  const firstSteps = new Set(found.map((values) => values.slice(0, 6).join(' ')));
  expect(firstSteps).toEqual(
    new Set(['1 2 3 4 5 6', '1 1 2 3 4 5', '1 1 1 2 3 4', '2 3 4 5 6 6', '3 4 5 6 6 6']),
  );
  for (const values of found)
    expect(Array.from(values, (value, at) => value - values[at % 6]!)).toEqual(
      Array.from(values, (_, at) => 6 * Math.floor(at / 6)),
    );
});

test('a run whose samples are changed resumes bit for bit, and its own stream moves no other', async () => {
  const table = madeSamples(160);
  const training = { ...CONFIGURATION.training, epochs: 3 };
  const of = (augment: object, options = {}) =>
    trainOn(table, { ...CONFIGURATION, task: { ...CONFIGURATION.task, augment }, training }, options);
  const endOf = (all: Awaited<ReturnType<typeof trainOn>>) =>
    all.find((message) => message.type === 'ended') ?? expect.unreachable();
  const whole = endOf(await of({ unknownTokens: 0.3 }));
  const stopped = await of({ unknownTokens: 0.3 }, { stopAfter: 10 });
  const checkpoint = stopped.findLast((message) => message.type === 'checkpoint') ?? expect.unreachable();
  const resumed = endOf(await of({ unknownTokens: 0.3 }, { checkpoint: checkpoint.data }));
  expect(resumed.weightsHash).toBe(whole.weightsHash);
  const plain = endOf(await of({}));
  expect(plain.weightsHash).not.toBe(whole.weightsHash);
  // Nothing of texts is masked in bands: the same run.
  expect(endOf(await of({ maskedBands: 3 })).weightsHash).toBe(plain.weightsHash);
});
