// A captioner, step by step: the patches of an image that it reads, then the text that it writes, and the shares of what it writes next.
import * as tf from '@tensorflow/tfjs-core';
import type { CaptionExperiment } from '../../contract/tasks/caption-experiment.ts';
import { patchPlaces } from '../../data/samples/pictures/patches.ts';
import { UNKNOWN } from '../../data/samples/text-tokens.ts';
import type { WeightLookup } from '../../models/parameters.ts';
import type { Pass } from '../../models/pass.ts';
import type { SourceField } from '../../models/translation/translator.ts';
import { SHARES } from '../answer-scales.ts';
import type { ReadSample, SampleReadings } from '../sample-reading.ts';
import { answerSteps } from '../translate/answer-steps.ts';
import { BEGIN_SIGN } from '../translate/readings.ts';
import { imageField, modelFor, patchesIn, type ReadImage } from './model.ts';
import { type PreparedCaption, readImage } from './prepare.ts';

/** @throws HindcastError `invalid-input` for a model that writes no text */
export function captionReadings(experiment: CaptionExperiment, prepared: PreparedCaption): SampleReadings {
  const { layout, target, parts, table } = prepared;
  const { features } = layout;
  const { width, height, channels } = prepared.pictures;
  const patches = patchesIn(layout);
  const translator = modelFor(experiment, { layout, tokens: target.size });
  return {
    scale: SHARES,
    specs: translator.specs,
    features: translator.specs[0]!.shape[1]!,
    unit: experiment.task.targetTokens.by,
    channels: [],
    stepSeconds: null,
    choices: Array.from({ length: target.size }, (_, token) => target.shown(token)),
    answers: 'next',
    samples: { train: parts.train.length, validation: parts.validation.length, test: parts.test.length },
    translator: { bidirectional: experiment.task.bidirectional },
    sample({ part, index }) {
      const row = parts[part][index]!;
      const image = { name: 'image', pixels: prepared.images.pictures[row]!.pixels };
      return {
        ...sampleOf(table.names[row]!, prepared.sourceOf(row), prepared.targetOf(row)),
        pictures: { read: [image], after: [] },
      };
    },
    answer(values, weight, pass, { source: steps = 0, hints }) {
      const all = values as readonly Float32Array[];
      const read = imageField(layout)(all.map((one) => readImage(one.subarray(0, steps * features), hints)));
      const tokens = all.map((one) => tokensIn(one.subarray(steps * features)));
      return sharesOf(read, tokens, weight, pass);
    },
    pictures: {
      form: { width, height, channels },
      places: patchPlaces(experiment.task.patches, prepared.pictures),
      answerTo(x, weight, pass, { values, hints }) {
        const count = x.shape[0];
        const alike = imageField(layout)(
          Array.from({ length: hints ? count : 0 }, () => readImage(new Float32Array(0), hints)),
        );
        const tokens = tokensIn((values as Float32Array).subarray(patches * features));
        const field = { ...(alike.hints && { hints: alike.hints }), x };
        return sharesOf(
          field,
          Array.from({ length: count }, () => tokens),
          weight,
          pass,
        );
      },
    },
  };

  function sharesOf(
    read: SourceField,
    tokens: readonly (readonly number[])[],
    weight: WeightLookup,
    pass: Pass,
  ) {
    const written = tf.tensor2d(tokens.flat(), [tokens.length, tokens[0]!.length], 'int32');
    const given = { translator, model: experiment.model, read, written, steps: patches, tokens: target.size };
    return answerSteps(given, weight, pass);
  }

  /** A token stands in the first number of its step. */
  function sampleOf(name: string, { patches: read, hints }: ReadImage, text: Int32Array): ReadSample {
    const inputs = text.subarray(0, -1);
    const steps = patches + inputs.length;
    const values = new Float32Array(steps * features);
    values.set(read);
    for (const [at, token] of inputs.entries()) values[(patches + at) * features] = token;
    const next = new Int32Array(steps).fill(-1);
    next.set(
      text.subarray(1).map((token) => (token === UNKNOWN ? -1 : token)),
      patches,
    );
    const labels = [
      ...Array.from({ length: patches }, (_, patch) => `patch ${patch + 1}`),
      BEGIN_SIGN,
      ...Array.from(inputs.subarray(1), target.shown),
    ];
    return {
      name,
      truth: null,
      values,
      steps,
      length: steps,
      before: 0,
      labels,
      next,
      source: patches,
      hints,
    };
  }

  function tokensIn(values: Float32Array): number[] {
    return Array.from({ length: values.length / features }, (_, step) => values[step * features]!);
  }
}
