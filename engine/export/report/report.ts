// The report: a run as one HTML file that needs nothing else: configuration, curves, forecasts, scores; made to be read and printed.
import type { ForecastFrame } from '../../contract/forecast.ts';
import type { Frame } from '../../contract/frame.ts';
import { describeModel } from '../../contract/model-descriptions.ts';
import type { RunDetail } from '../../contract/run.ts';
import type { ExportFile } from '../csv.ts';
import { forecastCharts } from './forecast-charts.ts';
import { escapeHtml, lineChart, number } from './svg.ts';

export interface ReportSource {
  readonly run: RunDetail;
  /** Of the test part. */
  readonly forecasts: ForecastFrame;
  readonly epochs: Frame<unknown>;
}

const STYLE = `
:root { color-scheme: light; font: 15px/1.5 system-ui, sans-serif; color: #1a1d21; background: #fff; }
body { max-width: 760px; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; margin-bottom: 0; } h2 { font-size: 1.1rem; margin-top: 2rem; border-bottom: 1px solid #cdd3da; }
table { border-collapse: collapse; } td, th { padding: 0.2rem 0.9rem 0.2rem 0; text-align: left; vertical-align: top; }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; }
figure { margin: 1rem 0; break-inside: avoid; } figcaption { font-weight: 600; } small span { margin-left: 1em; font-weight: 400; }
small i { display: inline-block; width: 1em; height: 3px; margin-right: 0.3em; vertical-align: middle; }
svg { width: 100%; font: 11px system-ui, sans-serif; } svg text { fill: #4a525b; } .grid { stroke: #dfe3e8; }
pre { background: #f4f6f8; padding: 0.8rem; overflow-wrap: anywhere; white-space: pre-wrap; font-size: 0.8rem; }
@media print { body { margin: 0; max-width: none; } h2 { break-after: avoid; } }`;

export function exportReport(source: ReportSource): ExportFile {
  const { run } = source;
  const html = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(run.name)}</title><style>${STYLE}</style></head><body>
<h1>${escapeHtml(run.name)}</h1>
<p>${escapeHtml(run.configuration.description ?? '')}</p>
${section('Summary', facts(summary(run)))}
${section('Scores', scores(run))}
${section('Training', curves(source))}
${section('Forecasts of the test part', forecastCharts(source.forecasts))}
${section('Model', model(run))}
${run.notes.length === 0 ? '' : section('Notes', `<ul>${run.notes.map((note) => `<li>${escapeHtml(note)}</li>`).join('')}</ul>`)}
${section('Configuration', `<pre>${escapeHtml(JSON.stringify(run.configuration, null, 2))}</pre>`)}
</body></html>
`;
  const mediaType = 'text/html';
  return { name: 'report.html', mediaType, content: new Blob([html], { type: mediaType }) };
}

const section = (title: string, body: string): string => `<h2>${title}</h2>\n${body}`;

function facts(rows: readonly (readonly [string, string])[]): string {
  return `<table>${rows.map(([name, value]) => `<tr><th>${escapeHtml(name)}</th><td>${escapeHtml(value)}</td></tr>`).join('')}</table>`;
}

const isoDay = (us: number | null): string =>
  us === null ? '–' : new Date(us / 1000).toISOString().slice(0, 16).replace('T', ' ');

function summary(run: RunDetail): [string, string][] {
  const { task } = run.configuration;
  return [
    ['State', run.reason === null ? run.state : `${run.state}: ${run.reason}`],
    ['Data', `${run.datasetName}, version ${run.datasetVersion}`],
    ['Task', `${task.horizon} steps of ${task.targets.join(', ')} from ${task.lookback} steps`],
    ...run.parts.map(({ part, windows, fromUs, toUs }): [string, string] => [
      part,
      `${isoDay(fromUs)} to ${isoDay(toUs)} UTC, ${windows.toLocaleString('en-US')} windows`,
    ]),
    [
      'Best epoch',
      `${run.bestEpoch ?? '–'} of ${run.totalEpochs}, ${run.step.toLocaleString('en-US')} steps`,
    ],
    ['Seed', String(run.seed)],
    [
      'Backend',
      run.backendUsed
        ? `${run.backendUsed.name}, ${run.backendUsed.version}, ${run.backendUsed.device}`
        : run.backend,
    ],
    ['Protocol', run.fingerprint ?? '–'],
    ['Weights', run.weightsHash ?? '–'],
  ];
}

/** Means over all targets: a row for each part and subject, a column for each metric. */
function scores({ scores: all, configuration }: RunDetail): string {
  const { metrics } = configuration.task;
  const means = all.filter(({ target }) => target === null);
  const keys = [...new Set(means.map(({ part, subject }) => `${part}\n${subject}`))];
  const rows = keys.map((key) => {
    const [part = '', subject = ''] = key.split('\n');
    const cells = metrics.map((metric) => {
      const found = means.find(
        (score) => `${score.part}\n${score.subject}` === key && score.metric === metric,
      );
      return `<td class="n">${found ? number(found.value) : '–'}</td>`;
    });
    return `<tr><td>${escapeHtml(part)}</td><td>${escapeHtml(subject)}</td>${cells.join('')}</tr>`;
  });
  const heads = metrics.map((metric) => `<th class="n">${metric.toUpperCase()}</th>`).join('');
  const unit =
    means[0]?.unit === 'standardized'
      ? 'in standard deviations of the training rows'
      : 'in the units of the data';
  return `<p>Errors ${unit}, mean over all targets.</p><table><tr><th>Part</th><th>Forecast by</th>${heads}</tr>${rows.join('')}</table>`;
}

function curves({ epochs }: ReportSource): string {
  const { index, trainLoss, validationLoss } = epochs.columns as Record<
    string,
    ArrayLike<number> | undefined
  >;
  const last = index?.length ? String(index[index.length - 1]) : '';
  return lineChart(
    [
      { label: 'training', colour: '#7a8694', values: trainLoss ?? [] },
      { label: 'validation', colour: '#0b62c4', values: validationLoss ?? [] },
    ],
    { title: 'Loss', xLabel: 'epoch', firstX: '1', lastX: last },
  );
}

function model({ configuration, parameterCount }: RunDetail): string {
  const { title, sentence, equation } = describeModel(configuration.model.kind);
  const parameters = parameterCount === null ? '' : ` ${parameterCount.toLocaleString('en-US')} parameters.`;
  return `<p><b>${escapeHtml(title)}.</b> ${escapeHtml(sentence)}${parameters}</p><pre>${escapeHtml(equation.join('\n'))}</pre>`;
}
