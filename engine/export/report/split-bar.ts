// The three parts of the data on a time line, and as a table.
import type { PartInfo, RunDetail } from '../../contract/runs/run.ts';
import { leftOutSentences, windowsText } from '../../words/part-windows.ts';
import { escapeHtml } from './svg.ts';
import { count, time } from './text.ts';

const COLOURS = { train: '#c9d3dd', validation: '#8fb8e6', test: '#0b62c4' } as const;
const NAMES = { train: 'training', validation: 'validation', test: 'test' } as const;
const [WIDTH, HEIGHT] = [720, 18];

export function splitSection({ parts }: RunDetail): string {
  if (parts.length === 0) return '';
  const rows = parts.map(
    ({ part, rows, fromUs, toUs, ...rest }) =>
      `<tr><td>${swatch(part)} ${NAMES[part]}</td><td>${day(fromUs)}</td><td>${day(toUs)}</td><td class="n">${count(rows)}</td><td class="n">${windowsText({ part, ...rest })}</td></tr>`,
  );
  return `<div class="whole">${bar(parts)}<table><thead><tr><th>Part</th><th>From</th><th>To</th><th class="n">Rows</th><th class="n">Windows</th></tr></thead><tbody>${rows.join('')}</tbody></table>${leftOut(parts)}</div>`;
}

function leftOut(parts: readonly PartInfo[]): string {
  const sentences = leftOutSentences(parts);
  return sentences.length === 0 ? '' : `<p class="quiet">${escapeHtml(sentences.join(' '))}</p>`;
}

const day = (us: number | null): string => time(us === null ? null : us / 1000);

const swatch = (part: PartInfo['part']): string =>
  `<svg width="10" height="10" aria-hidden="true"><rect width="10" height="10" fill="${COLOURS[part]}"/></svg>`;

/** By rows, since parts of several series may overlap in time. */
function bar(parts: readonly PartInfo[]): string {
  const all = parts.reduce((sum, { rows }) => sum + rows, 0) || 1;
  let from = 0;
  const boxes = parts.map(({ part, rows }) => {
    const x = (WIDTH * from) / all;
    from += rows;
    return `<rect x="${x.toFixed(1)}" width="${((WIDTH * rows) / all).toFixed(1)}" height="${HEIGHT}" fill="${COLOURS[part]}"/>`;
  });
  return `<svg class="split" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="100%" role="img" aria-label="Shares of the parts">${boxes.join('')}</svg>`;
}
