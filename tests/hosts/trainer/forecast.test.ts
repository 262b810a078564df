import { expect, test } from 'vitest';
import type { TrainedModel } from '../../../engine/contract/processes/jobs/version.ts';
import { ForecastFrame } from '../../../engine/contract/results/forecast.ts';
import {
  createDataset,
  runJob,
  startTrainer,
  type TestDataset,
  testExperiment,
  trainJob,
} from './fixture.ts';

const DAY_US = 86_400_000_000n;

async function trained(dataset: TestDataset): Promise<{ model: TrainedModel; mae: Record<string, number> }> {
  const trainer = startTrainer();
  trainer.post(trainJob(dataset, testExperiment({ training: { epochs: 1 } })));
  const { fitted } = await trainer.next('prepared');
  const { best, scores } = await trainer.next('ended');
  const own = scores.filter(({ subject, metric }) => subject === 'model' && metric === 'mae');
  return {
    model: { fitted, weights: best!.weights },
    mae: Object.fromEntries(own.map(({ part, value }) => [part, value])),
  };
}

async function forecast(dataset: TestDataset, model: TrainedModel, part: 'future' | 'test' | 'validation') {
  const { workspacePath, datasetVersionId } = dataset;
  const experiment = testExperiment();
  const frame = await runJob('predict', {
    workspacePath,
    datasetVersionId,
    experiment,
    model,
    part,
    threads: 1,
  });
  return ForecastFrame.decode(frame);
}

test('forecasts of test and validation give the scores again, with times and true values', async () => {
  const dataset = createDataset();
  const { model, mae } = await trained(dataset);
  for (const part of ['validation', 'test'] as const) {
    const { header, columns } = await forecast(dataset, model, part);
    expect(header).toMatchObject({ runId: 0, part, series: ['waves'], targets: ['x'], notes: [] });
    expect(header.baselines).toContain('repeat');
    let sum = 0;
    let count = 0;
    for (let row = 0; row < columns.forecast.length; row++) {
      expect(columns.step[row]).toBe(1 + (row % 3));
      expect(columns.time[row]).toBe(columns.origin[row]! + BigInt(columns.step[row]!) * DAY_US);
      const actual = dataset.values[Number(columns.time[row]! / DAY_US)]!;
      expect(columns.actual[row]).toBe(actual);
      if (Number.isNaN(actual)) continue;
      sum += Math.abs(columns.forecast[row]! - actual);
      count++;
    }
    expect(sum / count).toBeCloseTo(mae[part]!, 10);
  }
});

test('the future begins after the last row of the series', async () => {
  const dataset = createDataset();
  const { model } = await trained(dataset);
  const { columns } = await forecast(dataset, model, 'future');
  expect([...columns.time]).toEqual([300n, 301n, 302n].map((day) => day * DAY_US));
  expect([...columns.origin]).toEqual([299n, 299n, 299n].map((day) => day * DAY_US));
  expect([...columns.actual]).toEqual([NaN, NaN, NaN]);
  for (const value of columns.forecast) expect(Math.abs(value - 50)).toBeLessThan(30);
});

test('damaged weights are refused', async () => {
  const dataset = createDataset();
  const { model } = await trained(dataset);
  const weights = model.weights.slice();
  weights[weights.length - 40]! ^= 1;
  const damaged = forecast(dataset, { ...model, weights }, 'future');
  await expect(damaged).rejects.toMatchObject({ code: 'workspace-damaged' });
});
