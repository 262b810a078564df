// `hindcast show RUN --by-step` and `--by-series`: errors of model and baselines by steps ahead, and scores of each series.
import type { HorizonErrors } from '../../../contract/results/forecast-errors.ts';
import { ResultFrame } from '../../../contract/results/result.ts';
import type { RunReference } from '../../../contract/values/ids.ts';
import { suggestion } from '../../../contract/values/nearest-word.ts';
import { CATALOGUE } from '../../../evaluation/catalogue.ts';
import { metricInfo, scoreFormat } from '../../../words/scores/metric-info.ts';
import {
  lostSeriesSentence,
  macroRow,
  type SeriesRow,
  seriesRows,
} from '../../../words/scores/result-words.ts';
import type { EngineClient, Outcome } from '../context.ts';
import { counted, formatCount, formatScore, NOTHING } from '../text/format.ts';
import { type Column, renderTable, type TableStyle } from '../text/table.ts';
import { UsageError } from '../usage.ts';

export interface ErrorView {
  readonly run: RunReference;
  readonly part: 'test' | 'validation';
  /** Default: the first of the run. */
  readonly metric?: string | undefined;
  /** Lines of the table. */
  readonly top: number;
}

/** Of a long horizon some steps, evenly from the first to the last. */
export async function showByStep(client: EngineClient, view: ErrorView, style: TableStyle): Promise<Outcome> {
  const { run, part } = view;
  const metric = await metricOf(client, view);
  const errors = await client.runs.horizonErrors({ run, part });
  const subjects = errors.subjects.filter(({ target }) => target === null);
  const steps = spread(errors.horizon, view.top);
  const format = scoreFormat(CATALOGUE, metric, formatScore);
  const columns = [
    { header: 'STEP', right: true },
    ...subjects.map(({ subject }) => ({ header: subject, right: true })),
  ];
  const rows = steps.map((step) => [
    formatCount(step),
    ...subjects.map(({ byStep }) => format(byStep[metric]?.[step - 1] ?? Number.NaN)),
  ]);
  const { label } = metricInfo(CATALOGUE, metric);
  const head = `${label} by steps ahead, ${part} part, over ${counted(errors.origins, 'origin')}, ${unitText(errors.unit)}.`;
  const left = errors.horizon - steps.length;
  const more = left > 0 ? `\n… ${formatCount(left)} more steps: --top ${errors.horizon} shows all.` : '';
  return { json: { run, part, ...errors }, text: `${head}\n\n${renderTable(columns, rows, style)}${more}` };
}

export async function showBySeries(
  client: EngineClient,
  view: ErrorView,
  style: TableStyle,
): Promise<Outcome> {
  const { run, part, top } = view;
  const metric = await metricOf(client, view);
  const { header } = await ResultFrame.fromAnswer(await client.runs.result({ run, part, points: 2 }));
  const { bySeries } = header;
  const rows = seriesRows(bySeries, { metric, catalogue: CATALOGUE });
  const { label } = metricInfo(CATALOGUE, metric);
  const unit = bySeries[0]?.scores[0]?.unit ?? 'original';
  const head = `${label} by series, ${part} part, ${unitText(unit)}; the worst series against its best baseline first.`;
  const left = rows.length - top;
  const macro = macroRow(bySeries, { metric, catalogue: CATALOGUE });
  const shown = [...(macro ? [macro] : []), ...rows.slice(0, top)];
  const blocks = [
    head,
    renderTable(
      seriesColumns(label),
      shown.map((row) => seriesCells(row, metric)),
      style,
    ) + (left > 0 ? `\n… ${formatCount(left)} more series: --top ${rows.length} shows all.` : ''),
    lostSeriesSentence(rows, metric, CATALOGUE) ??
      `Better than the best baseline for every series by ${label}.`,
  ];
  return { json: { run, part, metric, series: bySeries }, text: blocks.join('\n\n') };
}

const seriesColumns = (label: string): Column[] => [
  { header: 'SERIES', cut: true },
  { header: 'ORIGINS', right: true },
  { header: label, right: true },
  { header: 'BEST BASELINE', cut: true },
  { header: `ITS ${label}`, right: true },
  { header: 'AGAINST IT', right: true },
];

function seriesCells({ series, origins, value, rival, against }: SeriesRow, metric: string): string[] {
  const format = scoreFormat(CATALOGUE, metric, formatScore);
  return [
    series,
    formatCount(origins),
    value === undefined ? NOTHING : format(value),
    rival?.subject ?? NOTHING,
    rival ? format(rival.value) : NOTHING,
    against,
  ];
}

/** @throws UsageError for a metric that the run was not scored by. */
async function metricOf(client: EngineClient, { run, metric }: ErrorView): Promise<string> {
  const { configuration } = await client.runs.get({ run });
  const { metrics } = configuration.task;
  const [first = ''] = metrics;
  if (metric === undefined || metrics.some((one) => one === metric)) return metric ?? first;
  const hint = suggestion(metric, metrics);
  const message = `Run ${run} was not scored by "${metric}", but by ${metrics.join(', ')}${hint ? `; did you mean ${hint}?` : '.'}`;
  throw new UsageError(message, { option: '--metric' });
}

const unitText = (unit: HorizonErrors['unit']): string =>
  unit === 'standardized' ? 'in standard deviations of the training part' : 'in the units of the data';

/** Up to `most` whole numbers from 1 to `last`, both of them among these. */
function spread(last: number, most: number): number[] {
  if (last <= most) return Array.from({ length: last }, (_, index) => index + 1);
  const between = Math.max(1, most - 1);
  return Array.from({ length: most }, (_, index) => 1 + Math.round((index * (last - 1)) / between));
}
