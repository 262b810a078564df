// A training step of any model, reader, readout and writer runs in compiled kernels. The only stock JavaScript kernels of the CPU
// backend are ones that move no values, and one zero of a sum.
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { selectBackend } from '../../engine/backends/select.ts';
import { ANSWER_OF_LOSS, type Loss, LossSchema } from '../../engine/contract/experiment/losses.ts';
import { ModelSchema } from '../../engine/contract/experiment/model.ts';
import { OptimizerSchema } from '../../engine/contract/experiment/training.ts';
import { DEFAULT_QUANTILES } from '../../engine/contract/tasks/quantiles.ts';
import { createForecastModel } from '../../engine/models/forecast-model.ts';
import { createHead } from '../../engine/models/heads/registry.ts';
import type { WeightLookup } from '../../engine/models/parameters.ts';
import { createTokenReader } from '../../engine/models/readers/tokens.ts';
import { createAttentionPoolReadout } from '../../engine/models/readouts/attention-pool.ts';
import { createLastReadout } from '../../engine/models/readouts/last.ts';
import { createMaxReadout } from '../../engine/models/readouts/max.ts';
import { createMeanReadout } from '../../engine/models/readouts/mean.ts';
import { createArchitecture, type EncoderModel } from '../../engine/models/registry.ts';
import { createClassWriter } from '../../engine/models/writers/classes.ts';
import { createLabelWriter } from '../../engine/models/writers/labels.ts';
import { createStepWriter } from '../../engine/models/writers/per-step.ts';
import { crossEntropy } from '../../engine/ops/losses/cross-entropy.ts';
import { meanSquaredError } from '../../engine/ops/losses/mse.ts';
import { sigmoidCrossEntropy } from '../../engine/ops/losses/sigmoid-cross-entropy.ts';
import { createTruth, maskedLoss } from '../../engine/training/loss.ts';
import { seedRandomStream } from '../../engine/training/random-streams.ts';
import { Numbers } from '../ops/numbers.ts';
import { stockCalls, stockKernelsOf, TRIVIAL, watchStockKernels } from './stock-kernels.ts';
import { SMALL_MODELS } from './toys.ts';

const [BATCH, TIME, INPUTS, HORIZON] = [5, 8, 2, 3] as const;

/** The gradient of a repeated vector begins its sum with zeros as long as the vector. */
const OF_ENCODER_DECODER = [...TRIVIAL, 'ZerosLike'];

const MODELS: Readonly<Record<string, object>> = {
  ...SMALL_MODELS,
  dense: { kind: 'dense', units: 8, layers: 2, dropout: 0.1 },
  'dense, tanh': { kind: 'dense', units: 8, activation: 'tanh' },
  'gru, both directions, 2 layers': { kind: 'gru', units: 8, bidirectional: true, layers: 2, dropout: 0.1 },
  'gru, overlapping segments': { kind: 'gru', units: 8, segment: { length: 4, stride: 2 } },
  'attention, gelu, dropout': {
    kind: 'attention',
    units: 8,
    heads: 2,
    positions: 'none',
    dropout: 0.1,
    activation: 'gelu',
  },
  'attention, channels, overlapping segments': {
    kind: 'attention',
    units: 8,
    heads: 2,
    positions: 'learned',
    segment: { length: 4, stride: 2 },
    channelIndependent: true,
  },
  'encoder-decoder of plain cells': {
    kind: 'encoder-decoder',
    cell: 'rnn',
    units: 6,
    layers: 2,
    dropout: 0.1,
  },
};

const numbers = (shape: number[]) => new Numbers(3).tensor(shape);
const remainders = (divisor: number): tf.Tensor2D =>
  tf.tensor2d(
    Array.from({ length: BATCH * TIME }, (_, cell) => cell % divisor),
    [BATCH, TIME],
    'int32',
  );
const maskOf = (): tf.Tensor2D =>
  tf.tensor2d(
    Array.from({ length: BATCH * TIME }, (_, cell) => (cell % TIME < 5 ? 1 : 0)),
    [BATCH, TIME],
  );

function forecast(settings: object, isMasked: boolean, loss: Loss = 'mse', optimizer?: object): string[] {
  const head = createHead(ANSWER_OF_LOSS[loss], DEFAULT_QUANTILES);
  const shape = { inputs: INPUTS, lookback: TIME, horizon: HORIZON, targets: INPUTS, head };
  const model = createForecastModel(ModelSchema.parse(settings), shape);
  const choice = { loss, huberDelta: 1 };
  const createLoss = (weight: WeightLookup) => {
    const x = numbers([BATCH, TIME, INPUTS]) as tf.Tensor3D;
    const count = BATCH * HORIZON * INPUTS;
    const cells = {
      target: Float32Array.from({ length: count }, (_, cell) => cell % 2),
      mask: new Float32Array(count).fill(1),
    };
    const truth = createTruth(choice, cells, [BATCH, HORIZON, INPUTS]);
    const window = { x, mask: isMasked ? maskOf() : undefined };
    const pass = { dropout: seedRandomStream(9, 'dropout') };
    return () => maskedLoss(choice, model.answer(window, weight, pass), truth);
  };
  return stockKernelsOf(model.specs, createLoss, optimizer);
}

