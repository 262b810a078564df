// Which methods of the API only read.

/** Methods that change nothing: a client may call them again when it does not know whether an answer got lost. */
export const READ_METHODS: ReadonlySet<string> = new Set([
  'engine.describe',
  'engine.backends',
  'datasets.list',
  'datasets.get',
  'datasets.values',
  'runs.list',
  'runs.get',
  'runs.metrics',
  'runs.compare',
  'runs.forecast',
  'runs.export',
  'queue.get',
  'events.list',
]);
