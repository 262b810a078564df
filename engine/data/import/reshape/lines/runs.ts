// Runs of several units one below the other, as in NASA's C-MAPSS: lines of numbers without a header, whose first number names the unit and
// whose second one counts its cycles and begins again with the next unit.
import type { LineShape, LineTable } from '../line-shape.ts';

const FEWEST_COLUMNS = 4;
const FEWEST_LINES = 10;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const WHOLE = /^\d{1,8}$/;
/** With its months or days behind it. */
const YEAR = /^(1[6-9]|20|21)\d\d$/;
const SEPARATORS: readonly RegExp[] = [/\s+/, /\s*,\s*/, /\s*;\s*/];

/** Columns of C-MAPSS, which its readme names. */
const C_MAPSS = [...numbered('setting', 3), ...numbered('sensor', 21)];

function numbered(word: string, count: number): string[] {
  return Array.from({ length: count }, (_, i) => `${word}${i + 1}`);
}

const fieldsOf = (line: string, separator: RegExp): string[] => line.trim().split(separator);

/** Whether the second numbers count from the same start in each run of a first number; there are two runs at least. */
function countAgain(rows: readonly (readonly string[])[]): boolean {
  const start = Number(rows[0]?.[1]);
  let runs = 1;
  for (const [i, [unit = '', count = '']] of rows.entries()) {
    if (!WHOLE.test(unit) || !WHOLE.test(count)) return false;
    const before = rows[i - 1];
    if (before === undefined) continue;
    const isNew = before[0] !== unit;
    if (Number(count) !== (isNew ? start : Number(before[1]) + 1)) return false;
    if (isNew) runs++;
  }
  const areYears = rows.every(([unit]) => YEAR.test(unit ?? ''));
  return start <= 1 && runs >= 2 && !areYears;
}

function separatorOf(lines: readonly string[]): RegExp | null {
  const [first = ''] = lines;
  const isTable = (separator: RegExp) => {
    const width = fieldsOf(first, separator).length;
    if (width < FEWEST_COLUMNS) return false;
    const rows = lines.map((line) => fieldsOf(line, separator));
    return (
      rows.every((row) => row.length === width && row.every((text) => NUMBER.test(text))) && countAgain(rows)
    );
  };
  return SEPARATORS.find(isTable) ?? null;
}

export const runs: LineShape = {
  id: 'runs',
  async find(head): Promise<LineTable | null> {
    const lines = head.filter((line) => line.trim() !== '');
    const separator = lines.length < FEWEST_LINES ? null : separatorOf(lines);
    if (separator === null) return null;
    const width = fieldsOf(lines[0] ?? '', separator).length;
    const values = width === C_MAPSS.length + 2 ? C_MAPSS : numbered('value', width - 2);
    return {
      names: ['unit', 'cycle', ...values],
      seriesColumn: 'unit',
      notes: [
        'The first column names the unit and the second one counts its cycles: each unit is a series. The file has no header, so the columns were named here.',
      ],
      *rows(line) {
        if (line.trim() !== '') yield fieldsOf(line, separator);
      },
    };
  },
};
