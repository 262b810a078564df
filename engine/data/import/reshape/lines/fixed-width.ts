// Columns of a fixed width below their names, some of whose cells are blank: where the columns stand tells which cell is missing. Without blank
// cells the blanks between the columns are enough (blanks.ts).
import { DELIMITERS } from '../../source/dialect.ts';
import { isValue } from '../../source/value.ts';
import type { LineShape, LineTable } from '../line-shape.ts';

const FEWEST = 5;

interface Span {
  readonly from: number;
  readonly to: number;
}

/** Stretches of characters in which some line has a sign. */
function spansOf(lines: readonly string[]): Span[] {
  const width = Math.max(...lines.map((line) => line.length));
  const spans: Span[] = [];
  let from = -1;
  for (let at = 0; at <= width; at++) {
    const isUsed = at < width && lines.some((line) => (line[at] ?? ' ') !== ' ');
    if (isUsed && from < 0) from = at;
    if (isUsed || from < 0) continue;
    spans.push({ from, to: at });
    from = -1;
  }
  return spans;
}

const cut = (line: string, spans: readonly Span[]): string[] =>
  spans.map(({ from, to }) => line.slice(from, to).trim());

const signs = (text: string): number => text.replace(/ /g, '').length;

export const fixedWidth: LineShape = {
  id: 'fixed-width',
  async find(head): Promise<LineTable | null> {
    const first = head.findIndex((line) => line.trim() !== '');
    const header = head[first] ?? '';
    const rows = head.slice(first + 1).filter((line) => line.trim() !== '');
    const names = header.trim().split(/\s+/);
    if (rows.length < FEWEST || names.length < 3 || names.some(isValue)) return null;
    const lines = [header, ...rows];
    if (lines.some((line) => line.includes('\t')) || DELIMITERS.some((sign) => header.includes(sign)))
      return null;
    const spans = spansOf(lines);
    if (spans.length !== names.length || cut(header, spans).some((name, i) => name !== names[i])) return null;
    const cells = rows.map((line) => cut(line, spans));
    const known = cells.flat().filter((text) => text !== '');
    const hasBlanks = known.length < cells.length * names.length;
    const areWhole = known.filter((text) => !/\s/.test(text) && isValue(text)).length * 2 > known.length;
    if (!hasBlanks || !areWhole || cells.filter((row) => row[0] === '').length * 20 > rows.length)
      return null;
    return {
      names,
      notes: ['The columns have a fixed width: a cell that is blank is missing.'],
      *rows(line, number) {
        if (number <= first + 1 || line.trim() === '') return;
        const fields = cut(line, spans);
        // A sign between the columns: the line is none of these rows.
        yield signs(fields.join('')) === signs(line) ? fields : [line.trim()];
      },
    };
  },
};
