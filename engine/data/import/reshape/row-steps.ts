// A table without times whose rows are steps, read so on request alone: rows that are samples look the same.
import type { Dialect } from '../source/dialect.ts';
import type { ShapedTable } from './shape.ts';

export const ROW_STEPS = 'rows-as-steps';

/** What no column is called. */
function freeName(names: readonly string[]): string {
  let name = 'step';
  while (names.includes(name)) name += '_';
  return name;
}

export function rowSteps({ names }: Dialect): ShapedTable {
  const timeColumn = freeName(names);
  let step = 0;
  return {
    names: [timeColumn, ...names],
    timeColumn,
    seriesColumn: null,
    timeFormat: 'step',
    notes: [
      'The table has no times: its rows became steps from 1 on, and step n stands as n seconds after 1970-01-01T00:00:00Z.',
    ],
    *rows(fields) {
      yield [String(++step), ...fields];
    },
  };
}
