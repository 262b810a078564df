// Aligned columns of text: numbers to the right; names cut with … where the terminal is narrow.

export interface Column {
  readonly header: string;
  /** Numbers go to the right. */
  readonly right?: boolean;
  /** May be cut where the line is too long. */
  readonly cut?: boolean;
  /** At most as many characters, however wide the line is. */
  readonly most?: number;
}

export interface TableStyle {
  /** Characters in a line. Default: no limit. */
  readonly width?: number;
  /** Headers in a paler colour. */
  readonly dim?: boolean;
}

/** Longer names of runs are cut also where the line has no end: --json has them whole. */
export const LONGEST_NAME = 48;

/** A cut column keeps at least this many characters. */
const LEAST_WIDTH = 6;
const GAP = '  ';

/** A name of a file's column may be of any length. */
const LONGEST_CELL = 400;

/** Text that stays on one line: names may hold line breaks and escape sequences. */
export function oneLine(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ');
}

export function cutText(text: string, width: number): string {
  const characters = [...text];
  if (characters.length <= width) return text;
  return width < 1 ? '' : `${characters.slice(0, width - 1).join('')}…`;
}

export const dimmed = (text: string): string => `\u001b[2m${text}\u001b[22m`;

/** Header and rows, without the last line break. */
export function renderTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  style: TableStyle = {},
): string {
  const cells = rows.map((row) => row.map((cell) => cutText(oneLine(cell), LONGEST_CELL)));
  const limit = style.width ?? Number.POSITIVE_INFINITY;
  const widths = widthsWithin(columns, naturalWidths(columns, cells), limit);
  const line = (texts: readonly string[]): string =>
    cutText(
      columns
        .map((column, index) => pad(column, texts[index] ?? '', widths[index]!))
        .join(GAP)
        .trimEnd(),
      limit,
    );
  const header = line(columns.map((column) => column.header));
  return [style.dim ? dimmed(header) : header, ...cells.map(line)].join('\n');
}

/** Names on the left, what belongs to them on the right; values are never cut. */
export function renderFacts(facts: readonly (readonly [name: string, value: string])[]): string {
  const width = Math.max(0, ...facts.map(([name]) => [...name].length));
  return facts.map(([name, value]) => `${name.padEnd(width)}  ${oneLine(value)}`.trimEnd()).join('\n');
}

function naturalWidths(columns: readonly Column[], rows: readonly (readonly string[])[]): number[] {
  return columns.map((column, index) =>
    Math.min(
      column.most ?? Number.POSITIVE_INFINITY,
      rows.reduce(
        (widest, row) => Math.max(widest, [...(row[index] ?? '')].length),
        [...column.header].length,
      ),
    ),
  );
}

/** Takes from the widest column that may be cut until the line fits, or nothing more can be taken. */
function widthsWithin(columns: readonly Column[], natural: readonly number[], limit: number): number[] {
  const widths = [...natural];
  const total = (): number => widths.reduce((sum, width) => sum + width, GAP.length * (widths.length - 1));
  while (total() > limit) {
    let widest = -1;
    columns.forEach((column, index) => {
      if (column.cut && widths[index]! > LEAST_WIDTH && (widest < 0 || widths[index]! > widths[widest]!))
        widest = index;
    });
    if (widest < 0) break;
    widths[widest]!--;
  }
  return widths;
}

function pad(column: Column, text: string, width: number): string {
  const shown = cutText(text, width);
  const blanks = ' '.repeat(Math.max(0, width - [...shown].length));
  return column.right ? blanks + shown : shown + blanks;
}
