// Forecasts against actual values: the nearest and the farthest step over the whole test part, the error by step, the worst origins and
// the scores of each series. A chart has one series and one target, since others have other units.
import type { ForecastFrame, ForecastSummary } from '../../../contract/results/forecast.ts';
import type { ShownSeries } from '../../../contract/results/forecast-errors.ts';
import { CATALOGUE } from '../../../evaluation/catalogue.ts';
import { ACCENT, BASELINES, QUIET } from '../../../export/report/colours.ts';
import { escapeHtml, lineChart } from '../../../export/report/svg.ts';
import { count, number, time } from '../../../export/report/text.ts';
import { countTicks, timeTicks } from '../../../export/report/ticks.ts';
import { unitOf } from '../../../export/units.ts';
import { metricInfo, scoreFormat } from '../../../words/scores/metric-info.ts';
import {
  aheadText,
  leadingErrors,
  lostSeriesSentence,
  macroRow,
  seriesRows,
  TITLES,
  worstText,
} from '../../../words/scores/result-words.ts';
import { shareCell, shareText } from '../../../words/share-text.ts';

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
    overTimeChart(frame, pair, [...new Set([1, horizon])]),
    ...(horizon > 2 ? [errorChart(pair)] : []),
    worstList(pair),
  ]);
  const left = summary.bySeries.length * targets.length - summary.shown.length;
  const note =
    left > 0
      ? `<p class="quiet">The same charts of ${count(left)} more series or targets are left out; the csv export has their forecasts.</p>`
      : '';
  return charts.join('\n') + note + intervalTable(summary) + seriesTables(summary);
}

/** How many of the true values each interval holds, and how wide it is. */
function intervalTable({ intervals }: ForecastSummary): string {
  if (!intervals) return '';
  const bands = intervals.subjects[0]?.bands ?? [];
  const head = ['Forecast', 'CRPS', ...bands.map(({ nominal }) => `In ${shareText(nominal)}, width`)].map(
    (text, index) => `<th${index === 0 ? '' : ' class="n"'}>${escapeHtml(text)}</th>`,
  );
  const lines = intervals.subjects.map(({ subject, crps, bands: own }) => {
    const cells = own.map(
      ({ coverage, width }) => `<td class="n">${escapeHtml(shareCell(coverage))}, ${number(width)}</td>`,
    );
    return `<tr><td>${escapeHtml(subject)}</td><td class="n">${number(crps)}</td>${cells.join('')}</tr>`;
  });
  return `<h3>Intervals</h3><table><thead><tr>${head.join('')}</tr></thead><tbody>${lines.join('')}</tbody></table><p class="quiet">${escapeHtml(`${intervals.words} ${intervals.method}`)}</p>`;
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

/** What came, and what was forecast for it that many steps before. */
function overTimeChart({ columns }: ForecastFrame, pair: Pair, steps: readonly number[]): string {
  const lineOf = (step: number, values: Float64Array) => {
    const rows = pair.rows.filter((row) => columns.step[row] === step);
    return {
      x: rows.map((row) => Number(columns.time[row]! / 1000n)),
      values: rows.map((row) => values[row]!),
    };
  };
  return lineChart({
    title: titled(pair.name, TITLES.overTime),
    lines: [
      { label: 'actual', colour: QUIET, ...actualLine(columns, pair) },
      ...steps.map((step, index) => ({
        label: aheadText(step),
        colour: index === 0 ? ACCENT : BASELINES[0],
        dashed: index > 0,
        ...lineOf(step, columns.forecast),
      })),
    ],
    xTicks: timeTicks,
    xLabel: 'time forecast for, UTC',
    yLabel: pair.unit,
  });
}

/** Each time once, from the first that was forecast to the last. */
function actualLine({ time: times, actual }: ForecastFrame['columns'], { rows }: Pair) {
  const byTime = new Map<number, number>();
  for (const row of rows) byTime.set(Number(times[row]! / 1000n), actual[row]!);
  const x = [...byTime.keys()].toSorted((a, b) => a - b);
  return { x, values: x.map((at) => byTime.get(at)!) };
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

/** Only where there are several: of one series they are the run's own. A table for each metric of the task. */
function seriesTables({ bySeries }: ForecastSummary): string {
  if (bySeries.length < 2) return '';
  const metrics = [...new Set(bySeries.flatMap(({ scores }) => scores.map(({ metric }) => metric)))];
  return `<h3>${TITLES.bySeries}</h3>${metrics.map((metric) => seriesTable(bySeries, metric)).join('')}`;
}

function seriesTable(bySeries: ForecastSummary['bySeries'], metric: string): string {
  const ranking = { metric, catalogue: CATALOGUE };
  const rows = seriesRows(bySeries, ranking);
  const macro = macroRow(bySeries, ranking);
  const { label } = metricInfo(CATALOGUE, metric);
  const format = scoreFormat(CATALOGUE, metric, number);
  const score = (value: number | undefined) => (value === undefined ? '–' : format(value));
  const lines = [...(macro ? [macro] : []), ...rows.slice(0, MOST_SERIES)].map(
    ({ series, origins, value, rival, against }) =>
      `<tr><td>${escapeHtml(series)}</td><td class="n">${count(origins)}</td><td class="n">${score(value)}</td><td>${escapeHtml(rival?.subject ?? '–')}</td><td class="n">${score(rival?.value)}</td><td class="n">${against}</td></tr>`,
  );
  const left = rows.length - MOST_SERIES;
  const more = left > 0 ? ` … ${count(left)} more series are in the csv export.` : '';
  const lost = lostSeriesSentence(rows, metric, CATALOGUE) ?? '';
  const head = ['Series', 'Origins', label, 'Best baseline', `Its ${label}`, 'Against it'].map(
    (text, index) => `<th${index === 0 || index === 3 ? '' : ' class="n"'}>${escapeHtml(text)}</th>`,
  );
  return `<table><thead><tr>${head.join('')}</tr></thead><tbody>${lines.join('')}</tbody></table><p class="quiet">${escapeHtml(lost + more)}</p>`;
}
