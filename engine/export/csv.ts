// The csv export: forecasts of the test part with times and origins, scores, the metrics of training, and what the columns mean.
import type { ForecastFrame } from '../contract/forecast.ts';
import type { MetricsFrame } from '../contract/frames.ts';
import type { RunDetail } from '../contract/run.ts';
import { columnsCsv } from './csv-columns.ts';
import { field, number } from './csv-text.ts';
import { isoTime } from './iso-time.ts';
import { unitOf, unitOfScore } from './units.ts';

export interface ExportFile {
  readonly name: string;
  readonly mediaType: string;
  readonly content: Blob;
}

export interface CsvSource {
  readonly run: RunDetail;
  readonly forecasts: ForecastFrame;
  readonly steps: MetricsFrame;
  readonly epochs: MetricsFrame;
}

export function exportCsv({ run, forecasts, steps, epochs }: CsvSource): ExportFile[] {
  const files = {
    'forecasts.csv': forecastCsv(forecasts),
    'scores.csv': scoresCsv(run),
    'metrics-by-step.csv': metricsCsv('step', steps),
    'metrics-by-epoch.csv': metricsCsv('epoch', epochs),
  };
  const described = { ...files, 'columns.csv': columnsCsv(files, run.configuration.task.loss) };
  return Object.entries(described).map(([name, lines]) => ({
    name,
    mediaType: 'text/csv',
    content: new Blob([`${lines.join('\n')}\n`], { type: 'text/csv' }),
  }));
}

/** Lines of `series,origin,time,step,target,forecast,actual,unit`; times are ISO 8601 in UTC, an unknown actual is empty. */
export function forecastCsv({ header, columns }: ForecastFrame): string[] {
  const lines = ['series,origin,time,step,target,forecast,actual,unit'];
  const series = header.series.map(field);
  const targets = header.targets.map(field);
  const units = header.targets.map((target) => field(unitOf(target)));
  for (let row = 0; row < columns.step.length; row++) {
    lines.push(
      [
        series[columns.series[row]!],
        isoTime(columns.origin[row]!),
        isoTime(columns.time[row]!),
        columns.step[row],
        targets[columns.target[row]!],
        number(columns.forecast[row]!),
        number(columns.actual[row]!),
        units[columns.target[row]!],
      ].join(','),
    );
  }
  return lines;
}

function scoresCsv({ scores, configuration }: RunDetail): string[] {
  const rows = scores.map((score) =>
    [
      score.part,
      score.subject,
      score.metric,
      field(score.target ?? ''),
      number(score.value),
      field(unitOfScore(score, configuration.task.targets)),
      score.count,
    ].join(','),
  );
  return ['part,subject,metric,target,value,unit,count', ...rows];
}

function metricsCsv(indexName: string, { header, columns }: MetricsFrame): string[] {
  const lines = [[indexName, ...header.names.map(field)].join(',')];
  for (let row = 0; row < columns.index.length; row++) {
    lines.push([columns.index[row], ...columns.values.map((values) => number(values[row]!))].join(','));
  }
  return lines;
}
