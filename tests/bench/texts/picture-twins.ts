// What the twins of pictures learn, made by a seed: captions of squares, and the next frames of moving digits.
import * as tf from '@tensorflow/tfjs-core';
import { ModelSchema } from '../../../engine/contract/experiment/model.ts';
import { generatedVideos } from '../../../engine/data/generated/moving-digits.ts';
import { createNumbers } from '../../../engine/data/generated/random.ts';
import { createFrameForecaster } from '../../../engine/models/frames/frame-forecaster.ts';
import { createTranslator } from '../../../engine/models/translation/create-translator.ts';
import { crossEntropy } from '../../../engine/ops/losses/cross-entropy.ts';
import { meanSquaredError } from '../../../engine/ops/losses/mse.ts';
import { targetBatch } from '../../../engine/tasks/translate/pair-batch.ts';
import { EMBEDDING, type Example, numbered, said, type Twin, UNITS } from './twin-cases.ts';

/** [examples, steps, features] of what is read or said. */
function inSteps(rows: readonly (readonly number[])[], features: number): tf.Tensor3D {
  const steps = rows[0]!.length / features;
  return tf.tensor3d(Float32Array.from(rows.flat()), [rows.length, steps, features]);
}

const SIDE = 8;
const PATCH = 16;

/** A square of two pixels on noise, two rows of the picture a patch: `a dark square at the top left`. */
function madeSquares(count: number): readonly { readonly pixels: number[]; readonly words: string[] }[] {
  const { integer } = createNumbers(11);
  return Array.from({ length: count }, () => {
    const [x, y] = [integer(SIDE - 1), integer(SIDE - 1)];
    const isLight = integer(2) === 1;
    const pixels = Array.from({ length: SIDE * SIDE }, () => 0.4 + integer(20) / 100);
    for (const at of [0, 1, SIDE, SIDE + 1]) pixels[y * SIDE + x + at] = isLight ? 1 : 0;
    const place = [y * 2 < SIDE ? 'top' : 'bottom', x * 2 < SIDE ? 'left' : 'right'];
    return { pixels, words: ['a', isLight ? 'light' : 'dark', 'square', 'at', 'the', ...place] };
  });
}

function captionTwin(): Twin {
  const made = madeSquares(4_000);
  const { end, size, encode } = numbered(made.map(({ words }) => words));
  const model = createTranslator(ModelSchema.parse({ kind: 'encoder-decoder', units: UNITS }), {
    sourceTokens: 0,
    patchFeatures: PATCH,
    targetTokens: size,
    embedding: EMBEDDING,
    bidirectional: true,
    attentionScores: 'additive',
    mostSteps: 20,
  });
  return {
    name: 'caption, lstm with additive attention',
    kind: 'caption',
    features: PATCH,
    specs: model.specs,
    examples: made.map(({ pixels, words }) => [pixels, [end, ...encode(words), end]]),
    loss(batch, weight) {
      const images = inSteps(
        batch.map(([pixels]) => pixels),
        PATCH,
      );
      const memory = model.encode({ x: images }, weight, {});
      const { inputs, targets, mask } = targetBatch(said(batch));
      return crossEntropy(model.decode(inputs, memory, { weight, pass: {} }).logits, targets, { mask });
    },
  };
}

const CELLS = 400;
const GIVEN = 10;
const AHEAD = 10;

function videoTwin(): Twin {
  const [, ...videos] = generatedVideos('moving-digits-600.npy')!;
  const model = createFrameForecaster(ModelSchema.parse({ kind: 'lstm', units: UNITS }), {
    cells: CELLS,
    given: GIVEN,
    ahead: AHEAD,
    embedding: EMBEDDING,
  });
  return {
    name: 'video, lstm',
    kind: 'video',
    features: CELLS,
    specs: model.specs,
    examples: videos.map((pixels): Example => {
      const levels = Array.from(pixels, (level) => level / 255);
      return [levels.slice(0, GIVEN * CELLS), levels.slice(GIVEN * CELLS, (GIVEN + AHEAD) * CELLS)];
    }),
    loss(batch, weight) {
      const [given, ahead] = [0, 1].map((side) =>
        inSteps(
          batch.map((example) => example[side]!),
          CELLS,
        ),
      );
      return meanSquaredError(model.answer(given!, weight, {}), ahead!);
    },
  };
}

export const PICTURE_TWINS: readonly Twin[] = [captionTwin(), videoTwin()];
