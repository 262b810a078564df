// The report: a run as one self-contained HTML file with result, data, scores, curves, forecasts, model and configuration. Made
// to be read on a screen and printed on A4.
import type { ReportFigure } from '../../contract/runs/export.ts';
import type { RunDetail } from '../../contract/runs/run.ts';
import { describeModel } from '../../words/model-descriptions.ts';
import type { ExportFile } from '../csv.ts';
import type { TaskContent } from '../task-content.ts';
import { configurationTables, experimentFile } from './configuration.ts';
import { insideFigures } from './inside-figures.ts';
import { resultSentence, scoreTables } from './scores.ts';
import { splitSection } from './split-bar.ts';
import { STYLE } from './style.ts';
import { escapeHtml } from './svg.ts';
import { count, counted, facts, section, time } from './text.ts';
import { type TrainingCurves, trainingCharts } from './training-charts.ts';

export interface ReportSource extends TrainingCurves {
  readonly task: TaskContent;
  /** Views into the model. */
  readonly figures?: readonly ReportFigure[];
}

export function exportReport(source: ReportSource): ExportFile {
  const { run, task, figures = [] } = source;
  const predictions = task.section();
  const { name, configuration } = run;
  const html = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'${figures.length > 0 ? '; img-src data:' : ''}">
<title>${escapeHtml(name)}</title><style>${STYLE}</style></head><body>
<header><div class="kind">Hindcast: report of run ${run.id}</div><h1>${escapeHtml(name)}</h1>
<p>${escapeHtml(configuration.description ?? task.sentence)}</p></header>
${resultSentence(run, task.targets)}
${section('Scores', scoreTables(run, task.targets))}
${section('Summary', facts(summary(run, task)))}
${section('Data', splitSection(run))}
${section(predictions.title, predictions.html)}
${section('Training', trainingCharts(source))}
${section('Model', model(run))}
${section('Inside the model', insideFigures(figures))}
${section('Notes', notes(run))}
${section('Configuration', configurationTables(configuration))}
<div class="whole">${section('Experiment file', experimentFile(configuration))}</div>
</body></html>
`;
  const mediaType = 'text/html';
  return { name: 'report.html', mediaType, content: new Blob([html], { type: mediaType }) };
}

function summary(run: RunDetail, task: TaskContent): [string, string][] {
  const { configuration, backendUsed, parameterCount } = run;
  const backend = backendUsed
    ? `${backendUsed.name}, ${backendUsed.version}, ${backendUsed.device}`
    : run.backend;
  const hash = (value: string | null) =>
    value === null ? '–' : `<span class="hash">${escapeHtml(value)}</span>`;
  const state = run.reason === null ? run.state : `${run.state}: ${run.reason}`;
  return [
    ['State', escapeHtml(state)],
    ['Data', escapeHtml(`${run.datasetName}, version ${run.datasetVersion}`)],
    ['Task', escapeHtml(task.sentence)],
    ['Inputs', escapeHtml(task.inputs.join(', '))],
    [
      'Model',
      escapeHtml(
        `${describeModel(configuration.model.kind).title}${parameterCount === null ? '' : `, ${counted(parameterCount, 'parameter')}`}`,
      ),
    ],
    [
      'Training',
      `${counted(run.epoch, 'epoch')} of at most ${count(run.totalEpochs)}, ${counted(run.step, 'step')}; weights of epoch ${run.bestEpoch ?? '–'}`,
    ],
    ['Seed', String(run.seed)],
    ['Backend', escapeHtml(backend)],
    ['Ended', time(run.endedAtMs === null ? null : Math.floor(run.endedAtMs / 60_000) * 60_000)],
    ['Protocol', hash(run.fingerprint)],
    ['Weights, SHA-256', hash(run.weightsHash)],
  ];
}

function model({ configuration, parameterCount }: RunDetail): string {
  const { title, sentence, equation } = describeModel(configuration.model.kind);
  const parameters = parameterCount === null ? '' : ` ${counted(parameterCount, 'parameter')}.`;
  return `<p><b>${escapeHtml(title)}.</b> ${escapeHtml(sentence)}${parameters}</p><pre class="equation">${escapeHtml(equation.join('\n'))}</pre>`;
}

function notes({ notes }: RunDetail): string {
  if (notes.length === 0) return '';
  return `<ul>${notes.map((note) => `<li>${escapeHtml(note)}</li>`).join('')}</ul>`;
}
