// Canned entities of the API.

import type { DatasetDetail } from '../../../engine/contract/datasets/dataset.ts';
import { ExperimentSchema } from '../../../engine/contract/experiment/experiment.ts';
import type { ResultFrame } from '../../../engine/contract/results/result.ts';
import type { RunDetail, RunSummary } from '../../../engine/contract/runs/run.ts';
import type { SweepView } from '../../../engine/contract/studies/sweep.ts';
import { DatasetIdSchema, DatasetVersionIdSchema, RunIdSchema } from '../../../engine/contract/values/ids.ts';
import type { EngineInfo } from '../../../engine/contract/workspace/engine-info.ts';

/** 2026-11-22 15:14 in New York. */
const MADE_MS = Date.UTC(2026, 10, 22, 20, 14);
const DAY_US = 86_400_000_000;
const START_US = Date.UTC(2000, 0, 3) * 1000;

export const experiment = ExperimentSchema.parse({
  name: 'demo',
  dataset: { name: 'sp500', sample: 'sp500-2000.csv' },
  task: { kind: 'forecast', targets: ['close'], lookback: 30, horizon: 5 },
  pipeline: [{ step: 'fill' }, { step: 'one-hot' }, { step: 'standardize' }],
  model: { kind: 'lstm', units: 32 },
  training: { epochs: 2 },
});

export function cannedDataset(changes: Partial<DatasetDetail> = {}): DatasetDetail {
  const columns = [
    { name: 'close', kind: 'numeric' as const },
    { name: 'weather', kind: 'category' as const },
  ];
  return {
    id: DatasetIdSchema.parse(1),
    name: 'sp500',
    versionId: DatasetVersionIdSchema.parse(1),
    version: 1,
    versions: 1,
    state: 'ready',
    rows: 5104,
    series: 1,
    columns,
    startUs: START_US,
    endUs: START_US + 5103 * DAY_US,
    frequency: '1 day',
    bytes: 245_000,
    createdAtMs: MADE_MS,
    setAside: 1,
    recipe: {
      source: { path: '/data/sp500-2000.csv', bytes: 400_000, sha256: 'ab', sample: null },
      delimiter: ',',
      layout: 'wide',
      timeColumn: 'date',
      timeFormat: 'detected',
      timeZone: 'UTC',
      seriesColumn: null,
    },
    report: {
      rowsRead: 5105,
      rowsKept: 5104,
      rowsSetAside: 1,
      setAside: [{ line: 17, column: 'close', reason: 'not a number', raw: '2000-01-25,n/a' }],
      notes: ['Rows were out of order and were sorted.'],
    },
    seriesInfo: [
      {
        name: 'sp500',
        rows: 5104,
        startUs: START_US,
        endUs: START_US + 5103 * DAY_US,
        stepUs: DAY_US,
        frequency: '1 day',
        columns: [
          {
            name: 'close',
            kind: 'numeric',
            missing: 3,
            min: 676.53,
            max: 3386.15,
            mean: 1581.234,
            categories: null,
          },
          {
            name: 'weather',
            kind: 'category',
            missing: 0,
            min: null,
            max: null,
            mean: null,
            categories: ['sun', 'rain'],
          },
        ],
      },
    ],
    contentHash: 'cd',
    ...changes,
  };
}

export function cannedRun(changes: Partial<RunDetail> = {}): RunDetail {
  const score = (part: 'validation' | 'test', subject: string, metric: 'mae' | 'rmse', value: number) => ({
    part,
    subject,
    metric,
    unit: 'original' as const,
    target: null,
    value,
    count: 3000,
  });
  return {
    id: RunIdSchema.parse(3),
    name: 'demo',
    state: 'completed',
    reason: null,
    stopRequested: false,
    queuePosition: null,
    datasetName: 'sp500',
    datasetVersion: 1,
    modelKind: 'lstm',
    seed: 1,
    backend: 'simd',
    parameterCount: 4645,
    step: 222,
    totalSteps: 222,
    epoch: 2,
    totalEpochs: 2,
    secondsLeft: null,
    lastTrainLoss: 0.0125,
    lastValidationLoss: 0.0201,
    bestValidationLoss: 0.0198,
    bestEpoch: 1,
    targetNames: 'close',
    testScore: 41.5,
    testMetric: 'mae',
    testUnit: 'original',
    testOutcome: 'worse',
    bestBaseline: 'repeat',
    bestBaselineScore: 40.25,
    fingerprint: 'f00d0123456789ab',
    createdAtMs: MADE_MS,
    startedAtMs: MADE_MS + 1000,
    endedAtMs: MADE_MS + 81_000,
    trainedMs: 80_000,
    studyId: null,
    studyPosition: null,
    configuration: experiment,
    datasetVersionId: DatasetVersionIdSchema.parse(1),
    backendUsed: { name: 'simd', version: '1', device: 'CPU, 2 threads', fallbackReason: null },
    parts: [{ part: 'train', rows: 3572, windows: 3538, fromUs: START_US, toUs: START_US + 3571 * DAY_US }],
    stepMetrics: ['trainLoss'],
    epochMetrics: ['trainLoss', 'validationLoss'],
    scores: [
      score('validation', 'model', 'mae', 30.25),
      score('validation', 'repeat', 'mae', 31.5),
      score('test', 'model', 'mae', 41.5),
      score('test', 'model', 'rmse', 60.123),
      score('test', 'repeat', 'mae', 40.25),
      score('test', 'repeat', 'rmse', 61),
    ],
    checkpoints: [
      { kind: 'best', step: 111, epoch: 1, bytes: 18_000, hasOptimizerState: false, createdAtMs: MADE_MS },
    ],
    attempts: 1,
    bytes: 123_456,
    weightsHash: 'beef',
    notes: [],
    ...changes,
  };
}

