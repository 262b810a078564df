// First gate biases: fixed ones, and the chrono initialisation of Tallec and Ollivier 2018.
import { describe, expect, test } from 'vitest';
import { type GruModel, type LstmModel, ModelSchema } from '../../engine/contract/experiment/model.ts';
import { createGruBody } from '../../engine/models/bodies/gru.ts';
import { createLstmBody } from '../../engine/models/bodies/lstm.ts';
import { chronoBiases } from '../../engine/models/initializers.ts';
import { initializeParameters } from '../../engine/models/parameters.ts';
import { deterministicLog } from '../../engine/numerics/deterministic-math.ts';
import { seedRandomStream } from '../../engine/training/random-streams.ts';

const INPUTS = 2;
const UNITS = 40;

/** First biases of a layer, gate by gate, drawn from the run's own stream. */
function gatesOf(options: object, { seed = 1, path = '0' } = {}): number[][] {
  const model = ModelSchema.parse({ units: UNITS, ...options });
  const { specs } =
    model.kind === 'gru'
      ? createGruBody(model as GruModel, INPUTS)
      : createLstmBody(model as LstmModel, INPUTS);
  const arrays = initializeParameters(specs, seedRandomStream(seed, 'init'));
  const values = [...arrays.find(({ name }) => name === `${model.kind}/${path}/bias`)!.values];
  const units = values.length / (model.kind === 'gru' ? 3 : 4);
  return Array.from({ length: values.length / units }, (_, gate) =>
    values.slice(gate * units, (gate + 1) * units),
  );
}

const all = (bias: number) => new Array<number>(UNITS).fill(bias);
const zeros = all(0);

describe('fixed', () => {
  test('the forget gates of an LSTM, the update gates of a GRU, and no other', () => {
    expect(gatesOf({ kind: 'lstm', forgetBias: 2 })).toEqual([zeros, all(2), zeros, zeros]);
    expect(gatesOf({ kind: 'gru', updateBias: -3 })).toEqual([all(-3), zeros, zeros]);
  });
});

describe('chrono', () => {
  const STEPS = 120;
  /** Over the lengths up to STEPS: none beyond, and some in the last tenth. */
  const spread = (biases: readonly number[]) => {
    const longest = Math.exp(Math.max(...biases));
    return Math.min(...biases) >= 0 && longest > 0.9 * STEPS && longest < STEPS;
  };

  test('the exponentials of the first biases are uniform from 1 to steps - 1', () => {
    const count = 1000;
    const biases = chronoBiases(seedRandomStream(1, 'init'), count, STEPS);
    const lengths = [...biases].map(Math.exp).sort((a, b) => a - b);
    expect(lengths[0]).toBeGreaterThanOrEqual(1);
    expect(lengths.at(-1)).toBeLessThanOrEqual(STEPS - 1);
    // Kolmogorov and Smirnov: beyond 1.95 / sqrt(n) once in a thousand draws.
    const distances = lengths.map((length, i) => Math.abs((length - 1) / (STEPS - 2) - (i + 0.5) / count));
    expect(Math.max(...distances)).toBeLessThan(1.95 / Math.sqrt(count));
  });

  test('the input gates of an LSTM have the opposite, the others 0; forgetBias has no part in it', () => {
    const [input, forget, cell, output] = gatesOf({ kind: 'lstm', chronoSteps: STEPS, forgetBias: 7 });
    expect(input).toEqual(forget!.map((bias) => -bias));
    expect([cell, output]).toEqual([zeros, zeros]);
    expect(spread(forget!)).toBe(true);
  });

  test('the update gates of a GRU keep: what they write with is the rest to 1', () => {
    const [update, reset, candidate] = gatesOf({ kind: 'gru', chronoSteps: STEPS });
    expect(spread(update!)).toBe(true);
    expect([reset, candidate]).toEqual([zeros, zeros]);
  });

  test('is the same for a seed, another for another seed, layer and direction', () => {
    const model = { kind: 'lstm', chronoSteps: STEPS, layers: 2, bidirectional: true };
    const first = gatesOf(model, { path: '0/forward' });
    expect(gatesOf(model, { path: '0/forward' })).toEqual(first);
    expect(gatesOf(model, { path: '0/forward', seed: 2 })).not.toEqual(first);
    expect(gatesOf(model, { path: '0/backward' })).not.toEqual(first);
    expect(gatesOf(model, { path: '1/forward' })).not.toEqual(first);
  });

  test('leaves the kernels of the layer as they are without it', () => {
    const kernels = (chronoSteps: number | null) => {
      const model = ModelSchema.parse({ kind: 'lstm', units: 8, chronoSteps }) as LstmModel;
      const arrays = initializeParameters(createLstmBody(model, INPUTS).specs, seedRandomStream(1, 'init'));
      return arrays.filter(({ name }) => !name.endsWith('bias'));
    };
    expect(kernels(50)).toEqual(kernels(null));
  });

  test('of two steps is 0, of fewer there is none', () => {
    expect(gatesOf({ kind: 'gru', chronoSteps: 2 })[0]).toEqual(zeros);
    for (const chronoSteps of [1, 0, -5, 2.5]) {
      expect(ModelSchema.safeParse({ kind: 'gru', units: 4, chronoSteps }).success).toBe(false);
    }
  });
});

test('the logarithm of our own is that of JavaScript to a few last bits', () => {
  expect(deterministicLog(1)).toBe(0);
  for (let x = 1; x < 1e6; x = x * 1.01 + 1e-6) {
    expect(Math.abs(deterministicLog(x) - Math.log(x))).toBeLessThanOrEqual(1e-15 * Math.max(1, Math.log(x)));
  }
});