const allowed = ({ kind }: { kind?: string }) => (kind === 'encoder-decoder' ? OF_ENCODER_DECODER : TRIVIAL);
const expectTrivial = (names: readonly string[], list: readonly string[] = TRIVIAL) =>
  expect(names.filter((name) => !list.includes(name))).toEqual([]);

beforeAll(async () => {
  await selectBackend('simd', { allowFallback: false, threads: 1 });
  watchStockKernels();
});

it('a stock kernel is noticed, copied or called by a compiled one', () => {
  stockCalls.clear();
  tf.tidy(() => {
    tf.cumsum(numbers([3, 4]), 1);
    tf.mean(numbers([3, 4, 5]), [0, 2]);
  });
  expect([...stockCalls]).toEqual(expect.arrayContaining(['Cumsum', 'Mean']));
});

describe('a training step', () => {
  it.each(Object.entries(MODELS))('of %s', (_, settings) => {
    expectTrivial(forecast(settings, false), allowed(settings));
    if (!('readout' in settings && settings.readout === 'flatten'))
      expectTrivial(forecast(settings, true), allowed(settings));
  });

  const gru = { kind: 'gru', units: 4 };
  it.each(LossSchema.options)('with the loss %s', (loss) => expectTrivial(forecast(gru, true, loss)));
  it.each(OptimizerSchema.options.map((option) => option.shape.kind.value))('with %s', (kind) =>
    expectTrivial(forecast(gru, true, 'mse', { kind })),
  );
});

describe('a training step on padded sequences', () => {
  const UNITS = 4;
  const model = (settings: object) => ModelSchema.parse({ units: UNITS, ...settings }) as EncoderModel;
  const BODIES = { gru: model({ kind: 'gru' }), attention: model({ kind: 'attention', heads: 2 }) };
  const READOUTS = {
    last: createLastReadout,
    mean: createMeanReadout,
    max: createMaxReadout,
    pool: createAttentionPoolReadout,
  };
  const cases = Object.keys(BODIES).flatMap((body) =>
    Object.keys(READOUTS).map((readout) => [body, readout]),
  );

  it.each(cases as [keyof typeof BODIES, keyof typeof READOUTS][])('through %s and %s', (body, name) => {
    const { encoder } = createArchitecture(BODIES[body], { inputs: INPUTS, lookback: TIME });
    const readout = READOUTS[name](UNITS);
    const specs = [...encoder.specs, ...readout.specs];
    const createLoss = (weight: WeightLookup) => {
      const window = { x: numbers([BATCH, TIME, INPUTS]) as tf.Tensor3D, mask: maskOf() };
      const truth = numbers([BATCH, UNITS]);
      return () => meanSquaredError(readout.read(encoder.encode(window, weight, {}), weight), truth);
    };
    expectTrivial(stockKernelsOf(specs, createLoss));
  });

  it('of tokens, with a class for every step', () => {
    const reader = createTokenReader({ tokens: 6, units: UNITS });
    const writer = createStepWriter({ units: UNITS, outputs: 3, probabilities: true });
    const createLoss = (weight: WeightLookup) => {
      const tokens = remainders(6);
      const mask = maskOf();
      const classes = remainders(3);
      const answer = () => writer.answer(reader.read({ x: tokens, mask }, weight).x, weight);
      return () => crossEntropy(answer(), classes, { mask });
    };
    expectTrivial(stockKernelsOf([...reader.specs, ...writer.specs], createLoss));
  });

  it('with one class, and with several labels, for a sequence', () => {
    const classes = createClassWriter(UNITS, 3);
    expectTrivial(
      stockKernelsOf(classes.specs, (weight) => {
        const x = numbers([BATCH, UNITS]) as tf.Tensor2D;
        const truth = tf.tensor1d([0, 1, 2, 0, 1], 'int32');
        return () => crossEntropy(classes.answer(x, weight), truth);
      }),
    );
    const labels = createLabelWriter(UNITS, 3);
    expectTrivial(
      stockKernelsOf(labels.specs, (weight) => {
        const x = numbers([BATCH, UNITS]) as tf.Tensor2D;
        const truth = tf.step(numbers([BATCH, 3])) as tf.Tensor2D;
        return () => sigmoidCrossEntropy(labels.answer(x, weight), truth);
      }),
    );
  });
});
