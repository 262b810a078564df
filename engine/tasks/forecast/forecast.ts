// The task `forecast`: predicts the next steps of series from the steps before.

import { ForecastFrame } from '../../contract/results/forecast.ts';
import type { ForecastTask } from '../../contract/tasks/forecast.ts';
import type { ForecastExperiment } from '../../contract/tasks/forecast-experiment.ts';
import { metricNotes } from '../../evaluation/metric-requirements.ts';
import { baselineNotes } from '../../evaluation/score-baselines.ts';
import {
  calibrationCsv,
  errorsByStepCsv,
  intervalsCsv,
  macroScoresCsv,
  scoresBySeriesCsv,
} from '../../export/error-tables.ts';
import { counted } from '../../export/report/text.ts';
import type { Tables } from '../../export/task-content.ts';
import { type PreparedTask, seriesOf, type TaskData, type TaskKind } from '../task-kind.ts';
import { FORECAST_COLUMNS, forecastCsv, leftOutCsv } from './exports/forecast-csv.ts';
import { originErrorsCsv } from './exports/origin-errors-csv.ts';
import { columnsNeeded, featuresOf, prepareForecast } from './preparation/prepare.ts';
import { epochMetrics } from './training/epoch-metrics.ts';
import { forecastCharts } from './views/report-charts.ts';

export const forecast: TaskKind<ForecastTask> = {
  kind: 'forecast',
  verb: 'forecast',
  hasSharedBaselines: true,
  readsWindows: true,
  needs: (task) => ({ kind: 'series', columns: columnsNeeded(task), series: task.series }),
  targets: ({ targets }) => targets,
  inputs: featuresOf,
  sentence: ({ horizon, lookback, targets }) =>
    `Forecasts ${counted(horizon, 'step')} of ${targets.join(', ')} from the ${counted(lookback, 'step')} before.`,
  fieldOfColumn: ({ targets }, column) => (targets.includes(column) ? 'task.targets' : 'task.features'),
  sizeFields: ['task.lookback'],
  stepsPerExample({ model, task: { lookback, targets } }) {
    const columns = 'channelIndependent' in model && model.channelIndependent ? targets.length : 1;
    return lookback * columns;
  },
  epochMetrics,
  prepare,
  predictAhead: async (experiment, ahead) =>
    (await import('./ahead/predict-ahead.ts')).predictAhead(experiment, ahead),
  ensemble: async (members, asked) =>
    (await import('./ensemble/forecast-ensemble.ts')).forecastEnsemble(members, asked),
  exports: {
    tables: (predictions) => tablesOf(ForecastFrame.decode(predictions)),
    columns: FORECAST_COLUMNS,
    report: (predictions) => ({
      title: 'Forecasts of the test part',
      html: forecastCharts(ForecastFrame.decode(predictions)),
    }),
  },
};

function tablesOf(frame: ForecastFrame): Tables {
  const { part, targets, summary } = frame.header;
  const tables = { 'forecasts.csv': forecastCsv(frame), 'left-out-origins.csv': leftOutCsv(frame) };
  if (summary === undefined || part === 'future') return tables;
  const macro = macroScoresCsv(summary.bySeries, { part, targets });
  return {
    ...tables,
    ...(macro && { 'scores-macro.csv': macro }),
    ...(summary.intervals && {
      'intervals.csv': intervalsCsv(summary.intervals),
      'calibration.csv': calibrationCsv(summary.intervals),
    }),
    'errors-by-origin.csv': originErrorsCsv(frame, summary.errors.unit === 'standardized'),
    'errors-by-step.csv': errorsByStepCsv(summary.errors, { part, targets }),
    'scores-by-series.csv': scoresBySeriesCsv(summary.bySeries, { part, targets }),
  };
}

function prepare(experiment: ForecastExperiment, data: TaskData): PreparedTask {
  const { name, series } = seriesOf(data);
  const prepareWith = (pipeline: ForecastExperiment['pipeline']) =>
    prepareForecast({ ...experiment, pipeline }, series, name);
  const prepared = prepareWith(experiment.pipeline);
  const { inputNames, parts, windows, fingerprint, fitted, notes } = prepared;
  const { train, validation, test } = windows;
  return {
    inputNames,
    parts,
    examples: { train: train.count, validation: validation.count, test: test.count },
    fingerprint,
    fitted,
    notes: [...notes, ...metricNotes(prepared, experiment), ...baselineNotes(prepared, experiment)],
    open: async () => (await import('./machine.ts')).openForecast({ experiment, prepared, prepareWith }),
  };
}
