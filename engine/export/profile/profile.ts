// The profile of a series as one self-contained HTML file: where the data came from, what the import found, statistics, and what the
// explorer says of each column.
import type { DatasetDetail, SeriesInfo } from '../../contract/datasets/dataset.ts';
import type { Exploration } from '../../contract/datasets/explore.ts';
import type { ChartFrame } from '../../contract/datasets/frames.ts';
import type { ColumnStatistics } from '../../contract/datasets/views.ts';
import { findingText, notesBeside } from '../../words/findings.ts';
import { ACCENT } from '../report/colours.ts';
import { STYLE } from '../report/style.ts';
import { escapeHtml, lineChart } from '../report/svg.ts';
import { count, counted, facts, number, section, time } from '../report/text.ts';
import { numberTicks, timeTicks } from '../report/ticks.ts';

export interface ProfileSource {
  readonly dataset: DatasetDetail;
  readonly series: SeriesInfo;
  readonly statistics: readonly ColumnStatistics[];
  readonly exploration: Partial<Exploration>;
  readonly chart: ChartFrame | null;
}

export function profileReport(source: ProfileSource): string {
  const { dataset, series, statistics, exploration } = source;
  const { name, version, report } = dataset;
  const findings = (report.findings ?? []).map((finding) => findingText(finding));
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(name)}</title><style>${STYLE}</style></head><body>
<header><div class="kind">Hindcast: profile of a dataset</div><h1>${escapeHtml(name)}</h1>
<p>${escapeHtml(`Version ${version}, series ${series.name}`)}</p></header>
${section('Data', facts(factsOf(source)))}
${section('Found in the data', list(findings))}
${section('Notes of the import', list(notesBeside(report)))}
${section('Over time', overTime(source))}
${section('Statistics', statisticsTable(statistics))}
${section('Does the level stay?', list((exploration.stationarity ?? []).map(({ words }) => words)))}
${section('Trend and season', decompositionTable(exploration))}
${section('Autocorrelation', correlograms(exploration))}
${section('By hour, weekday and month (UTC)', profileTables(exploration))}
${section('Correlation of columns', correlationTable(exploration))}
${section('Categories', categoryTables(exploration))}
</body></html>
`;
}

const list = (lines: readonly string[]): string =>
  lines.length === 0 ? '' : `<ul>${lines.map((line) => `<li>${escapeHtml(line)}</li>`).join('')}</ul>`;

function factsOf({ dataset, series }: ProfileSource): [string, string][] {
  const { recipe, report, contentHash } = dataset;
  return [
    ['Rows', escapeHtml(`${counted(series.rows, 'row')}, ${series.frequency} apart`)],
    ['Time', escapeHtml(`${time(series.startUs / 1000)} to ${time(series.endUs / 1000)}`)],
    ['File', escapeHtml(recipe.source.sample ?? recipe.source.path)],
    ['SHA-256 of the file', `<span class="hash">${escapeHtml(recipe.source.sha256)}</span>`],
    ['Content', `<span class="hash">${escapeHtml(contentHash)}</span>`],
    ['Set aside', escapeHtml(`${count(report.rowsSetAside)} of ${counted(report.rowsRead, 'row')}`)],
  ];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const cell = (tag: string) => (text: string, index: number) =>
    `<${tag}${index > 0 ? ' class="n"' : ''}>${escapeHtml(text)}</${tag}>`;
  const body = rows.map((row) => `<tr>${row.map(cell('td')).join('')}</tr>`).join('');
  return `<table><thead><tr>${head.map(cell('th')).join('')}</tr></thead><tbody>${body}</tbody></table>`;
}

const known = (value: number | null | undefined): string => (value == null ? '–' : number(value));

function overTime({ chart }: ProfileSource): string {
  if (chart === null) return '';
  const { header, columns } = chart;
  const times = Array.from(columns.time, (us) => us / 1000);
  return header.columns
    .map((name, index) =>
      lineChart({
        title: name,
        lines: [{ label: name, colour: ACCENT, x: times, values: columns.mean[index]! }],
        xTicks: timeTicks,
        xLabel: 'time, UTC',
        yLabel: name,
        height: 150,
      }),
    )
    .join('\n');
}

const statisticsTable = (statistics: readonly ColumnStatistics[]): string =>
  table(
    ['Column', 'Values', 'Missing', 'Mean', 'Std. dev.', 'Smallest', 'Median', 'Largest'],
    statistics.map(({ name, count: values, missing, mean, std, min, median, max }) => [
      name,
      count(values),
      count(missing),
      ...[mean, std, min, median, max].map(number),
    ]),
  );

const decompositionTable = ({ decomposition = [] }: Partial<Exploration>): string =>
  table(
    ['Column', 'Rows of a cycle', 'Strength of the trend', 'Strength of the season'],
    decomposition
      .filter(({ strength }) => strength !== null)
      .map(({ column, period, strength }) => [
        column,
        count(period),
        known(strength?.trend),
        known(strength?.seasonal),
      ]),
  );

const correlograms = ({ correlogram = [] }: Partial<Exploration>): string =>
  correlogram
    .filter(({ acf }) => acf !== null)
    .map(({ column, acf, bound }) =>
      lineChart({
        title: `${column}: noise stays within ±${number(bound)}`,
        lines: [
          {
            label: column,
            colour: ACCENT,
            x: acf!.slice(1).map((_, lag) => lag + 1),
            values: acf!.slice(1),
          },
        ],
        xTicks: numberTicks,
        xLabel: 'lag, rows',
        yLabel: 'autocorrelation',
        height: 130,
      }),
    )
    .join('\n');

const profileTables = ({ profiles = [] }: Partial<Exploration>): string =>
  profiles
    .flatMap(({ column, profiles: kinds }) =>
      kinds.map(
        ({ by, groups, mean, q25, median, q75 }) =>
          `<h3>${escapeHtml(`${column} by ${by}`)}</h3>${table(
            [by, 'Mean', '25 %', 'Median', '75 %'],
            groups.map((group, i) => [group, ...[mean, q25, median, q75].map((values) => known(values[i]))]),
          )}`,
      ),
    )
    .join('\n');

const correlationTable = ({ correlation }: Partial<Exploration>): string =>
  correlation === undefined || correlation.columns.length < 2
    ? ''
    : table(
        ['', ...correlation.columns],
        correlation.columns.map((name, i) => [name, ...(correlation.matrix[i] ?? []).map(known)]),
      );

const categoryTables = ({ categories = [] }: Partial<Exploration>): string =>
  categories
    .map(
      ({ column, distinct, categories: most }) =>
        `<h3>${escapeHtml(`${column}: ${count(distinct)}`)}</h3>${table(
          ['Category', 'Rows', 'Share'],
          most
            .slice(0, 30)
            .map(({ name, count: rows, share }) => [name, count(rows), `${(100 * share).toFixed(1)} %`]),
        )}`,
    )
    .join('\n');
