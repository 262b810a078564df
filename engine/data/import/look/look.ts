// All that is asked of the values of a column: its description, and what the doctor finds. It depends on this column alone, so that columns are
// looked at in any order and in any thread, with the same result.
import type { Values } from '../rows/placed.ts';
import { type DescribedColumn, describeColumn } from './describe.ts';
import { type ExaminedColumn, examineColumn } from './examine-column.ts';
import type { LookRows } from './look-rows.ts';

export interface LookedAt {
  readonly name: string;
  readonly values: Values;
}

export interface ColumnLook {
  readonly described: DescribedColumn;
  /** Null of a column of categories. */
  readonly examined: ExaminedColumn | null;
}

export function lookAt(rows: LookRows, { name, values }: LookedAt): ColumnLook {
  const described = describeColumn(rows.parts, values);
  const missing = described.statistics.map((one) => one.missing);
  const examined = values instanceof Float64Array ? examineColumn(rows, { name, values, missing }) : null;
  return { described, examined };
}
