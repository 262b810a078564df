// `--edit TEXT`: a change of the window before it is looked into.
import type { Edit } from '../../contract/inside/edits.ts';
import { UsageError } from './usage.ts';

const NUMBER = '[-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d+)?';

/** Each form and what it says. */
const FORMS: readonly (readonly [RegExp, (groups: Readonly<Record<string, string>>) => Edit])[] = [
  [
    new RegExp(`^move (?<input>.+)@(?<row>\\d+) (?<by>${NUMBER})(?: (?<reach>\\d+))?$`),
    ({ input = '', row, by, reach = '0' }) => {
      return { kind: 'move', input, row: Number(row), by: Number(by), reach: Number(reach) };
    },
  ],
  [
    /^erase (?:(?<input>.+)@)?(?<from>\d+) (?<end>\d+)$/,
    ({ input, from, end }) => {
      return { kind: 'erase', ...(input && { input }), from: Number(from), end: Number(end) };
    },
  ],
  [
    /^shift (?:(?<input>.+) )?(?<rows>[-+]?\d+)$/,
    ({ input, rows }) => {
      return { kind: 'shift', ...(input && { input }), rows: Number(rows) };
    },
  ],
];

/** @throws UsageError */
export function windowEdit(text: string): Edit {
  for (const [form, read] of FORMS) {
    const groups = form.exec(text)?.groups;
    if (groups) return read(groups as Record<string, string>);
  }
  throw new UsageError(
    `--edit takes 'move COLUMN@ROW BY', 'erase FROM END' or 'shift ROWS', but "${text}" was given.`,
    { option: '--edit' },
  );
}
