// `hindcast show RUN --intervals`: how well the quantiles of the forecasts are calibrated.
import type { IntervalResult } from '../../../contract/results/intervals.ts';
import { shareCell, shareText } from '../../../words/share-text.ts';
import type { EngineClient, Outcome } from '../context.ts';
import { formatScore } from '../text/format.ts';
import { renderTable, type TableStyle } from '../text/table.ts';
import type { ErrorView } from './show-errors.ts';

export async function showIntervals(
  client: EngineClient,
  { run, part }: ErrorView,
  style: TableStyle,
): Promise<Outcome> {
  const result = await client.runs.intervals({ run, part });
  return { json: result, text: intervalsText(result, style) };
}

function intervalsText({ levels, part, unit, method, subjects, words }: IntervalResult, style: TableStyle) {
  const units = unit === 'standardized' ? 'standard deviations of the training rows' : 'the unit of the data';
  const bands = subjects[0]?.bands ?? [];
  const columns = [
    { header: 'SUBJECT' },
    { header: 'CRPS', right: true },
    ...bands.flatMap(({ nominal }) => [
      { header: `IN ${shareText(nominal)}`, right: true },
      { header: 'WIDTH', right: true },
    ]),
  ];
  const rows = subjects.map(({ subject, crps, bands: own }) => [
    subject,
    formatScore(crps),
    ...own.flatMap(({ coverage, width }) => [shareCell(coverage), formatScore(width)]),
  ]);
  const calibrated = renderTable(
    [{ header: 'LEVEL', right: true }, ...subjects.map(({ subject }) => ({ header: subject, right: true }))],
    levels.map((level, at) => [String(level), ...subjects.map(({ below }) => (below[at] ?? 0).toFixed(3))]),
    style,
  );
  return [
    method,
    `${part[0]!.toUpperCase()}${part.slice(1)} part, widths in ${units}.\n${renderTable(columns, rows, style)}`,
    `Share of the true values at or below the quantile of each level.\n${calibrated}`,
    words,
  ].join('\n\n');
}
