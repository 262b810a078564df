// A run with everything that exports show: two targets, missing values, several parts, notes, and names that need escaping.

import type { MetricsFrame } from '../../engine/contract/datasets/frames.ts';
import { ForecastFrame, type ForecastSummary } from '../../engine/contract/results/forecast.ts';
import type { RunDetail } from '../../engine/contract/runs/run.ts';
import { asForecastTask, type ForecastTask } from '../../engine/contract/tasks/forecast.ts';
import { RunIdSchema } from '../../engine/contract/values/ids.ts';
import type { TaskContent } from '../../engine/export/task-content.ts';
import { contentOf } from '../../engine/tasks/content.ts';
import { cannedRun, experiment } from '../hosts/cli/canned.ts';

const DAY = 86_400_000_000n;
const START = BigInt(Date.UTC(2020, 0, 1)) * 1000n;
const STEPS = 7;

export interface MadeRun {
  readonly run: RunDetail;
  readonly forecasts: ForecastFrame;
  readonly task: TaskContent;
  readonly steps: MetricsFrame;
  readonly epochs: MetricsFrame;
}

/** `origins`: forecasts of 7 steps each for both targets, the second one's far larger. */
export function made({ origins = 40, name = 'demo' } = {}): MadeRun {
  const run = madeRun(name);
  const forecasts = madeForecasts(origins);
  return {
    run,
    forecasts,
    task: contentOf(run.configuration, ForecastFrame.encode(forecasts)),
    steps: madeMetrics('step', 300, {
      loss: 0.5,
      learningRate: 0.001,
      gradientNorm: 2,
      'gradientNorm/head/bias': 1,
    }),
    epochs: madeMetrics('epoch', 12, { trainLoss: 1, validationLoss: 1.2, validationMae: 3 }),
  };
}

/** Curves that decrease as 1 / index from their first values. */
export function madeMetrics(
  scope: 'step' | 'epoch',
  count: number,
  first: Readonly<Record<string, number>>,
): MetricsFrame {
  const index = Int32Array.from({ length: count }, (_, at) => at + 1);
  return {
    header: { runId: RunIdSchema.parse(1), scope, names: Object.keys(first) },
    columns: {
      index,
      values: Object.values(first).map((value) => Float64Array.from(index, (at) => value / at)),
    },
  };
}

function madeRun(name: string): RunDetail {
  const score = { part: 'test', unit: 'original', count: 20 } as const;
  const task = asForecastTask(experiment.task);
  const madeTask: ForecastTask = { ...task, targets: ['close', 'volume'], horizon: STEPS };
  return cannedRun({
    name,
    epoch: 12,
    totalEpochs: 12,
    bestEpoch: 9,
    configuration: { ...experiment, name, task: madeTask },
    scores: [
      { ...score, subject: 'model', metric: 'mae', target: null, value: 1.5, count: 40 },
      { ...score, subject: 'repeat', metric: 'mae', target: null, value: 2, count: 40 },
      { ...score, subject: 'model', metric: 'mse', target: 'close', value: 4 },
      { ...score, subject: 'repeat', metric: 'rmse', unit: 'standardized', target: 'volume', value: 1 },
    ],
    notes: ['The target "close" lacks 1 of 280 values: <they> are neither trained on nor scored.'],
  });
}

const SUBJECTS = ['model', 'repeat'];

/** The model's errors are its steps, the baseline's twice as large; of the second series it is the other way round. */
function madeSummary(origins: number): ForecastSummary {
  const steps = Array.from({ length: STEPS }, (_, step) => step + 1);
  const errorsOf = (subject: string) => steps.map((step) => (subject === 'model' ? step : 2 * step));
  return {
    errors: {
      horizon: STEPS,
      origins: 40,
      unit: 'original',
      subjects: SUBJECTS.flatMap((subject) =>
        [null, 'close', 'volume'].map((target) => ({
          subject,
          target,
          byStep: { mae: errorsOf(subject) },
          counts: steps.map(() => 40),
        })),
      ),
    },
    bySeries: (origins === 0 ? [] : ['a, b', 'c <d>']).map((series, index) => ({
      series,
      origins: 20,
      scores: ['mae', 'rmse'].flatMap((metric) =>
        SUBJECTS.map((subject) => ({
          part: 'test' as const,
          subject,
          metric,
          unit: 'original' as const,
          target: null,
          value: (subject === 'model') === (index === 0) ? 1.5 : 2,
          count: 20,
        })),
      ),
    })),
    shown: (origins === 0 ? [] : ['close', 'volume']).map((target) => ({
      series: 'a, b',
      target,
      errorByStep: SUBJECTS.map((subject) => ({ subject, errors: errorsOf(subject) })),
      worst: [{ origin: 3, originUs: Number(START + 3n * DAY), error: 8 }],
    })),
  };
}

function madeForecasts(origins: number): ForecastFrame {
  const targets = ['close', 'volume'];
  const rows = origins * STEPS * targets.length;
  const of = (value: (origin: number, step: number, target: number) => number) =>
    Float64Array.from({ length: rows }, (_, row) => {
      const step = Math.floor(row / targets.length) % STEPS;
      return value(Math.floor(row / (STEPS * targets.length)), step + 1, row % targets.length);
    });
  const times = (value: (origin: number, step: number) => bigint) =>
    BigInt64Array.from(
      of((origin, step) => Number(value(origin, step) - START)),
      BigInt,
    ).map((time) => time + START);
  return {
    header: {
      runId: 3,
      part: 'test',
      series: ['a, b'],
      targets,
      baselines: ['repeat'],
      levels: [],
      reasons: ['the true value is missing'],
      training: targets.map((target, index) => ({
        series: 'a, b',
        target,
        mean: 100 + index,
        deviation: 2 + index,
      })),
      leftOut: [
        {
          series: 'a, b',
          fromUs: Number(START),
          toUs: Number(START + DAY),
          windows: 2,
          reason: 'a gap, long',
        },
      ],
      summary: madeSummary(origins),
    },
    columns: {
      series: new Int32Array(rows),
      origin: times((origin) => START + BigInt(origin) * DAY),
      // The third time has a microsecond, which must not be lost.
      time: times((origin, step) => START + BigInt(origin + step) * DAY + (origin + step === 2 ? 1n : 0n)),
      step: Int32Array.from(of((_, step) => step)),
      target: Int32Array.from(of((_origin, _step, target) => target)),
      forecast: of((origin, step, target) => 100 * (1e7 * target + 1) + origin + step / 2 - 0.5),
      actual: of((origin, step, target) =>
        origin + step === 2 ? Number.NaN : 101 * (1e7 * target + 1) + 3 * Math.sin(origin + step - 1),
      ),
      baseline: [of((origin, _step, target) => 100 * (1e7 * target + 1) + origin)],
      quantile: [],
      unscored: [Uint8Array.from(of((origin, step) => (origin + step === 2 ? 1 : 0)))],
    },
  };
}
