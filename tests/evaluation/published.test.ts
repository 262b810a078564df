// The scores of the baselines on ETTh1, against published tables and an independent computation from the file.
import { describe, expect, test } from 'vitest';
import { createLinear } from '../../engine/evaluation/baselines/linear.ts';
import { repeat } from '../../engine/evaluation/baselines/repeat.ts';
import { seasonalNaive } from '../../engine/evaluation/baselines/seasonal-naive.ts';
import { prepareForecast } from '../../engine/tasks/forecast/preparation/prepare.ts';
import { readLtsfFile } from '../bench/ltsf/file.ts';
import { findProtocol } from '../bench/ltsf/protocols.ts';
import { scoreBaselinesOf } from '../bench/ltsf/table.ts';
import { etth1Experiment, findEtth1, readEtth1 } from './etth1.ts';
import { scored } from './scored.ts';

const path = findEtth1();

describe.skipIf(path === null)('ETTh1, multivariate (skipped where shared/data/ETTh1.csv is missing)', () => {
  const series = path === null ? null : readEtth1(path);

  function scores(horizon: number, evaluation: object = {}): Record<string, number> {
    const experiment = etth1Experiment(horizon, evaluation);
    const prepared = prepareForecast(experiment, [series!], 'ETTh1');
    expect(prepared.parts.map((part) => part.rows)).toEqual([8640, 2880, 2880]);
    const overall = scored(prepared, experiment, [repeat, seasonalNaive]).filter(
      (score) => score.target === null,
    );
    return Object.fromEntries(overall.map((score) => [`${score.subject} ${score.metric}`, score.value]));
  }

  test.each([
    { horizon: 96, repeat: 1.294, seasonal: [0.512, 0.433] },
    { horizon: 720, repeat: 1.335, seasonal: [0.655, 0.514] },
  ])('all windows, horizon $horizon', ({ horizon, repeat, seasonal }) => {
    const found = scores(horizon);
    expect(Math.abs(found['repeat mse']! - repeat)).toBeLessThanOrEqual(0.0005);
    expect(Math.abs(found['seasonal-naive mse']! - seasonal[0]!)).toBeLessThanOrEqual(0.0005);
    expect(Math.abs(found['seasonal-naive mae']! - seasonal[1]!)).toBeLessThanOrEqual(0.0005);
  });

  test.each([
    { horizon: 96, mse: 1.295, mae: 0.713 },
    { horizon: 720, mse: 1.339, mae: 0.756 },
  ])('last partial batch of 32 dropped, horizon $horizon', ({ horizon, mse, mae }) => {
    const found = scores(horizon, { dropPartialBatchOf: 32 });
    expect(Math.abs(found['repeat mse']! - mse)).toBeLessThanOrEqual(0.0005);
    expect(Math.abs(found['repeat mae']! - mae)).toBeLessThanOrEqual(0.0005);
  });

  test('closed-form linear, horizon 96: the published column to 0.001', () => {
    const protocol = findProtocol('ett-hour', '')!;
    const wanted = { protocol, horizon: 96, lookback: 336, dropBatchOf: null };
    const [found] = scoreBaselinesOf(readLtsfFile(path!), wanted, [createLinear({ ridge: 1e-3 })]);
    expect(found!.subject).toBe('linear');
    expect(Math.abs(found!.mse - 0.37)).toBeLessThan(0.001);
    expect(Math.abs(found!.mae - 0.392)).toBeLessThan(0.001);
  });
});
