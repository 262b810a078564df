// The form's labels of the fields of a forecast, and which of them are of its first level.
export const FORECAST_FIELD_LABELS: Readonly<Record<string, string>> = {
  'task.targets': 'Forecast',
  'task.features': 'Inputs',
  'task.series': 'Series',
  'task.knownAhead': 'Known ahead',
  'task.staticFeatures': 'Static',
  'task.calendar': 'Calendar',
  'task.seriesIdentity': 'Series as an input',
  'task.lookback': 'Look-back',
  'task.horizon': 'Horizon',
  'task.stride': 'Stride',
  'task.origins': 'Origins',
  'task.gaps': 'Missing rows',
  'task.crossGaps': 'Gaps a window may cross',
  'task.firstForecast': 'First forecast',
  'task.loss': 'Loss',
  'task.huberDelta': 'Huber delta',
  'task.metrics': 'Metrics',
  'task.intervals': 'Intervals',
  'task.calibrationShare': 'Share that calibrates',
  'task.quantiles': 'Quantile levels',
};

export const FORECAST_BASIC_FIELDS = ['task.targets', 'task.horizon'];
