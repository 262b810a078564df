// The forecast of what comes after the last row of a run's own data, with a worker process that the test plays.
import { expect, test } from 'vitest';
import { ForecastFrame, NewForecastFrame } from '../../engine/contract/results/forecast.ts';
import { forecastFuture } from '../../engine/services/forecasts/new-forecast.ts';
import { exportRun } from '../../engine/services/runs/export.ts';
import { startRun } from '../../engine/services/runs/runs.ts';
import { createTestEngine, smallExperiment } from './fixture.ts';
import { checkpoint, ended, prepared, steps } from './messages.ts';

const DAY_US = 86_400_000_000;
/** Of the dataset `waves`: 40 rows a day apart. */
const LAST_US = 39 * DAY_US;

test('the last rows of the version that it was trained on come before the forecast', async () => {
  const engine = createTestEngine();
  const { id } = startRun(engine, smallExperiment, undefined);
  for (const message of [prepared(), steps(2, 1, [1]), checkpoint(3, 1, 0), ended(4)])
    engine.trainers[0]?.say(message);
  await engine.settle();

  const asked = forecastFuture(engine, id, undefined);
  const [worker] = engine.jobProcesses;
  const input = expect.objectContaining({ part: 'future', series: undefined });
  expect(worker?.received).toEqual([{ type: 'job', id: 1, name: 'predict', input }]);
  const output = ForecastFrame.encode({
    header: {
      runId: 0,
      part: 'future',
      series: ['waves'],
      targets: ['level'],
      notes: ['a note'],
      baselines: [],
      levels: [0.5],
      reasons: [],
      training: [],
      leftOut: [],
    },
    columns: {
      series: Int32Array.of(0, 0),
      origin: BigInt64Array.of(BigInt(LAST_US), BigInt(LAST_US)),
      time: BigInt64Array.of(BigInt(LAST_US + DAY_US), BigInt(LAST_US + 2 * DAY_US)),
      step: Int32Array.of(1, 2),
      target: Int32Array.of(0, 0),
      forecast: Float64Array.of(7, 8),
      actual: Float64Array.of(Number.NaN, Number.NaN),
      baseline: [],
      quantile: [Float64Array.of(6, 9)],
      unscored: [],
    },
  });
  worker?.say({ type: 'answered', id: 1, output, last: false });
  const answer = await asked;

  const { header, columns } = await NewForecastFrame.fromAnswer(answer.frame);
  expect(header).toEqual({
    series: ['waves'],
    targets: ['level'],
    horizon: 2,
    levels: [0.5],
    notes: ['a note'],
    originsUs: [LAST_US],
  });
  // Four horizons of the past, then two steps.
  const rows = Array.from({ length: 10 }, (_, row) => 32 + row);
  expect([...columns.time]).toEqual(rows.map((row) => row * DAY_US));
  const known = rows.map((row) => (row < 40 ? Math.sin(row / 3) : Number.NaN));
  expect([...columns.actual[0]!]).toEqual(known);
  expect([...columns.forecast[0]!].slice(7)).toEqual([Number.NaN, 7, 8]);
  expect([...columns.quantile[0]![0]!].slice(7)).toEqual([Number.NaN, 6, 9]);
  const csv = (await answer.csv.text()).trimEnd().split('\n');
  expect(csv).toHaveLength(1 + 2);
  expect(csv[0]).toContain(',quantile/0.5');
  expect(csv[2]).toContain('8');
});

test('a run without weights is refused before a process is started', async () => {
  const engine = createTestEngine();
  const { id } = startRun(engine, smallExperiment, undefined);
  await expect(forecastFuture(engine, id, undefined)).rejects.toMatchObject({ code: 'conflict' });
  const exported = exportRun(engine, { run: id, format: 'tfjs' }, undefined);
  await expect(exported).rejects.toMatchObject({ code: 'conflict' });
  expect(engine.jobProcesses).toHaveLength(0);
});
