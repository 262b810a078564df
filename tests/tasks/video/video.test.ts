// Next frames of videos are learned by the loop: better than half of the copied last frame's error, resumed bit for bit, shown beside the truth.
import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { VideoFrame } from '../../../engine/contract/tasks/video-frame.ts';
import { generatedVideos } from '../../../engine/data/generated/moving-digits.ts';
import { numpyHead } from '../../../engine/data/samples/numpy-file.ts';
import type { Picture, SampleTable } from '../../../engine/data/samples/sample-table.ts';
import {
  nextFramesJob,
  videoResultJob,
  videoWindowJob,
} from '../../../engine/hosts/trainer/jobs/video-views.ts';
import { predictPart } from '../../../engine/hosts/trainer/predict.ts';
import { parseExperiment } from '../../../engine/services/runs/start.ts';
import { contentOf } from '../../../engine/tasks/content.ts';
import { prepareTask } from '../../../engine/tasks/task-of.ts';
import { imported, ownFolder } from '../../data/samples/imported.ts';
import { ABOUT, withProgram } from '../../export/exported-program.ts';
import { sourceOf, trainOn } from '../classify/made-samples.ts';

const { file } = ownFolder();

/** A point that goes right by a pixel a frame, and comes in again from the left: what follows is certain. */
function madeVideos(rows: number, frames = 8): SampleTable {
  const pictures = Array.from({ length: rows }, (_, row): Picture => {
    const pixels = new Uint8Array(frames * 36);
    for (let frame = 0; frame < frames; frame++)
      pixels[frame * 36 + (row % 6) * 6 + ((Math.floor(row / 6) + frame) % 6)] = 255;
    return { width: 6, height: 6, channels: 1, pixels };
  });
  const texts = pictures.map((_, row) => `video ${row}`);
  return {
    rows,
    names: texts,
    groups: texts.map(() => ''),
    parts: texts.map((_, row) => (row % 5 === 3 ? 'validation' : row % 5 === 4 ? 'test' : 'train')),
    hashes: texts,
    columns: [{ name: 'frames', kind: 'frames', pictures }],
  };
}

const CONFIGURATION = {
  name: 'digits',
  dataset: { name: 'digits' },
  task: { kind: 'video', input: 'frames', given: 4, ahead: 3, stride: 1, embedding: 16 },
  split: { kind: 'samples', by: 'given' },
  model: { kind: 'gru', units: 24 },
  training: { epochs: 30, batchSize: 16, optimizer: { kind: 'adam', learningRate: 0.01 } },
};
const TABLE = madeVideos(180);
const environment = { openSource: sourceOf(TABLE) } as Parameters<typeof videoResultJob.run>[1];
const endOf = (all: Awaited<ReturnType<typeof trainOn>>) =>
  all.find((message) => message.type === 'ended') ?? expect.unreachable();
const messages = await trainOn(TABLE, CONFIGURATION);
const ended = endOf(messages);
const epochsOf = (all: typeof messages) => all.filter((message) => message.type === 'epoch');
const scoreOf = (subject: string, metric: string) =>
  ended.scores.find((score) => score.subject === subject && score.metric === metric && score.part === 'test')!
    .value;

test('it says what comes next, beside a copy of the last frame and the mean frame', () => {
  expect([...new Set(ended.scores.map(({ subject }) => subject))]).toEqual([
    'model',
    'copy-last-frame',
    'mean-frame',
  ]);
  // A point in another position is two wrong pixels of 36.
  expect(scoreOf('copy-last-frame', 'frame-mse')).toBeCloseTo(2 / 36, 12);
  expect(scoreOf('model', 'frame-mse')).toBeLessThan(scoreOf('copy-last-frame', 'frame-mse') / 4);
  expect(scoreOf('model', 'psnr')).toBeGreaterThan(scoreOf('mean-frame', 'psnr'));
  expect(scoreOf('model', 'ssim')).toBeGreaterThan(scoreOf('copy-last-frame', 'ssim'));
});

