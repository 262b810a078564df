// What samples that are cut from series share: columns by name, the parts of their rows, and how a sample is known.
import { createHash } from 'node:crypto';
import type { Split } from '../contract/experiment/split.ts';
import { HindcastError } from '../contract/values/errors.ts';
import type { Series, SeriesColumn } from '../data/series.ts';
import { type PartRanges, splitRows } from '../data/split.ts';

export interface SplitSeries {
  readonly split: Split;
  readonly series: readonly Series[];
}

/** Each series with the rows of its parts. */
export function withParts({ split, series }: SplitSeries): { series: Series; parts: PartRanges }[] {
  const parts = splitRows(
    split,
    series.map(({ times }) => times),
  );
  return series.map((one, index) => ({ series: one, parts: parts[index]! }));
}

/** @throws HindcastError `unknown-column` */
export function seriesColumn({ columns }: Series, name: string): SeriesColumn {
  const found = columns.find((column) => column.name === name);
  if (found) return found;
  throw new HindcastError('unknown-column', `The data have no column "${name}".`, {
    details: { column: name },
  });
}

/** Of a sample that begins or ends at that row. */
export const rowHash = ({ name, times }: Series, row: number): string =>
  createHash('sha256').update(`${name}\n${times[row]}`).digest('hex');
