// What pointing at a line or a column of the preview says of an import.
import type { CleanOptions } from '../../../engine/contract/datasets/clean.ts';
import type { ImportOptions } from '../../../engine/contract/datasets/dataset.ts';

function without<Key extends keyof ImportOptions>(
  options: ImportOptions,
  ...keys: readonly Key[]
): Omit<ImportOptions, Key> {
  const rest = { ...options };
  for (const key of keys) delete rest[key];
  return rest;
}

/** Line of the header, counted from 1. */
export const headerAt = (options: ImportOptions, line: number): ImportOptions => ({
  ...without(options, 'skip'),
  headerLine: line,
});

/** The first line of the table, with a header or without one. */
export const tableFrom = (options: ImportOptions, line: number): ImportOptions => ({
  ...without(options, 'headerLine'),
  skip: line - 1,
});

/** The first line of a table that has no header. */
export const rowsFrom = (options: ImportOptions, line: number): ImportOptions => ({
  ...options,
  skip: line - 1,
  headerLine: 0,
});

export const detectLines = (options: ImportOptions): ImportOptions => without(options, 'headerLine', 'skip');

/** The line that was pointed at; null where the lines are detected. */
export const pointedLine = ({ headerLine, skip }: ImportOptions): number | null =>
  headerLine || (skip === undefined ? null : skip + 1);

export const timesIn = (options: ImportOptions, column: string): ImportOptions => ({
  ...without(options, 'timeFormat'),
  timeColumn: column,
});

/** Of a wide table a column can name no series. */
export const seriesIn = (options: ImportOptions, column: string): ImportOptions => ({
  ...without(options, 'layout'),
  seriesColumn: column,
});

export const asOneSeries = (options: ImportOptions): ImportOptions => ({
  ...without(options, 'seriesColumn'),
  layout: 'wide',
});

function withClean(options: ImportOptions, clean: CleanOptions): ImportOptions {
  const rest = without(options, 'clean');
  return Object.keys(clean).length > 0 ? { ...rest, clean } : rest;
}

/** As the file names it. */
function ownName({ rename = {} }: CleanOptions, column: string): string {
  return Object.entries(rename).find(([, to]) => to === column)?.[0] ?? column;
}

/** A column of the file by its name there; a derived one where it is derived, and where others are derived from it. */
export function renameTo(options: ImportOptions, column: string, name: string): ImportOptions {
  const { derive = [] } = options.clean ?? {};
  if (name.trim() !== '' && derive.some((one) => one.name === column)) {
    const called = (text: string) => (text === column ? name.trim() : text);
    const all = derive.map((one) => ({
      ...one,
      name: called(one.name),
      ...(one.column === undefined ? {} : { column: called(one.column) }),
    }));
    return withClean(options, { ...options.clean, derive: all });
  }
  const { rename = {}, ...clean } = options.clean ?? {};
  const own = ownName({ rename }, column);
  const { [own]: _, ...others } = rename;
  const names = name === own || name.trim() === '' ? others : { ...others, [own]: name.trim() };
  return withClean(options, { ...clean, ...(Object.keys(names).length > 0 ? { rename: names } : {}) });
}

/** A column of the file is dropped, a derived one is not derived. */
export function leaveOut(options: ImportOptions, column: string): ImportOptions {
  const { derive, drop = [], ...clean } = options.clean ?? {};
  const others = (derive ?? []).filter(({ name }) => name !== column);
  const isDerived = others.length < (derive ?? []).length;
  const kept = others.length > 0 ? { derive: others } : {};
  const dropped = isDerived ? drop : [...new Set([...drop, ownName(clean, column)])];
  return withClean(options, { ...clean, ...kept, ...(dropped.length > 0 ? { drop: dropped } : {}) });
}

export function bringBack(options: ImportOptions, column: string): ImportOptions {
  const { drop = [], ...clean } = options.clean ?? {};
  const left = drop.filter((name) => name !== column);
  return withClean(options, left.length > 0 ? { ...clean, drop: left } : clean);
}
