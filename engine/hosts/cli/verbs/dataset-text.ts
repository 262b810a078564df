// A dataset in words: the findings of an import, and the details of `datasets NAME`.

import {
  type DatasetDetail,
  type ImportReport,
  NO_LINE,
  type SetAsideRow,
  type TableForm,
} from '../../../contract/datasets/dataset.ts';
import { sourceName } from '../../../contract/values/source-name.ts';
import { findingText, notesBeside } from '../../../words/findings.ts';
import { seriesNames } from '../../../words/series-names.ts';
import {
  counted,
  formatBytes,
  formatCount,
  formatDataTime,
  formatNumber,
  formatTime,
  NOTHING,
} from '../text/format.ts';
import { cutText, oneLine, renderFacts, renderTable, type TableStyle } from '../text/table.ts';
import { samplesExtent, samplesFacts, samplesTables } from './samples-text.ts';

/** `5,104 rows, 1 series, 6 columns, 2000-01-03 to 2020-04-17, 1 day apart`. */
export function extent(dataset: DatasetDetail): string {
  if (dataset.samples) return samplesExtent(dataset.rows, dataset.samples);
  const times =
    dataset.startUs === null
      ? []
      : [`${formatDataTime(dataset.startUs)} to ${formatDataTime(dataset.endUs)}`];
  const { frequency } = dataset;
  const apart =
    frequency === null ? [] : [frequency === 'irregular' ? 'irregular steps' : `${frequency} apart`];
  return [
    counted(dataset.rows, 'row'),
    counted(dataset.series, 'series', 'series'),
    counted(dataset.columns.length, 'column'),
    ...times,
    ...apart,
  ].join(', ');
}

const SHOWN_ROWS = 5;
const MOST_FINDINGS = 20;

/** Notes and the first rows that were set aside; empty where there is nothing to say. */
export function reportText(report: ImportReport, most = SHOWN_ROWS): string {
  const lines = notesBeside(report).map((note) => oneLine(note));
  const findings = report.findings ?? [];
  if (findings.length > 0) {
    const isOffered = findings.some(({ remedy }) => remedy !== null);
    lines.push(`Found in the data${isOffered ? ' (a remedy is applied by --remedy and its name)' : ''}:`);
    for (const finding of findings.slice(0, MOST_FINDINGS))
      lines.push(`  ${finding.check}: ${oneLine(findingText(finding))}`);
    if (findings.length > MOST_FINDINGS)
      lines.push(`  and ${counted(findings.length - MOST_FINDINGS, 'more finding')}`);
  }
  if (report.rowsSetAside > 0) {
    lines.push(
      `${counted(report.rowsSetAside, asideNoun(report))} of ${formatCount(report.rowsRead)} ${report.rowsSetAside === 1 ? 'was' : 'were'} set aside:`,
    );
    for (const row of report.setAside.slice(0, most)) lines.push(`  ${asideText(row)}`);
    const more = report.rowsSetAside - Math.min(most, report.setAside.length);
    if (more > 0) lines.push(`  and ${counted(more, `more ${asideNoun(report)}`)}`);
  }
  return lines.join('\n');
}

const asideNoun = ({ setAside: [first] }: ImportReport): string => (first?.line === NO_LINE ? 'file' : 'row');

function asideText({ line, column, reason, raw }: SetAsideRow): string {
  if (line === NO_LINE) return `${cutText(oneLine(raw), 60)}: ${oneLine(reason)}`;
  const where = column === null ? '' : `, column "${column}"`;
  return `line ${line}${where}: ${oneLine(reason)}: ${cutText(oneLine(raw), 60)}`;
}

/** `Series by label: a, b, c`; empty where no column names series. */
export function seriesText(dataset: DatasetDetail): string {
  return seriesNames(dataset, (name) => cutText(oneLine(name), 40)) ?? '';
}

/** Statistics of every column of the first series; says whose they are where there are several. */
export function columnTable(dataset: DatasetDetail, style: TableStyle): string {
  if (dataset.samples) return samplesTables(dataset.samples, dataset.rows, style);
  const series = dataset.seriesInfo[0];
  const rows = (series?.columns ?? []).map((column) => [
    column.name,
    column.kind,
    formatCount(column.missing),
    formatNumber(column.min),
    formatNumber(column.mean),
    formatNumber(column.max),
    column.categories === null ? '' : column.categories.join(', '),
  ]);
  const { length } = dataset.seriesInfo;
  const title =
    length > 1 ? `Columns of ${oneLine(series?.name ?? '')} (1 of ${formatCount(length)} series):\n` : '';
  const table = renderTable(
    [
      { header: 'COLUMN', cut: true },
      { header: 'KIND' },
      { header: 'MISSING', right: true },
      { header: 'MIN', right: true },
      { header: 'MEAN', right: true },
      { header: 'MAX', right: true },
      { header: 'CATEGORIES', cut: true },
    ],
    rows,
    style,
  );
  return title + table;
}

export function seriesTable(dataset: DatasetDetail, style: TableStyle): string {
  return renderTable(
    [
      { header: 'SERIES', cut: true },
      { header: 'ROWS', right: true },
      { header: 'FROM' },
      { header: 'TO' },
      { header: 'STEP' },
    ],
    dataset.seriesInfo.map((series) => [
      series.name,
      formatCount(series.rows),
      formatDataTime(series.startUs),
      formatDataTime(series.endUs),
      series.frequency,
    ]),
    style,
  );
}

/** What the user said of the form of the file. */
function formFacts({ encoding, skip, headerLine, decimal }: TableForm): [string, string][] {
  const facts: [string, string | number | undefined][] = [
    ['Encoding', encoding],
    ['Lines skipped', skip],
    ['Header line', headerLine === 0 ? 'none' : headerLine],
    ['Decimal sign', decimal],
  ];
  return facts.flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
}

const timeFacts = ({
  timeColumn,
  timeZone,
  timeFormat,
  layout,
  seriesColumn,
}: DatasetDetail['recipe']): [string, string][] => [
  ['Times', `${timeColumn}, zone ${timeZone}, format ${timeFormat}`],
  ['Layout', layout === 'long' ? `long, series named by ${seriesColumn ?? NOTHING}` : 'wide'],
];

export function datasetText(dataset: DatasetDetail, style: TableStyle): string {
  const { recipe, seriesInfo } = dataset;
  const facts = renderFacts([
    ['Dataset', `${dataset.name} (number ${dataset.id})`],
    ['Version', `${dataset.version} of ${dataset.versions}, made ${formatTime(dataset.createdAtMs)}`],
    ['Extent', extent(dataset)],
    ['Size', formatBytes(dataset.bytes)],
    ['Source', recipe.source.sample ? `sample data ${recipe.source.sample}` : sourceName(recipe.source.path)],
    ...(dataset.samples ? samplesFacts(dataset.samples) : timeFacts(recipe)),
    ...(recipe.missing ? [['Missing values', recipe.missing.join(', ')] as const] : []),
    ...formFacts(recipe),
  ]);
  const blocks = [
    facts,
    columnTable(dataset, style),
    seriesInfo.length > 1 ? seriesTable(dataset, style) : '',
    reportText(dataset.report, 20),
  ];
  return blocks.filter((block) => block !== '').join('\n\n');
}
