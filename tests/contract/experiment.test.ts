import { describe, expect, test } from 'vitest';
import { ExperimentSchema } from '../../engine/contract/experiment.ts';
import { parseExperiment } from '../../engine/services/run-start.ts';

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
  expect(experiment.seed).toBe(1);
  expect(ExperimentSchema.parse(experiment)).toEqual(experiment);
});

describe('a refused experiment names the field', () => {
  test.each([
    ['horizon 0', { task: { ...smallest.task, horizon: 0 } }, 'task.horizon'],
    [
      'negative learning rate',
      { training: { optimizer: { kind: 'adam', learningRate: -1 } } },
      'training.optimizer.learningRate',
    ],
    ['unknown model', { model: { kind: 'transformer' } }, 'model.kind'],
    ['misspelt field', { trainig: {} }, 'trainig'],
    ['no rows left for the test', { split: { kind: 'fraction', train: 0.8, validation: 0.2 } }, 'test'],
    ['no target', { task: { ...smallest.task, targets: [] } }, 'task.targets'],
  ])('%s', (_name, change, named) => {
    expect(() => parseExperiment({ ...smallest, ...change })).toThrow(
      expect.objectContaining({ code: 'invalid-input', message: expect.stringContaining(named) }),
    );
  });
});
