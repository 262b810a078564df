import { expect, test } from 'vitest';
import { HindcastError } from '../../engine/contract/errors.ts';
import { ModelSchema } from '../../engine/contract/experiment.ts';
import { createForecastModel } from '../../engine/models/forecast-model.ts';
import { checkMemory, estimateTrainingBytes } from '../../engine/training/memory-estimate.ts';

const GIGABYTE = 2 ** 30;
const sizeFor = (units: number, batch: number) => {
  const model = createForecastModel(ModelSchema.parse({ kind: 'lstm', units, layers: 2 }), {
    inputs: 7,
    lookback: 96,
    horizon: 24,
    targets: 7,
  });
  return { parameterCount: model.parameterCount, activationFloats: model.activationFloats(batch) };
};

test('an ordinary model is estimated at megabytes, and grows with units and batch', () => {
  const { totalBytes, tensorBytes } = estimateTrainingBytes(sizeFor(64, 32));
  expect(totalBytes).toBeGreaterThan(10e6);
  expect(totalBytes).toBeLessThan(100e6);
  expect(tensorBytes).toBeLessThan(totalBytes);
  expect(estimateTrainingBytes(sizeFor(128, 32)).totalBytes).toBeGreaterThan(1.9 * totalBytes);
  expect(estimateTrainingBytes(sizeFor(64, 64)).totalBytes).toBeGreaterThan(1.5 * totalBytes);
});

test('too large for the machine, or for the backend: refused with the numbers', () => {
  const size = sizeFor(4096, 512);
  const refuse = (totalBytes: number, tensorBytes: number): HindcastError => {
    try {
      checkMemory(size, { totalBytes, tensorBytes });
    } catch (cause) {
      if (cause instanceof HindcastError) return cause;
    }
    throw new Error('it was not refused');
  };
  expect(refuse(4 * GIGABYTE, 4 * GIGABYTE)).toMatchObject({
    code: 'invalid-input',
    details: { field: 'model' },
  });
  expect(refuse(4 * GIGABYTE, 4 * GIGABYTE).message).toMatch(
    /about \d+\.\d GB.*this machine has 4\.0 GB; lower model\.units/,
  );
  expect(refuse(1000 * GIGABYTE, 4 * GIGABYTE).message).toMatch(/the backend can hold 4\.0 GB/);
  expect(() =>
    checkMemory(size, { totalBytes: 1000 * GIGABYTE, tensorBytes: 1000 * GIGABYTE }),
  ).not.toThrow();
});
