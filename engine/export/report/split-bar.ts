// The three parts of the data on a time line, and as a table.
import type { PartInfo, RunDetail } from '../../contract/runs/run.ts';
import { leftOutSentences, windowsText } from '../../words/part-windows.ts';
import { capitalized, countedIn } from '../../words/tasks/counted.ts';
import { escapeHtml } from './svg.ts';
import { count, time } from './text.ts';

const COLOURS = { train: '#c9d3dd', validation: '#8fb8e6', test: '#0b62c4' } as const;
const NAMES = { train: 'training', validation: 'validation', test: 'test' } as const;
const [WIDTH, HEIGHT] = [720, 18];

interface Column {
  readonly header: string;
  readonly isNumber?: boolean;
  textOf(part: PartInfo): string;
}

export function splitSection(run: RunDetail): string {
  const { parts } = run;
  if (parts.length === 0) return '';
  const columns = columnsOf(run);
  const kind = ({ isNumber }: Column) => (isNumber ? ' class="n"' : '');
  const head = columns.map((column) => `<th${kind(column)}>${column.header}</th>`).join('');
  const rows = parts.map(
    (part) =>
      `<tr>${columns.map((column) => `<td${kind(column)}>${column.textOf(part)}</td>`).join('')}</tr>`,
  );
  return `<div class="whole">${bar(parts)}<table><thead><tr>${head}</tr></thead><tbody>${rows.join('')}</tbody></table>${leftOut(run)}</div>`;
}

/** Samples have no times, and where each of them is an example, they are counted once. */
function columnsOf({ configuration, parts }: RunDetail): readonly Column[] {
  const { examples, rows } = countedIn(configuration.task);
  const isDated = parts.some(({ fromUs }) => fromUs !== null);
  const dates: Column[] = [
    { header: 'From', textOf: ({ fromUs }) => day(fromUs) },
    { header: 'To', textOf: ({ toUs }) => day(toUs) },
  ];
  return [
    { header: 'Part', textOf: ({ part }) => `${swatch(part)} ${NAMES[part]}` },
    ...(isDated ? dates : []),
    ...(rows === undefined
      ? []
      : [{ header: capitalized(rows), isNumber: true, textOf: (part: PartInfo) => count(part.rows) }]),
    {
      header: capitalized(examples),
      isNumber: true,
      textOf: (part) => windowsText(part, configuration.task),
    },
  ];
}

function leftOut({ parts, configuration: { task } }: RunDetail): string {
  const sentences = leftOutSentences(parts, task);
  return sentences.length === 0 ? '' : `<p class="quiet">${escapeHtml(sentences.join(' '))}</p>`;
}

const day = (us: number | null): string => time(us === null ? null : us / 1000);

const swatch = (part: PartInfo['part']): string =>
  `<svg width="10" height="10" aria-hidden="true"><rect width="10" height="10" fill="${COLOURS[part]}"/></svg>`;

/** By rows, since parts of several series may overlap in time; of samples by examples, since one text may be cut into all three. */
function bar(parts: readonly PartInfo[]): string {
  const sizes = parts.map(({ rows, windows, fromUs }) => (fromUs === null ? windows : rows));
  const all = sizes.reduce((sum, size) => sum + size, 0) || 1;
  let from = 0;
  const boxes = parts.map(({ part }, index) => {
    const x = (WIDTH * from) / all;
    const size = sizes[index] ?? 0;
    from += size;
    return `<rect x="${x.toFixed(1)}" width="${((WIDTH * size) / all).toFixed(1)}" height="${HEIGHT}" fill="${COLOURS[part]}"/>`;
  });
  return `<svg class="split" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="100%" role="img" aria-label="Shares of the parts">${boxes.join('')}</svg>`;
}
