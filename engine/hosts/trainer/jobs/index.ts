// Every job of contract/processes/jobs.ts with the function that answers it: one line each.
import type { Jobs } from '../../../contract/processes/jobs.ts';
import type { JobHandlers } from './job.ts';

export const JOBS: JobHandlers<Jobs> = {
  predict: async () => (await import('./predict.ts')).predictJob,
  'forecast-origins': async () => (await import('./forecast-views.ts')).forecastOriginsJob,
  'forecast-errors': async () => (await import('./forecast-views.ts')).forecastErrorsJob,
  'forecast-losses': async () => (await import('./forecast-views.ts')).forecastLossesJob,
  audit: async () => (await import('./forecast-audit.ts')).auditJob,
  'judge-duel': async () => (await import('./forecast-duel.ts')).judgeDuelJob,
  'forecast-residuals': async () => (await import('./forecast-views.ts')).forecastResidualsJob,
  'forecast-intervals': async () => (await import('./forecast-views.ts')).forecastIntervalsJob,
  'forecast-result': async () => (await import('./forecast-views.ts')).forecastResultJob,
  'classify-result': async () => (await import('./classify-views.ts')).classifyResultJob,
  'classify-answer': async () => (await import('./classify-views.ts')).classifyAnswerJob,
  'sample-page': async () => (await import('./samples.ts')).samplePageJob,
  sample: async () => (await import('./samples.ts')).sampleJob,
  'write-text': async () => (await import('./generate-text.ts')).writeTextJob,
  'forecast-exported': async () => (await import('./forecast-exported.ts')).exportedForecastJob,
  'read-exported': async () => (await import('./read-exported.ts')).readExportedJob,
  export: async () => (await import('./export.ts')).exportJob,
  'export-tables': async () => (await import('./export-tables.ts')).exportTablesJob,
  'describe-backends': async () => (await import('./describe-backends.ts')).describeBackendsJob,
  check: async () => (await import('./check.ts')).checkJob,
  chart: async () => (await import('./chart.ts')).chartJob,
  'check-file': async () => (await import('./check-file.ts')).checkFileJob,
  statistics: async () => (await import('./statistics.ts')).statisticsJob,
  lab: async () => (await import('./lab.ts')).labJob,
  difference: async () => (await import('./difference.ts')).differenceJob,
  explore: async () => (await import('./explore.ts')).exploreJob,
  rows: async () => (await import('./rows.ts')).rowsJob,
  inspect: async () => (await import('./inspect.ts')).inspectJob,
};