test('a run that was stopped and resumed ends with the same weights', async () => {
  const stopped = await trainOn(TABLE, CONFIGURATION, { stopAfter: 40 });
  const checkpoint = stopped.findLast((message) => message.type === 'checkpoint') ?? expect.unreachable();
  expect(endOf(stopped).state).toBe('stopped');
  const resumed = await trainOn(TABLE, CONFIGURATION, { checkpoint: checkpoint.data });
  expect(endOf(resumed).weightsHash).toBe(ended.weightsHash);
  // So are the rows of the epochs, and the frames that are kept of them.
  const rest = epochsOf(resumed);
  expect(rest.length).toBeGreaterThan(20);
  expect(rest).toEqual(epochsOf(messages).slice(-rest.length));
});

test('after each epoch it keeps its frames of three windows, with the true ones', async () => {
  const all = epochsOf(messages).map(({ frames }) => frames!);
  expect(all).toHaveLength(30);
  const { form, truth } = all[0]!;
  // Videos of the validation part, whose windows begin at frames 0 and 1: the first, the middle and the last one.
  expect(form).toMatchObject({ width: 6, height: 6, channels: 1, steps: [1, 2, 3] });
  const rows = [3, 93, 178];
  expect(form.windows).toEqual(
    rows.map((row, index) => ({ name: `video ${row}`, from: index === 2 ? 1 : 0 })),
  );
  const { pictures } = TABLE.columns[0] as { readonly pictures: readonly Picture[] };
  expect([...truth]).toEqual(
    form.windows.flatMap(({ from }, index) => [
      ...pictures[rows[index]!]!.pixels.subarray((from + 3) * 36, (from + 7) * 36),
    ]),
  );
  for (const frames of all) expect([frames.form, frames.truth]).toEqual([form, truth]);
  // Two wrong pixels of 36.
  expect(form.copyPsnr.flat()).toEqual(Array.from({ length: 9 }, () => expect.closeTo(12.5527, 4)));
  const meanOf = ({ psnr }: (typeof all)[number]) => psnr.flat().reduce((sum, one) => sum + one, 0) / 9;
  expect(meanOf(all.at(-1)!)).toBeGreaterThan(meanOf(all[0]!) + 3);
  for (const { said, psnr } of [all[0]!, all.at(-1)!])
    for (const [index, closeness] of psnr.flat().entries()) {
      const at = 36 * (index + 1 + Math.floor(index / 3));
      const frame = [...said.subarray(36 * index, 36 * (index + 1))];
      const mse = frame.reduce((sum, value, cell) => sum + ((value - truth[at + cell]!) / 255) ** 2, 0) / 36;
      expect(closeness).toBeCloseTo(-10 * Math.log10(mse), 6);
    }
});

test('of large frames and many steps a small part is kept', async () => {
  const side = 60;
  const large = Array.from({ length: 10 }, (_, row): Picture => {
    const pixels = Uint8Array.from({ length: 12 * side * side }, (_pixel, at) => (at * (row + 3)) % 251);
    return { width: side, height: side, channels: 1, pixels };
  });
  const table = {
    ...madeVideos(10),
    columns: [{ name: 'frames', kind: 'frames' as const, pictures: large }],
  };
  const task = { ...CONFIGURATION.task, ahead: 8 };
  const training = { ...CONFIGURATION.training, epochs: 1 };
  const [{ frames } = expect.unreachable()] = epochsOf(
    await trainOn(table, { ...CONFIGURATION, task, training }),
  );
  expect(frames!.form).toMatchObject({ width: 48, height: 48, steps: [1, 3, 6, 8] });
  expect([frames!.form.windows.length, frames!.said.length]).toEqual([2, 2 * 4 * 48 * 48]);
});

