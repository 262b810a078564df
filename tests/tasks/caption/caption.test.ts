// Captions of images are learned by the decoder of translations, resumed bit for bit, and written for new pictures.
import { createHash } from 'node:crypto';
import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { createNumbers } from '../../../engine/data/generated/random.ts';
import type { Picture, SampleTable } from '../../../engine/data/samples/sample-table.ts';
import { captionResultJob, captionWriteJob } from '../../../engine/hosts/trainer/jobs/caption-views.ts';
import { predictPart } from '../../../engine/hosts/trainer/predict.ts';
import { parseExperiment } from '../../../engine/services/runs/start.ts';
import { contentOf } from '../../../engine/tasks/content.ts';
import { prepareTask } from '../../../engine/tasks/task-of.ts';
import { pngOf } from '../../data/samples/picture-files.ts';
import { ABOUT, withProgram } from '../../export/exported-program.ts';
import { CAPTION_EXPERIMENT, fileOf, picturesOf, resumedHash, trainedOn } from './caption-runs.ts';

const SIDE = 8;
const SHADES = [
  ['dark', 60],
  ['light', 230],
] as const;
const HALVES = ['top', 'bottom'] as const;

/** A square of two pixels in the upper or lower half, on noise: `a light square at the top`. */
function madeCaptions(rows: number): SampleTable {
  const { integer } = createNumbers(11);
  const made = Array.from({ length: rows }, () => {
    const [word, level] = SHADES[integer(2)]!;
    const half = integer(2);
    // As bright as another image: of the nearest pixels most are those of the ground.
    const ground = 90 + integer(60);
    const [x, y] = [integer(7), half * 4 + integer(3)];
    const pixels = Uint8Array.from({ length: SIDE * SIDE }, () => ground + integer(60));
    for (const at of [0, 1, SIDE, SIDE + 1]) pixels[y * SIDE + x + at] = level;
    const picture: Picture = { width: SIDE, height: SIDE, channels: 1, pixels };
    return { picture, caption: `a ${word} square at the ${HALVES[half]}` };
  });
  return {
    rows,
    names: made.map((_, row) => `${row}.png`),
    groups: made.map(() => ''),
    parts: made.map(() => ''),
    hashes: made.map(({ picture }) => createHash('sha256').update(picture.pixels).digest('hex')),
    columns: [
      { name: 'image', kind: 'image', pictures: made.map(({ picture }) => picture) },
      { name: 'caption', kind: 'text', texts: made.map(({ caption }) => caption) },
    ],
  };
}

const CONFIGURATION = { ...CAPTION_EXPERIMENT, task: { ...CAPTION_EXPERIMENT.task, beam: 2 } };
const TABLE = madeCaptions(300);
const { ended, prepared, model, job, environment, testScore } = await trainedOn(TABLE, CONFIGURATION);

test('it writes what is to be seen, beside the commonest caption and that of the nearest image', () => {
  expect([...new Set(ended.scores.map(({ subject }) => subject))]).toEqual([
    'model',
    'commonest-caption',
    'nearest-image',
  ]);
  expect(testScore('model', 'exact-match')).toBeGreaterThan(0.85);
  expect(testScore('model', 'chrf')).toBeGreaterThan(95);
  expect(testScore('nearest-image', 'chrf')).toBeGreaterThan(testScore('commonest-caption', 'chrf'));
});

test('a run that was stopped and resumed ends with the same weights', async () => {
  expect(await resumedHash(TABLE, CONFIGURATION, 17)).toBe(ended.weightsHash);
});

test('it writes a caption for a file, of any size; what is no picture is refused', async () => {
  const light = pngOf(32, 32, (x, y) =>
    x >= 8 && x < 16 && y >= 20 && y < 28 ? [230, 230, 230] : [139, 139, 139],
  );
  const asked = (picture: Uint8Array) => captionWriteJob.run({ ...job, picture, beam: 2 }, environment);
  const { text, alternatives } = await asked(light);
  expect(text).toBe('a light square at the bottom');
  expect(alternatives[0]).toMatchObject({ text, probability: expect.any(Number) });
  await expect(asked(Buffer.from('words'))).rejects.toThrow('it is no picture of a known form');
});

test('exported, its program writes the same captions', async () => {
  const machine = await prepared.open();
  const files = await machine.exportModel!({ trained: model, about: ABOUT, threads: 1 });
  const some = picturesOf(TABLE).slice(0, 6);
  const theirs = await withProgram(files, 'caption', ({ program, encoder, decoder, form }) => {
    const model = { encoder, decoder, form } as never;
    return some.map(({ pixels }) => program.caption!(tf as never, model, pixels as never) as string);
  });
  const ours: string[] = [];
  for (const picture of some)
    ours.push((await captionWriteJob.run({ ...job, picture: fileOf(picture), beam: 1 }, environment)).text);
  expect(theirs).toEqual(ours);
});

test('its result and its tables have a line for each image of the test part', async () => {
  const part = 'test' as const;
  const asked = { ...job, part, key: 'test', most: 5, pick: 'worst' as const, verdict: '' };
  const found = await captionResultJob.run(asked, environment);
  expect(found.captions).toHaveLength(5);
  const [worst] = found.captions;
  expect(worst!.edits).toBeGreaterThanOrEqual(found.captions[4]!.edits);
  // For comparisons: the same images of every run.
  const even = await captionResultJob.run({ ...asked, pick: 'evenly', most: 1_000 }, environment);
  const samples = even.captions.map(({ sample }) => sample);
  expect(samples).toHaveLength(found.count);
  expect(samples).toEqual(samples.toSorted((a, b) => a - b));
  const content = contentOf(job.experiment, await predictPart({ ...job, part }, environment.openSource));
  expect(content.tables()['captions.csv']).toHaveLength(1 + found.count);
  expect(content.section().html).toContain('square');
});

test('attention reads patches too, and what cannot write is refused by its field', async () => {
  const quick = { ...CONFIGURATION.training, epochs: 1 };
  const attention = { kind: 'attention', units: 16, heads: 2, layers: 1, positions: 'learned' };
  const written = await trainedOn(TABLE, { ...CONFIGURATION, model: attention, training: quick });
  expect(written.ended.weightsHash).not.toBeNull();
  const machine = await written.prepared.open();
  const files = await machine.exportModel!({ trained: written.model, about: ABOUT, threads: 1 });
  const some = picturesOf(TABLE).slice(0, 3);
  const theirs = await withProgram(files, 'caption', ({ program, encoder, decoder, form }) => {
    const opened = { encoder, decoder, form } as never;
    return some.map(({ pixels }) => program.caption!(tf as never, opened, pixels as never) as string);
  });
  for (const [index, picture] of some.entries()) {
    const asked = { ...written.job, picture: fileOf(picture), beam: 1 };
    expect(theirs[index]).toBe((await captionWriteJob.run(asked, written.environment)).text);
  }
  const gru = parseExperiment({ ...CONFIGURATION, model: { kind: 'gru', units: 8 } });
  const data = { kind: 'samples' as const, name: 'squares', samples: TABLE };
  await expect(prepareTask(gru, data).open()).rejects.toThrow('writes no text of its own');
  const texts = { ...CONFIGURATION, task: { ...CONFIGURATION.task, input: 'caption' } };
  expect(() => prepareTask(parseExperiment(texts), data)).toThrow('choose a column of images');
});
