// Tables that are drawn with bars and rules: Markdown, and what the shells of MySQL and PostgreSQL print. A rule stands below the names.
import type { LineShape, LineTable } from '../line-shape.ts';

const RULE = /^\s*[|+]?(\s*:?-{2,}:?\s*[|+])*\s*:?-{2,}:?\s*[|+]?\s*$/;
const MOST_ABOVE = 20;
const FEWEST = 3;

const isRule = (line: string): boolean => RULE.test(line) && /[|+]/.test(line);

/** The cells between the bars; `\|` is no bar. */
function cellsOf(line: string): string[] {
  const inner = line
    .trim()
    .replace(/^\|/, '')
    .replace(/(?<!\\)\|$/, '');
  return inner.split(/(?<!\\)\|/).map((text) => text.trim().replaceAll('\\|', '|'));
}

export const ruled: LineShape = {
  id: 'ruled',
  async find(head): Promise<LineTable | null> {
    const rules = head.flatMap((line, i) => (i <= MOST_ABOVE && isRule(line) ? [i] : []));
    // The first rule of a table in a frame stands above the names.
    const rule = rules.find((i) => (head[i - 1] ?? '').includes('|'));
    if (rule === undefined) return null;
    const names = cellsOf(head[rule - 1] ?? '');
    const isRow = (line: string) =>
      line.includes('|') && !isRule(line) && cellsOf(line).length === names.length;
    const below = head.slice(rule + 1).filter((line) => line.trim() !== '' && !isRule(line));
    if (names.length < 2 || below.length < FEWEST || below.filter(isRow).length * 20 < below.length * 19)
      return null;
    return {
      names,
      notes: ['The table is drawn with bars and rules, which were left off.'],
      *rows(line, number) {
        if (number > rule + 1 && line.includes('|') && !isRule(line)) yield cellsOf(line);
      },
    };
  },
};
