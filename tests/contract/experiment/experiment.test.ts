import { describe, expect, test } from 'vitest';
import { ExperimentSchema } from '../../../engine/contract/experiment/experiment.ts';
import { parseExperiment } from '../../../engine/services/runs/start.ts';

const smallest = {
  name: 'smallest',
  dataset: { name: 'sp500' },
  task: { kind: 'forecast', targets: ['close'], lookback: 30, horizon: 5 },
  model: { kind: 'lstm', units: 8 },
};

test('the smallest experiment has every default filled in, and filling again changes nothing', () => {
  const experiment = ExperimentSchema.parse(smallest);
  expect(experiment.training.optimizer).toEqual({
    kind: 'adam',
    learningRate: 1e-3,
    beta1: 0.9,
    beta2: 0.999,
    epsilon: 1e-8,
  });
  expect(experiment.task).toMatchObject({ huberDelta: 1 });
  expect(experiment.seed).toBe(1);
  expect(ExperimentSchema.parse(experiment)).toEqual(experiment);
});

describe('a refused experiment says which field, what it is and what it must be', () => {
  test.each([
    [{ task: { ...smallest.task, horizon: 0 } }, 'task.horizon is 0; it must be greater than 0'],
    [
      { training: { optimizer: { kind: 'adam', learningRate: -1 } } },
      'training.optimizer.learningRate is -1; it must be greater than 0',
    ],
    [
      { model: { kind: 'transformer' } },
      'model.kind is "transformer"; it must be one of "rnn", "gru", "lstm"',
    ],
    [{ model: { units: 4 } }, 'model.kind is missing; it must be one of "rnn", "gru", "lstm"'],
    [{ model: { kind: 'lstm', units: 1.5 } }, 'model.units is 1.5; it must be a whole number'],
    [{ trainig: {} }, 'it has a field that nothing knows: "trainig"'],
    [
      { split: { kind: 'fraction', train: 0.8, validation: 0.2 } },
      'split does not fit: train and validation must leave',
    ],
    [
      { task: { ...smallest.task, targets: [] } },
      'task.targets is empty; it must be a list with at least 1 entry',
    ],
    [{ task: { ...smallest.task, huberDelta: 0 } }, 'task.huberDelta is 0; it must be greater than 0'],
    [{ backend: 'cuda' }, 'backend is "cuda"; it must be one of "simd", "cpu", "tensorflow"'],
  ])('%o', (change, sentence) => {
    expect(() => parseExperiment({ ...smallest, ...change })).toThrow(
      expect.objectContaining({ code: 'invalid-input', message: expect.stringContaining(sentence) }),
    );
  });

  test('and says how many more there are', () => {
    expect(() => parseExperiment({ ...smallest, seed: -1, backend: 'x' })).toThrow('(and 1 more)');
    expect(() => parseExperiment(5)).toThrow('it is 5; it must be an object in braces');
  });
});
