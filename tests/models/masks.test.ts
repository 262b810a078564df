// Padding of any length, on either side, even with NaN in it, changes no output by more than 1e-6: every body and every readout,
// both directions, segments, truncation, attention, encoder and decoder. No gradient becomes NaN.
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { selectBackend } from '../../engine/backends/select.ts';
import { type EncoderDecoderModel, ModelSchema } from '../../engine/contract/experiment/model.ts';
import { createEncoderDecoder } from '../../engine/models/encoder-decoder.ts';
import {
  createParameterSet,
  initializeParameters,
  type ParameterSpec,
  type WeightLookup,
} from '../../engine/models/parameters.ts';
import { createAttentionPoolReadout } from '../../engine/models/readouts/attention-pool.ts';
import { createLastReadout } from '../../engine/models/readouts/last.ts';
import { createMaxReadout } from '../../engine/models/readouts/max.ts';
import { createMeanReadout } from '../../engine/models/readouts/mean.ts';
import { createArchitecture, type EncoderModel } from '../../engine/models/registry.ts';
import type { Sequence } from '../../engine/models/sequence.ts';
import { seedRandomStream } from '../../engine/training/random-streams.ts';
import { expectClose, Numbers } from '../ops/numbers.ts';

const INPUTS = 3;
const LENGTHS = [9, 6];
const LOOKBACK = 14;

const MODELS: Readonly<Record<string, object>> = {
  rnn: { kind: 'rnn', units: 5, layers: 2 },
  gru: { kind: 'gru', units: 5 },
  lstm: { kind: 'lstm', units: 5, layers: 3 },
  'rnn, both directions': { kind: 'rnn', units: 4, bidirectional: true, layers: 2 },
  'gru, both directions': { kind: 'gru', units: 4, bidirectional: true, layers: 2 },
  'lstm, both directions': { kind: 'lstm', units: 4, bidirectional: true, layers: 2 },
  'gru, segments': { kind: 'gru', units: 5, segment: { length: 4, stride: 2 } },
  'lstm, segments, both directions': {
    kind: 'lstm',
    units: 4,
    bidirectional: true,
    segment: { length: 3, stride: 3 },
  },
  linear: { kind: 'linear' },
  'linear, trend': { kind: 'linear', decomposition: 'trend', averageRows: 5 },
  dense: { kind: 'dense', units: 5, layers: 2 },
  attention: { kind: 'attention', units: 6, heads: 2, layers: 2 },
  'attention, causal, post, learned': {
    kind: 'attention',
    units: 6,
    heads: 2,
    causal: true,
    normalization: 'post',
    positions: 'learned',
  },
  'attention, segments': { kind: 'attention', units: 6, heads: 2, segment: { length: 4, stride: 2 } },
};
const READOUTS = {
  last: createLastReadout,
  mean: createMeanReadout,
  max: createMaxReadout,
  pool: createAttentionPoolReadout,
};
type ReadoutName = keyof typeof READOUTS;

interface Tested {
  readonly specs: readonly ParameterSpec[];
  run(sequence: Sequence, weight: WeightLookup): tf.Tensor;
}

function architecture(name: string, readoutName: ReadoutName): Tested {
  const model = ModelSchema.parse(MODELS[name]) as EncoderModel;
  const { encoder } = createArchitecture(model, { inputs: INPUTS, lookback: LOOKBACK });
  const readout = READOUTS[readoutName](encoder.units);
  return {
    specs: [...encoder.specs, ...readout.specs],
    run: (sequence, weight) => readout.read(encoder.encode(sequence, weight, {}), weight),
  };
}

function encoderDecoder(settings: object): Tested {
  const model = ModelSchema.parse({ kind: 'encoder-decoder', units: 5, ...settings }) as EncoderDecoderModel;
  const core = createEncoderDecoder(model, { inputs: INPUTS, lookback: LOOKBACK, horizon: 3, targets: 2 });
  return { specs: core.specs, run: (sequence, weight) => core.answer(sequence, weight, {}) };
}

const rows = LENGTHS.map((length, index) => new Numbers(index + 4).array(length * INPUTS));

