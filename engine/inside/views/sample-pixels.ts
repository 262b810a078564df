// The view `pixels`: the pictures of a sample, and what of each pixel an answer stands on: integrated gradients (Sundararajan et al. 2017)
// from the mean of the training part, and attention to the patches that it lies in.
import * as tf from '@tensorflow/tfjs-core';
import { InsidePixelsFrame, type PixelsChoice, ReadChoiceSchema } from '../../contract/inside/reading.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import { readValues } from '../../ops/values.ts';
import type { PictureReadings, ReadPictures, ReadSample } from '../../tasks/sample-reading.ts';
import {
  type GradientPath,
  gapOf,
  integratedGradients,
  LARGE_GAP,
  POINTS,
  pathTensor,
} from '../integrated-gradients.ts';
import { answersOf, explainedBy } from '../readings/answers.ts';
import type { Explained } from '../readings/explain.ts';
import type { Reader } from '../readings/load.ts';
import { headsOf } from '../readings/maps.ts';
import { passOver, type SeenSample } from '../readings/pass.ts';
import { chooseSample } from '../readings/samples.ts';

export function pixels(reader: Reader, asked: PixelsChoice): Uint8Array {
  const choice = ReadChoiceSchema.parse(asked);
  const { readings, parameters } = reader;
  const sample = chooseSample(reader, choice);
  const { pictures } = sample;
  if (!readings.pictures || !pictures) throw noPictures();
  const seen = passOver(reader, sample);
  const answers = answersOf(readings, seen.logs, sample.source ?? 0);
  const explained = explainedBy(readings, { sample, answers, step: choice.step, choice: choice.choice });
  const { form } = readings.pictures;
  const cells = form.width * form.height * form.channels;
  const asking = { reader, sample, explained, of: readings.pictures };
  const found = integrated(asking);
  const whole = onPictures(found.values, readings.pictures, cells * pictures.read.length);
  const ofPicture = (index: number) => whole.subarray(index * cells, (index + 1) * cells);
  const said = readings.pictures.said?.(sample, parameters.weight) ?? [];
  const looks = lookOf(asking, seen, choice, cells);
  return InsidePixelsFrame.encode({
    header: {
      name: sample.name,
      ...form,
      read: pictures.read.map(({ name }) => name),
      after: pictures.after.map(({ name }) => name),
      said: said.map(({ name }) => name),
      explained: {
        step: explained.step,
        choice: readings.choices[explained.choice]!,
        value: found.whole,
      },
      without: found.without,
      sums: pictures.read.map((_, index) => ofPicture(index).reduce((sum, value) => sum + value, 0)),
      gap: found.gap,
      looks: looks.length > 0 ? ['attention'] : [],
    },
    columns: {
      read: pixelsOf(pictures.read),
      after: pixelsOf(pictures.after),
      said: pixelsOf(said),
      evidence: pictures.read.map((_, index) => Float32Array.from(ofPicture(index))),
      look: looks,
    },
  });
}

const pixelsOf = (pictures: ReadPictures['read']): Uint8Array[] =>
  pictures.map((picture) => Uint8Array.from(picture.pixels));

interface Asking {
  readonly reader: Reader;
  readonly sample: ReadSample;
  readonly explained: Explained;
  readonly of: PictureReadings;
}

/** A path that bends gets more points, up to these. */
const MOST_POINTS = 256;
/** A smaller change of the answer is rounding. */
const LEAST_CHANGE = 1e-6;

interface Integrated {
  /** Of each number that is read. */
  readonly values: Float64Array;
  readonly whole: number;
  readonly without: number;
  readonly gap: number;
}

function integrated(asking: Asking): Integrated {
  const path = pathOf(asking);
  const answer = (x: tf.Tensor3D) => explainedIn(asking, x);
  const [without, whole] = [0, 1].map((share) => readValues(() => answer(pathTensor(path, [share])))[0]!) as [
    number,
    number,
  ];
  for (let count = POINTS; ; count *= 2) {
    const values = integratedGradients(path, [answer], count)[0]!;
    const gap = gapOf(values, whole - without, LEAST_CHANGE)!;
    if (gap < LARGE_GAP || count >= MOST_POINTS) return { values, whole, without, gap };
  }
}

/** From the mean of the training part, which is 0, to what of the sample is pictures. */
function pathOf({ sample: { values, source, steps }, of }: Asking): GradientPath {
  const read = (values as Float32Array).subarray(0, of.places.length);
  return { baseline: new Float32Array(read.length), values: read, features: read.length / (source ?? steps) };
}

/** The sum over the batch of what is explained. */
function explainedIn({ reader, sample, explained, of }: Asking, x: tf.Tensor3D): tf.Scalar {
  const { step, choice } = explained;
  const answer = of.answerTo(x, reader.parameters.weight, {}, sample);
  return tf.sum(tf.slice(answer, [0, step, choice], [-1, 1, 1])) as tf.Scalar;
}

/** Pixels that several patches have get the sum. */
function onPictures(values: ArrayLike<number>, { places }: PictureReadings, numbers: number): Float64Array {
  const whole = new Float64Array(numbers);
  for (const [at, place] of places.entries()) whole[place]! += values[at]!;
  return whole;
}

/** The weights of the explained step on the patches, spread over their pixels; none without attention to what is read. */
function lookOf(
  { sample, of, explained }: Asking,
  seen: SeenSample,
  choice: Parameters<typeof headsOf>[1],
  cells: number,
): Float32Array[] {
  const plan = seen.anatomy.attention[choice.layer];
  if (!plan?.isAlignment || sample.source === undefined) return [];
  const { queries, weights } = headsOf(seen, { ...choice, whole: true }, sample);
  const line = weights[queries.findIndex(([query]) => query === explained.step)];
  if (!line) return [];
  const features = of.places.length / sample.source;
  const spread = Float64Array.from(of.places, (_, at) => line[Math.floor(at / features)]! / features);
  return [Float32Array.from(onPictures(spread, of, cells))];
}

const noPictures = (): HindcastError =>
  new HindcastError(
    'invalid-input',
    'The model of this run reads no pictures step by step, so there are no pixels to look at; look at the view reading.',
    { details: { field: 'view' } },
  );
