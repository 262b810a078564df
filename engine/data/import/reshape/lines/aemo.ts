// Reports of the Australian market operator (AEMO): lines of kind C (comment), I (names of a table) and D (its rows), several tables in one
// file. Source: AEMO, "CSV File Format Standard".
import { splitRecord } from '../../source/record.ts';
import type { LineShape, LineTable } from '../line-shape.ts';

/** Kind, report, table, version. */
const LEADING = 4;

const tableOf = (fields: readonly string[]): string => fields.slice(1, LEADING - 1).join(' ');

export const aemo: LineShape = {
  id: 'record-types',
  async find(head, lines): Promise<LineTable | null> {
    const kinds = head.filter((line) => line.trim() !== '').map((line) => line.slice(0, 2));
    if (!kinds.includes('I,') || !kinds.includes('D,') || !kinds.every((kind) => /^[CID],$/.test(kind)))
      return null;
    const rows = new Map<string, number>();
    const names = new Map<string, readonly string[]>();
    for await (const line of lines()) {
      const fields = splitRecord(line, ',');
      const table = tableOf(fields);
      if (fields[0] === 'I' && !names.has(table)) names.set(table, fields.slice(LEADING));
      if (fields[0] === 'D') rows.set(table, (rows.get(table) ?? 0) + 1);
    }
    const [longest] = [...rows].reduce((a, b) => (b[1] > a[1] ? b : a), ['', 0] as [string, number]);
    const others = [...rows.keys()].filter((table) => table !== longest);
    return {
      names: names.get(longest) ?? null,
      notes: [
        `The lines begin with their kind: those of the table ${longest} (D) were read, its names (I) and comments (C) were not taken for rows.`,
        ...(others.length > 0
          ? [`Other tables of the file were skipped: ${others.slice(0, 5).join(', ')}.`]
          : []),
      ],
      *rows(line) {
        const fields = splitRecord(line, ',');
        if (fields[0] === 'D' && tableOf(fields) === longest) yield fields.slice(LEADING);
      },
    };
  },
};