/** All rows in one batch: `left` steps of NaN before each, at least `right` after it. */
function padded(left: number, right: number): Sequence {
  const time = left + Math.max(...LENGTHS) + right;
  const x = new Float32Array(rows.length * time * INPUTS).fill(Number.NaN);
  const mask = new Float32Array(rows.length * time);
  rows.forEach((row, index) => {
    x.set(row, (index * time + left) * INPUTS);
    mask.fill(1, index * time + left, index * time + left + LENGTHS[index]!);
  });
  return { x: tf.tensor3d(x, [rows.length, time, INPUTS]), mask: tf.tensor2d(mask, [rows.length, time]) };
}

function check(tested: Tested): void {
  const arrays = initializeParameters(tested.specs, seedRandomStream(3, 'init'));
  const parameters = createParameterSet(tested.specs, arrays);
  const before = tf.memory().numTensors;
  tf.tidy(() => {
    const alone = rows.flatMap((row, index) => {
      const x = tf.tensor3d(row, [1, LENGTHS[index]!, INPUTS]);
      return [...tested.run({ x }, parameters.weight).dataSync()];
    });
    for (const [left, right] of [
      [0, 0],
      [0, 1],
      [3, 0],
      [0, 5],
      [2, 3],
    ] as const) {
      const values = tested.run(padded(left, right), parameters.weight).dataSync();
      expectClose(values, alone, `${left} steps before, ${right} after`, { relative: 0, absolute: 1e-6 });
    }
    if (parameters.variables.length === 0) return;
    const { grads } = tf.variableGrads(
      () => tf.sum(tf.square(tested.run(padded(1, 2), parameters.weight))) as tf.Scalar,
      parameters.variables,
    );
    for (const gradient of Object.values(grads))
      expect([...gradient.dataSync()].every(Number.isFinite)).toBe(true);
  });
  expect(tf.memory().numTensors).toBe(before);
  parameters.dispose();
}

describe.each(['simd', 'cpu'] as const)('on %s', (backend) => {
  beforeAll(() => selectBackend(backend, { allowFallback: false, threads: 2 }));
  afterAll(() => tf.setBackend('cpu'));

  const cases = Object.keys(MODELS).flatMap((name) =>
    (Object.keys(READOUTS) as ReadoutName[]).map((readout) => [name, readout] as const),
  );
  it.each(cases)('%s, readout %s', (name, readout) => check(architecture(name, readout)));
  it.each([true, false])('encoder and decoder, attention: %s', (attention) => {
    check(encoderDecoder({ attention, cell: 'gru' }));
    check(encoderDecoder({ attention, cell: 'lstm', layers: 2 }));
  });
});

describe('what padding cannot do', () => {
  beforeAll(() => selectBackend('simd', { allowFallback: false, threads: 1 }));

  it('a truncated model forecasts the same for padding at the front', () => {
    const model = ModelSchema.parse({ kind: 'lstm', units: 5, truncateSteps: 4 }) as EncoderModel;
    const { encoder, readout } = createArchitecture(model, { inputs: INPUTS, lookback: LOOKBACK });
    check({
      specs: encoder.specs,
      run: (sequence, weight) => readout.read(encoder.encode(sequence, weight, {}), weight),
    });
  });

  it('more steps than a model has positions are refused', () => {
    tf.tidy(() => {
      const model = ModelSchema.parse(MODELS.attention) as EncoderModel;
      const { encoder } = createArchitecture(model, { inputs: INPUTS, lookback: 4 });
      const parameters = createParameterSet(
        encoder.specs,
        initializeParameters(encoder.specs, seedRandomStream(3, 'init')),
      );
      expect(() => encoder.encode(padded(0, 0), parameters.weight, {})).toThrow('was made for 4');
    });
  });

  it('a readout of all steps side by side refuses padded sequences', () => {
    tf.tidy(() => {
      const model = ModelSchema.parse({ ...MODELS.attention, readout: 'flatten' }) as EncoderModel;
      const { encoder, readout } = createArchitecture(model, { inputs: INPUTS, lookback: 9 });
      const parameters = createParameterSet(
        encoder.specs,
        initializeParameters(encoder.specs, seedRandomStream(3, 'init')),
      );
      const encoded = encoder.encode(padded(0, 0), parameters.weight, {});
      expect(() => readout.read(encoded, parameters.weight)).toThrow('was given padded sequences');
    });
  });
});
