// A forecaster of frames, frame by frame: those that it reads, then those that it says, how near they are to the true ones, and how bright.
import type { Tensor2D, Tensor3D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { VideoExperiment } from '../../contract/tasks/video-experiment.ts';
import type { WeightLookup } from '../../models/parameters.ts';
import type { Pass } from '../../models/pass.ts';
import { readValues } from '../../ops/values.ts';
import { valueScale } from '../answer-scales.ts';
import type { SampleReadings } from '../sample-reading.ts';
import { framesOf, givenTensor } from './frame-batch.ts';
import { modelFor } from './model.ts';
import type { PreparedVideo } from './prepare.ts';

/** Fields of the frame, across and down, whose brightness can be explained. */
const FIELDS = 4;
/** Keeps the PSNR of a frame without an error finite: 120 dB. */
const LEAST_ERROR = 1e-12;
const DECIBELS = -10 / Math.LN10;

/** @throws HindcastError `invalid-input` for a model that keeps no state */
export function videoReadings(experiment: VideoExperiment, prepared: PreparedVideo): SampleReadings {
  const { given, ahead, embedding, relative } = experiment.task;
  const { parts, pictures, table } = prepared;
  const { width, height, channels } = pictures;
  const cells = width * height * channels;
  const model = modelFor(experiment, pictures);
  const fields = fieldsOf(pictures);
  const named = (frames: readonly Uint8Array[], first: number) =>
    frames.map((pixels, at) => ({ name: `frame ${first + at + 1}`, pixels }));
  return {
    scale: valueScale((value) => value),
    specs: model.specs,
    features: embedding,
    unit: 'frames',
    channels: [],
    stepSeconds: null,
    choices: ['PSNR', ...fields.map(({ name }) => name)],
    answers: 'frame',
    samples: { train: parts.train.length, validation: parts.validation.length, test: parts.test.length },
    translator: { bidirectional: false, repeatsLast: true },
    sample({ part, index }) {
      const window = parts[part][index]!;
      const read = prepared.givenOf(window);
      const after = prepared.aheadOf(window);
      const steps = given + ahead;
      return {
        name: `${table.names[window.row]!}, frames ${window.from + 1} to ${window.from + steps}`,
        truth: null,
        values: Float32Array.from(readValues(() => givenTensor([[...read, ...after]], pictures))),
        steps,
        length: steps,
        before: 0,
        labels: Array.from({ length: steps }, (_, step) => `frame ${window.from + step + 1}`),
        next: null,
        source: given,
        pictures: { read: named(read, window.from), after: named(after, window.from + given) },
      };
    },
    answer(values, weight, pass) {
      const all = values as readonly Float32Array[];
      const part = (from: number, count: number) => joined(all, from, count);
      return valuesOf(part(0, given), part(given, ahead), weight, pass);
    },
    pictures: {
      form: { width, height, channels },
      places: Int32Array.from({ length: given * cells }, (_, at) => at),
      answerTo(read, weight, pass, { values }) {
        const truth = joined([values as Float32Array], given, ahead);
        return valuesOf(read, tf.tile(truth, [read.shape[0], 1, 1]), weight, pass);
      },
      said(sample, weight) {
        const { read, after } = sample.pictures!;
        const frames = read.map(({ pixels }) => pixels);
        const answer = readValues(() => model.answer(givenTensor([frames], pictures), weight, {}));
        return framesOf(Float32Array.from(answer), frames.at(-1)!, { ahead, relative }).map(
          (pixels, step) => ({ name: after[step]!.name, pixels }),
        );
      },
    },
  };

  /** [batch, count, cells] of steps that follow each other. */
  function joined(all: readonly Float32Array[], from: number, count: number): Tensor3D {
    const size = count * cells;
    const values = new Float32Array(all.length * size);
    for (const [index, one] of all.entries())
      values.set(one.subarray(from * cells, from * cells + size), index * size);
    return tf.tensor3d(values, [all.length, count, cells]);
  }

  /** [batch, given + ahead, values]: 0 at the frames that are read; then PSNR in dB and the brightness of each field, of 0 to 1. */
  function valuesOf(read: Tensor3D, truth: Tensor3D, weight: WeightLookup, pass: Pass): Tensor3D {
    const batch = read.shape[0];
    const answer = model.answer(read, weight, pass);
    const said = relative ? tf.add(answer, bright(tf.slice(read, [0, given - 1, 0], [-1, 1, -1]))) : answer;
    const error = tf.mean(tf.square(tf.sub(said, bright(truth))), 2, true); // [batch, ahead, 1]
    const psnr = tf.mul(tf.log(tf.add(error, LEAST_ERROR)), DECIBELS);
    const flat = tf.reshape(said, [batch * ahead, cells]) as Tensor2D;
    const brightness = tf.reshape(tf.matMul(flat, fieldShares()), [batch, ahead, fields.length]);
    const known = tf.concat([psnr, brightness], 2);
    return tf.concat([tf.zeros([batch, given, fields.length + 1]), known], 1) as Tensor3D;
  }

  /** From what the model reads to 0 to 1. */
  function bright(x: tf.Tensor): tf.Tensor {
    const across = (values: readonly number[]) =>
      tf.tensor1d(Float32Array.from({ length: cells }, (_, at) => values[at % channels]!));
    return tf.add(tf.mul(x, across(pictures.deviation)), across(pictures.mean));
  }

  /** [cells, fields] whose columns sum to 1. */
  function fieldShares(): Tensor2D {
    const shares = new Float32Array(cells * fields.length);
    for (const [field, { numbers }] of fields.entries())
      for (const at of numbers) shares[at * fields.length + field] = 1 / numbers.length;
    return tf.tensor2d(shares, [cells, fields.length]);
  }
}

interface Field {
  readonly name: string;
  readonly numbers: readonly number[];
}

function fieldsOf({ width, height, channels }: PreparedVideo['pictures']): Field[] {
  const [down, across] = [Math.min(FIELDS, height), Math.min(FIELDS, width)];
  const fields = Array.from({ length: down * across }, (_, index) => ({
    name: `brightness in row ${Math.floor(index / across) + 1}, column ${(index % across) + 1} of ${down} x ${across}`,
    numbers: [] as number[],
  }));
  for (let at = 0; at < width * height * channels; at++) {
    const pixel = Math.floor(at / channels);
    const row = Math.floor((Math.floor(pixel / width) * down) / height);
    const column = Math.floor(((pixel % width) * across) / width);
    fields[row * across + column]!.numbers.push(at);
  }
  return fields;
}
