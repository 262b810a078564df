// Which methods of the API only read.

/** Methods that change nothing: a client may call them again when it does not know whether an answer got lost. */
export const READ_METHODS: ReadonlySet<string> = new Set([
  'engine.describe',
  'engine.backends',
  'datasets.list',
  'datasets.get',
  'datasets.values',
  'datasets.chart',
  'datasets.statistics',
  'datasets.preview',
  'experiments.check',
  'workspace.check',
  'workspace.backUp',
  'workspace.settings',
  'runs.list',
  'runs.get',
  'runs.metrics',
  'runs.curves',
  'runs.forecastAt',
  'runs.horizonErrors',
  'runs.labels',
  'runs.compare',
  'runs.forecast',
  'runs.export',
  'queue.get',
  'events.list',
]);
