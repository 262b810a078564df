// What samples that are cut from series share: columns by name, the parts of their rows, and how a sample is known.
import { createHash } from 'node:crypto';
import type { Split } from '../contract/experiment/split.ts';
import type { PartInfo } from '../contract/runs/run.ts';
import { HindcastError } from '../contract/values/errors.ts';
import { formatTime } from '../data/pipeline/table.ts';
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

/** Parts of samples that were cut from series: of which rows, and which times. */
export function ofRows(infos: readonly PartInfo[], given: SplitSeries): PartInfo[] {
  const all = withParts(given);
  return infos.map((info) => {
    const own = all
      .map(({ series: { times }, parts }) => ({ times, ...parts[info.part] }))
      .filter(({ from, to }) => to > from);
    const edges = own.flatMap(({ times, from, to }) => [Number(times[from]), Number(times[to - 1])]);
    return {
      ...info,
      rows: own.reduce((sum, { from, to }) => sum + to - from, 0),
      fromUs: edges.length === 0 ? null : Math.min(...edges),
      toUs: edges.length === 0 ? null : Math.max(...edges),
    };
  });
}

/** @throws HindcastError `unknown-column` */
export function seriesColumn({ columns }: Series, name: string): SeriesColumn {
  const found = columns.find((column) => column.name === name);
  if (found) return found;
  throw new HindcastError('unknown-column', `The data have no column "${name}".`, {
    details: { column: name },
  });
}

/** `machine 2026-03-01 18:43`, of a sample that begins or ends at that row. */
export const rowName = ({ name, times }: Series, row: number): string =>
  `${name} ${formatTime(times[row]!)
    .replace('T', ' ')
    .replace(/(\.000)?Z$/, '')}`.trim();

/** Of a sample that begins or ends at that row. */
export const rowHash = ({ name, times }: Series, row: number): string =>
  createHash('sha256').update(`${name}\n${times[row]}`).digest('hex');