test('its result has figures by step, the worst windows first, and the frames of each', async () => {
  const experiment = parseExperiment(CONFIGURATION);
  const { fitted, parts } = prepareTask(experiment, { kind: 'samples', name: 'digits', samples: TABLE });
  // Eight frames: two windows of seven.
  expect(parts.map(({ windows }) => windows)).toEqual([216, 72, 72]);
  const model = { fitted, weights: ended.best!.weights };
  const job = {
    workspacePath: '',
    datasetVersionId: 1,
    experiment,
    model,
    threads: 1,
    part: 'test' as const,
    key: 'test',
  };
  const { openSource } = environment;
  const found = await videoResultJob.run({ ...job, most: 1_000, verdict: 'good' }, environment);
  expect(found.steps.map(({ subject, figures }) => [subject, figures.length])).toEqual([
    ['model', 3],
    ['copy-last-frame', 3],
    ['mean-frame', 3],
  ]);
  const errors = found.windows.map(({ mse }) => mse);
  expect(errors).toEqual(errors.toSorted((a, b) => b - a));
  const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length;
  expect(mean).toBeCloseTo(scoreOf('model', 'frame-mse'), 12);
  const { window, sample, from } = found.windows[0]!;
  const frames = await videoWindowJob.run({ ...job, window }, environment);
  const { pixels } = (TABLE.columns[0] as { pictures: readonly Picture[] }).pictures[sample]!;
  expect([...frames.truth]).toEqual([...pixels.subarray(from * 36, (from + 7) * 36)]);
  expect([...frames.copy.subarray(72)]).toEqual([...pixels.subarray((from + 3) * 36, (from + 4) * 36)]);
  expect(frames.forecast).toHaveLength(3 * 36);
  // New videos are continued after their last frames; one that is too short is left out.
  const picture = (from: number, to: number): Picture => ({
    ...(TABLE.columns[0] as { pictures: readonly Picture[] }).pictures[sample]!,
    pixels: pixels.slice(from * 36, to * 36),
  });
  const given = CONFIGURATION.task.given;
  const pictures = [picture(0, from + given), picture(0, given - 1)];
  const samples = {
    rows: 2,
    names: ['long.gif', 'short.gif'],
    groups: ['', ''],
    parts: ['', ''] as const,
    hashes: ['a', 'b'],
    columns: [{ name: 'frames', kind: 'frames' as const, pictures }],
  };
  const next = await nextFramesJob.run({ ...job, samples }, environment);
  expect(next).toMatchObject({ width: 6, height: 6, channels: 1, ahead: 3, short: 1 });
  expect(next.videos).toEqual([{ name: 'long.gif', frames: frames.forecast }]);
  const none = { ...samples, rows: 1, columns: [{ ...samples.columns[0]!, pictures: [pictures[1]!] }] };
  await expect(nextFramesJob.run({ ...job, samples: none }, environment)).rejects.toThrow(
    `No video has the ${given} frames`,
  );
  const texts = { ...samples, columns: [{ name: 'text', kind: 'text' as const, texts: ['a', 'b'] }] };
  await expect(nextFramesJob.run({ ...job, samples: texts }, environment)).rejects.toThrow(
    'What was given holds no videos (its columns are: text)',
  );
  await expect(videoWindowJob.run({ ...job, window: 999 }, environment)).rejects.toThrow('no window 1000');
  const bytes = await predictPart({ ...job }, openSource);
  const frame = VideoFrame.decode(bytes);
  expect(frame.columns.window).toHaveLength(72 * 3);
  const content = contentOf(experiment, bytes);
  expect(content.tables()['frames.csv']).toHaveLength(1 + 72 * 3);
  expect(content.section().html.match(/<tr>/g)).toHaveLength(1 + 3);
});

test.each([
  ['gru', CONFIGURATION.model, false],
  ['lstm of two layers, changes from the last frame', { kind: 'lstm', units: 8, layers: 2 }, true],
  ['rnn', { kind: 'rnn', units: 8 }, false],
])('exported, its program says the same frames: %s', async (_name, model, relative) => {
  const configuration = {
    ...CONFIGURATION,
    task: { ...CONFIGURATION.task, relative },
    model,
    training: { ...CONFIGURATION.training, epochs: 1 },
  };
  const found = endOf(await trainOn(TABLE, configuration));
  const experiment = parseExperiment(configuration);
  const prepared = prepareTask(experiment, { kind: 'samples', name: 'digits', samples: TABLE });
  const trained = { fitted: prepared.fitted, weights: found.best!.weights };
  const machine = await prepared.open();
  const files = await machine.exportModel!({ trained, about: ABOUT, threads: 1 });
  const { pictures } = TABLE.columns[0] as { readonly pictures: readonly Picture[] };
  const first = pictures[4]!.pixels;
  const given = [0, 1, 2, 3].map((frame) => first.subarray(frame * 36, (frame + 1) * 36));
  const theirs = await withProgram(files, 'forecast', ({ program, encoder, decoder, form }) => {
    const made = program.createForecaster!(tf as never, { encoder, decoder, form } as never) as {
      forecast(frames: readonly Uint8Array[]): Uint8Array[];
    };
    expect(() => made.forecast(given.slice(1))).toThrow('It takes 4 frames of 36 numbers each.');
    return made.forecast(given);
  });
  const job = { workspacePath: '', datasetVersionId: 1, experiment, model: trained, threads: 1 };
  const ours = VideoFrame.decode(await predictPart({ ...job, part: 'test' }, environment.openSource));
  expect([ours.columns.sample[0], ours.columns.from[0]]).toEqual([4, 0]);
  for (const [step, frame] of theirs.entries())
    for (const [cell, value] of frame.entries())
      expect(Math.abs(value - ours.columns.forecast[cell]![step]!)).toBeLessThanOrEqual(1);
});

