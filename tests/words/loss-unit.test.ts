// A loss has a unit where it is a mean of logarithms.
import { expect, test } from 'vitest';
import { TASK_SCHEMAS } from '../../engine/contract/tasks/registry.ts';
import { lossUnit, lossUnitOfRun } from '../../engine/words/tasks/loss-unit.ts';

test.each([
  ['generate', 'nats per token'],
  ['translate', 'nats per token'],
  ['caption', 'nats per token'],
  ['label', 'nats per label'],
  ['tag', 'nats per label'],
  ['classify', 'nats per sample'],
  ['forecast', 'nats per step'],
])('the cross-entropy of %s is in %s', (kind, unit) => {
  expect(lossUnit({ kind, loss: 'cross-entropy' })).toBe(unit);
});

test('a loss of scaled values has none', () => {
  for (const loss of ['mse', 'mae', 'huber', 'pinball', 'gaussian'] as const)
    for (const { shape } of TASK_SCHEMAS) expect(lossUnit({ kind: shape.kind.value, loss })).toBeNull();
  expect(lossUnitOfRun({ kind: 'video', loss: 'mse' })).toBe('model units');
});
