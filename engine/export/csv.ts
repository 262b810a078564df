// The csv export: forecasts of the test part with times and origins, scores, and the metrics of training, one file each.
import type { ForecastFrame } from '../contract/forecast.ts';
import type { Frame } from '../contract/frame.ts';
import type { RunDetail, Score } from '../contract/run.ts';

export interface ExportFile {
  readonly name: string;
  readonly mediaType: string;
  readonly content: Blob;
}

export interface CsvSource {
  readonly run: RunDetail;
  readonly forecasts: ForecastFrame;
  readonly steps: Frame<unknown>;
  readonly epochs: Frame<unknown>;
}

export function exportCsv({ run, forecasts, steps, epochs }: CsvSource): ExportFile[] {
  return [
    csvFile('forecasts.csv', forecastCsv(forecasts)),
    csvFile('scores.csv', scoresCsv(run.scores)),
    csvFile('metrics-by-step.csv', metricsCsv('step', steps)),
    csvFile('metrics-by-epoch.csv', metricsCsv('epoch', epochs)),
  ];
}

const csvFile = (name: string, lines: readonly string[]): ExportFile => ({
  name,
  mediaType: 'text/csv',
  content: new Blob([`${lines.join('\n')}\n`], { type: 'text/csv' }),
});

/** Lines of `series,origin,time,step,target,forecast,actual`; times are ISO 8601 in UTC, an unknown actual is empty. */
export function forecastCsv({ header, columns }: ForecastFrame): string[] {
  const lines = ['series,origin,time,step,target,forecast,actual'];
  const series = header.series.map(field);
  const targets = header.targets.map(field);
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
      ].join(','),
    );
  }
  return lines;
}

function scoresCsv(scores: readonly Score[]): string[] {
  const rows = scores.map((score) =>
    [
      score.part,
      score.subject,
      score.metric,
      score.unit,
      field(score.target ?? ''),
      number(score.value),
      score.count,
    ].join(','),
  );
  return ['part,subject,metric,unit,target,value,count', ...rows];
}

function metricsCsv(indexName: string, { columns }: Frame<unknown>): string[] {
  const { index, ...metrics } = columns;
  const names = Object.keys(metrics);
  const lines = [[indexName, ...names.map(field)].join(',')];
  for (let row = 0; row < (index?.length ?? 0); row++) {
    lines.push([index?.[row], ...names.map((name) => number(Number(metrics[name]![row])))].join(','));
  }
  return lines;
}

/** ISO 8601 in UTC of microseconds, without needless zeros: `2000-01-03T00:00:00Z`. */
function isoTime(microseconds: bigint): string {
  const milliseconds = Number(microseconds / 1000n);
  const text = new Date(milliseconds).toISOString();
  return text.endsWith('.000Z') ? `${text.slice(0, -5)}Z` : text;
}

const number = (value: number): string => (Number.isNaN(value) ? '' : String(value));

/** Quoted where RFC 4180 wants it. */
const field = (text: string): string => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