test('what does not suit is refused by the name of its field', async () => {
  const data = { kind: 'samples' as const, name: 'digits', samples: TABLE };
  const prepared = (task: object, model: object = CONFIGURATION.model) =>
    prepareTask(parseExperiment({ ...CONFIGURATION, model, task: { ...CONFIGURATION.task, ...task } }), data);
  expect(() => prepared({ given: 6 })).toThrow('no video of at least 9 frames');
  expect(() => prepared({ metrics: ['mse'] })).toThrow('There is no metric "mse" of frames');
  expect(() => prepared({ input: 'film' })).toThrow('no column "film"');
  await expect(prepared({}, { kind: 'gru', units: 4, truncateSteps: 2 }).open()).rejects.toThrow(
    'The gradient goes back through all frames that are read',
  );
});

test('moving digits are made by a seed, and read as videos', async () => {
  const bytes = Buffer.concat([...generatedVideos('moving-digits-40.npy')!]);
  const { samples, report } = await imported(file('moving-digits-40.npy', bytes), {});
  expect(report.rowsKept).toBe(40);
  expect(samples!.info).toMatchObject({
    input: 'frames',
    label: null,
    columns: [{ kind: 'frames', min: 20, max: 20, picture: { width: 20, height: 20, channels: 1 } }],
  });
  const few = Buffer.concat([...generatedVideos('moving-digits-12.npy')!]);
  expect((await imported(file('moving-digits-12.npy', few), {})).report.rowsKept).toBe(12);
  // Few long videos, whichever dimension comes first: pictures change less from frame to frame than from video to video.
  const [videos, frames] = [3, 14];
  const dots = (video: number, frame: number) =>
    Array.from({ length: 64 }, (_, at) => (at === 16 * video + Math.floor(frame / 2) ? 255 : 60 * video));
  const of = (one: number, other: number, pixelsOf: (a: number, b: number) => number[]) =>
    Buffer.concat([
      numpyHead([one, other, 8, 8]),
      Buffer.from(
        Array.from({ length: one * other }, (_, at) => pixelsOf(Math.floor(at / other), at % other)).flat(),
      ),
    ]);
  const framesIn = async (name: string, data: Buffer) => {
    const { samples: found } = await imported(file(name, data), {});
    return [found!.info.columns[0]!.min, found!.info.columns[0]!.max];
  };
  expect(await framesIn('videos-first.npy', of(videos, frames, dots))).toEqual([14, 14]);
  expect(
    await framesIn(
      'frames-first.npy',
      of(frames, videos, (a, b) => dots(b, a)),
    ),
  ).toEqual([14, 14]);
  expect(await framesIn('one.npy', of(1, frames, dots))).toEqual([14, 14]);
  expect(generatedVideos('moving-digits-0.npy')).toBeNull();
  await expect(imported(file('cut.npy', bytes.subarray(0, 5_000)), {})).rejects.toThrow('it is cut off');
  const floats = Buffer.from(bytes.toString('latin1').replace('|u1', '<f4'), 'latin1');
  await expect(imported(file('floats.npy', floats), {})).rejects.toThrow('save whole numbers from 0 to 255');
});
