// What the doctor looks at, and what it finds: one check is one file and a line in the registry.
import type { CleanOptions } from '../../contract/datasets/clean.ts';

/** One numeric column of one series, in order of time. */
export interface Examined {
  readonly column: string;
  readonly series: string;
  /** [rows] microseconds UTC, strictly increasing. */
  readonly times: BigInt64Array;
  /** [rows] NaN where missing. */
  readonly values: Float64Array;
  /** Of the values. */
  readonly missing: number;
  readonly stepUs: number;
}

/** Rows [from, to) of what was examined. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface Symptom {
  /** In order of importance. */
  readonly spans: readonly Span[];
  /** Rows that are affected. */
  readonly count: number;
  /** What is said behind the name of the column. */
  readonly words: string;
  readonly remedy: { readonly words: string; readonly options: CleanOptions } | null;
}

export interface ColumnCheck {
  readonly id: string;
  /** Null where all is well. */
  find(examined: Examined): Symptom | null;
}

/** The times of a span, both ends inside. */
export function timesOf(
  { times }: Examined,
  { from, to }: Span,
): { readonly fromUs: number; readonly toUs: number } {
  return { fromUs: Number(times[from]), toUs: Number(times[to - 1]) };
}

/** Reads the spans as missing. */
export function erasing(examined: Examined, spans: readonly Span[]): CleanOptions {
  const { column, series } = examined;
  return { erase: spans.map((span) => ({ column, series, ...timesOf(examined, span) })) };
}

export const MOST_ERASED = 200;