/** The summary of a run in detail. */
export function summaryOf(run: RunDetail): RunSummary {
  const { configuration, datasetVersionId, backendUsed, parts, stepMetrics, epochMetrics, ...rest } = run;
  const { scores, checkpoints, attempts, bytes, weightsHash, notes, ...summary } = rest;
  return summary;
}

export function cannedInfo(lastSequence: number): EngineInfo {
  return {
    version: '0.1.0',
    node: '24.21.0',
    platform: 'linux x64',
    cores: 2,
    memoryBytes: 25_000_000_000,
    hostPid: 4242,
    notices: [],
    readOnly: false,
    sqlite: '3.51.0',
    workspace: {
      path: '/data/demo.hindcast',
      schemaVersion: 1,
      createdAtMs: MADE_MS,
      datasets: 1,
      runs: 1,
      lastSequence,
      diskUse: {
        fileBytes: 12_300_000,
        datasetBytes: 245_000,
        metricBytes: 1_000_000,
        checkpointBytes: 18_000,
        freeBytes: 16_384,
      },
    },
  };
}

/** Of 30 series: the model is worse by MAE than the baseline of the first three, the third the most. */
export function cannedResult(part: 'test' | 'validation'): ResultFrame {
  const names = Array.from({ length: 30 }, (_, index) => `store ${index + 1}`);
  const score = (subject: string, metric: 'mae' | 'rmse', value: number) =>
    ({ part, subject, metric, unit: 'original', target: null, value, count: 8 }) as const;
  const none = new Float64Array();
  return {
    header: {
      runId: 3,
      part,
      verdict: '',
      epoch: 1,
      seriesNames: names,
      series: 'store 1',
      targets: ['close'],
      target: 0,
      steps: [1],
      origins: 4,
      firstUs: 0,
      lastUs: 0,
      rows: 0,
      whole: true,
      errorByStep: [],
      worst: [],
      bySeries: names.map((series, index) => ({
        series,
        origins: 4,
        scores: [
          score('model', 'mae', index < 3 ? 11 + index : 5),
          score('repeat', 'mae', 10),
          score('model', 'rmse', 7),
          score('repeat', 'rmse', 8),
        ],
      })),
    },
    columns: {
      time: none,
      end: none,
      actual: none,
      actualMin: none,
      actualMax: none,
      forecast: [none],
      forecastMin: [none],
      forecastMax: [none],
    },
  };
}

export const CANNED_SWEEP: SweepView = {
  space: {
    'training.optimizer.learningRate': { kind: 'log', min: 1e-4, max: 1e-1 },
    'model.units': { kind: 'int', min: 8, max: 64, step: 8 },
  },
  method: 'tpe',
  stopper: 'asha',
  objective: 'loss',
  higherIsBetter: false,
  rungs: [1, 3],
  budget: {
    runs: { used: 2, most: 20 },
    epochs: { used: 12, most: null },
    minutes: { used: 1.5, most: 60 },
  },
  trials: [
    {
      trial: 1,
      repeats: null,
      seed: 1,
      values: { 'training.optimizer.learningRate': 0.01, 'model.units': 16 },
      run: RunIdSchema.parse(1),
      state: 'completed',
      epoch: 9,
      totalEpochs: 9,
      result: 0.25,
      curve: [1, 0.5, 9, 0.25],
    },
    {
      trial: 2,
      repeats: null,
      seed: 1,
      values: { 'training.optimizer.learningRate': 0.05 },
      run: RunIdSchema.parse(2),
      state: 'held',
      epoch: 3,
      totalEpochs: 9,
      result: 0.5,
      curve: [1, 0.5],
    },
  ],
  best: 1,
  importance: [
    { path: 'model.units', share: 0.75, trials: 1 },
    { path: 'training.optimizer.learningRate', share: 0.25, trials: 2 },
  ],
  secondsLeft: 90,
};
