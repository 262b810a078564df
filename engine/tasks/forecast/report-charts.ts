// Forecasts against actual values: the nearest and the farthest step over the whole test part, the error by step, the worst origins and
// the scores of each series. A chart has one series and one target, since others have other units.
import type { ForecastFrame, ForecastSummary } from '../../contract/forecast.ts';
import type { ShownSeries } from '../../contract/forecast-errors.ts';
import { CATALOGUE } from '../../evaluation/catalogue.ts';
import { ACCENT, BASELINES, QUIET } from '../../export/report/colours.ts';
import { escapeHtml, lineChart } from '../../export/report/svg.ts';
import { count, counted, number, time } from '../../export/report/text.ts';
import { countTicks, timeTicks } from '../../export/report/ticks.ts';
import { unitOf } from '../../export/units.ts';
import { metricInfo, scoreFormat } from '../../words/scores/metric-info.ts';
import {
  leadingErrors,
  lostSeriesSentence,
  seriesRows,
  TITLES,
  worstText,
} from '../../words/scores/result-words.ts';

/** The worst series in the table. */
const MOST_SERIES = 20;

interface Pair extends ShownSeries {
  readonly name: string;
  readonly unit: string;
  /** Of the frame. */
  readonly rows: readonly number[];
}

export function forecastCharts(frame: ForecastFrame): string {
  const { summary, targets } = frame.header;
  if (summary === undefined) return '';
  const { horizon } = summary.errors;
  const charts = pairsOf(frame, summary.shown).flatMap((pair) => [
    ...[...new Set([1, horizon])].map((step) => stepChart(frame, pair, step)),
    ...(horizon > 2 ? [errorChart(pair)] : []),
    worstList(pair),
  ]);
  const left = summary.bySeries.length * targets.length - summary.shown.length;
  const note =
    left > 0
      ? `<p class="quiet">The same charts of ${count(left)} more series or targets are left out; the csv export has their forecasts.</p>`
      : '';
  return charts.join('\n') + note + seriesTable(summary);
}

function pairsOf({ header, columns }: ForecastFrame, shown: readonly ShownSeries[]): Pair[] {
  const key = (series: number, target: number) => series * header.targets.length + target;
  const rows = new Map<number, number[]>(
    shown.map(({ series, target }) => [
      key(header.series.indexOf(series), header.targets.indexOf(target)),
      [],
    ]),
  );
  for (let row = 0; row < columns.step.length; row++) {
    rows.get(key(columns.series[row]!, columns.target[row]!))?.push(row);
  }
  const ofPair = [...rows.values()];
  return shown.map((one, index) => ({
    ...one,
    name: header.series.length > 1 ? `${one.series}, ${one.target}` : one.target,
    unit: unitOf(one.target),
    rows: ofPair[index]!,
  }));
}

function stepChart({ columns }: ForecastFrame, pair: Pair, step: number): string {
  const rows = pair.rows.filter((row) => columns.step[row] === step);
  const x = rows.map((row) => Number(columns.time[row]! / 1000n));
  const of = (values: Float64Array) => rows.map((row) => values[row]!);
  return lineChart({
    title: `${pair.name}: ${counted(step, 'step')} ahead`,
    lines: [
      { label: 'actual', colour: QUIET, x, values: of(columns.actual) },
      { label: 'forecast', colour: ACCENT, dashed: true, x, values: of(columns.forecast) },
    ],
    xTicks: timeTicks,
    xLabel: 'time forecast for, UTC',
    yLabel: pair.unit,
  });
}

function errorChart({ name, unit, errorByStep }: Pair): string {
  return lineChart({
    title: titled(name, TITLES.byStep),
    lines: leadingErrors(errorByStep).map(({ subject, errors }, index) => ({
      label: subject,
      colour: index === 0 ? ACCENT : BASELINES[index - 1]!,
      dashed: index > 0,
      x: errors.map((_, step) => step + 1),
      values: errors,
    })),
    xTicks: countTicks,
    xLabel: 'steps after the origin',
    yLabel: unit,
    height: 160,
  });
}

/** `close: worst forecasts` */
const titled = (name: string, title: string): string =>
  `${name}: ${title.charAt(0).toLowerCase()}${title.slice(1)}`;

function worstList({ name, worst, errorByStep }: Pair): string {
  if (worst.length === 0) return '';
  const items = worst.map(
    ({ originUs, error }) =>
      `<li>${time(originUs / 1000)}: ${escapeHtml(worstText({ error }, errorByStep, number))}</li>`,
  );
  return `<div class="whole"><h3>${escapeHtml(titled(name, TITLES.worst))}, by origin</h3><ol>${items.join('')}</ol></div>`;
}

/** Only where there are several: of one series they are the run's own. */
function seriesTable({ bySeries, errors }: ForecastSummary): string {
  const [metric] = Object.keys(errors.subjects[0]?.byStep ?? {});
  if (bySeries.length < 2 || metric === undefined) return '';
  const rows = seriesRows(bySeries, { metric, catalogue: CATALOGUE });
  const { label } = metricInfo(CATALOGUE, metric);
  const format = scoreFormat(CATALOGUE, metric, number);
  const score = (value: number | undefined) => (value === undefined ? '–' : format(value));
  const lines = rows
    .slice(0, MOST_SERIES)
    .map(
      ({ series, origins, value, rival, against }) =>
        `<tr><td>${escapeHtml(series)}</td><td class="n">${count(origins)}</td><td class="n">${score(value)}</td><td>${escapeHtml(rival?.subject ?? '–')}</td><td class="n">${score(rival?.value)}</td><td class="n">${against}</td></tr>`,
    );
  const left = rows.length - lines.length;
  const more = left > 0 ? ` … ${count(left)} more series are in the csv export.` : '';
  const lost = lostSeriesSentence(rows, metric, CATALOGUE) ?? '';
  const head = ['Series', 'Origins', label, 'Best baseline', `Its ${label}`, 'Against it'].map(
    (text, index) => `<th${index === 0 || index === 3 ? '' : ' class="n"'}>${escapeHtml(text)}</th>`,
  );
  return `<h3>${TITLES.bySeries}</h3><table><thead><tr>${head.join('')}</tr></thead><tbody>${lines.join('')}</tbody></table><p class="quiet">${escapeHtml(lost + more)}</p>`;
}
