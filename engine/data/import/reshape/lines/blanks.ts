// Columns that are kept apart by blanks, as many as it takes to align them: files of weather networks (NOAA's CRN and SURFRAD), of buoys
// and tides, and printed tables.
import { DELIMITERS } from '../../source/dialect.ts';
import { isValue } from '../../source/value.ts';
import type { LineShape, LineTable } from '../line-shape.ts';
import { knownColumns } from './known-columns.ts';

const SHARE = 0.9;
const FEWEST = 5;

const fieldsOf = (line: string): string[] =>
  (line.match(/"[^"]*"|\S+/g) ?? []).map((text) => text.replace(/^"(.*)"$/, '$1'));

/** Share of the lines that have the most frequent number of fields, and that number. */
function commonWidth(lines: readonly string[], widthOf: (line: string) => number): readonly [number, number] {
  const counts = [...Map.groupBy(lines, widthOf)].map(
    ([width, same]) => [width, same.length / lines.length] as const,
  );
  return counts.reduce((a, b) => (b[1] > a[1] ? b : a), [0, 0] as const);
}

/** Of the head, or of the lines below it: another sign between the columns explains them as well. */
function isDelimited(lines: readonly string[]): boolean {
  return DELIMITERS.some((delimiter) => {
    const [width, share] = commonWidth(lines, (line) => line.split(delimiter).length);
    return width > 1 && share >= SHARE / 2;
  });
}

/** `#YY MM DD hh` and `# Date Time v` name the columns of the lines below; units below them do not, as those of two columns are the same. */
function headerAbove(head: readonly string[], first: number, width: number): string[] | null {
  const found: string[][] = [];
  for (let i = first - 1; i >= Math.max(0, first - 3); i--) {
    const line = (head[i] ?? '').replace(/^\s*[#%;]+\s*/, '');
    // `% Year, Month, Anomaly`: commas in the header alone.
    const byComma = line.split(',').map((name) => name.trim());
    const names = byComma.length === width ? byComma : fieldsOf(line);
    if (names.length === width && !names.some((name) => isValue(name))) found.push(names);
  }
  return found.find((names) => new Set(names).size === width) ?? found[0] ?? null;
}

/** The second `Anomaly` becomes `Anomaly 2`. */
function numbered(names: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return names.map((name) => {
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name} ${count}`;
  });
}

export function blankTable(head: readonly string[]): LineTable | null {
  const lines = head.filter((line) => line.trim() !== '');
  const below = lines.slice(Math.min(lines.length >> 1, 30));
  const [width, share] = commonWidth(below, (line) => fieldsOf(line).length);
  if (below.length < FEWEST || width < 2 || share < SHARE) return null;
  const isRow = (line: string) => {
    const fields = fieldsOf(line);
    return fields.length === width && fields.filter(isValue).length * 2 > width;
  };
  const valued = below.filter(isRow).length;
  if (valued < SHARE * below.length) return null;
  const first = head.findIndex(isRow);
  const written = headerAbove(head, first, width);
  const names = written ? numbered(written) : knownColumns(below.filter(isRow).map(fieldsOf));
  const renamed = names?.filter((name, i) => written && name !== written[i]) ?? [];
  const above = head.slice(0, first).filter((line) => line.trim() !== '').length - (written === null ? 0 : 1);
  const note = `The columns are kept apart by blanks${above > 0 ? `; ${above} ${above === 1 ? 'line' : 'lines'} above the table ${above === 1 ? 'was' : 'were'} skipped` : ''}.`;
  return {
    names,
    notes:
      renamed.length === 0 ? [note] : [note, `Further columns of the same name are ${renamed.join(', ')}.`],
    *rows(line, number) {
      if (number > first && line.trim() !== '' && !/^\s*[#%]/.test(line)) yield fieldsOf(line);
    },
  };
}

export const blanks: LineShape = {
  id: 'blanks',
  async find(head): Promise<LineTable | null> {
    const lines = head.filter((line) => line.trim() !== '');
    return isDelimited(lines.slice(lines.length >> 1)) ? null : blankTable(head);
  },
};
