// What the explorer computes of a series: one analysis is one file and a line in the registry. Answers are plain JSON.
import type { ColumnKind } from '../../contract/datasets/dataset.ts';

export interface Explored {
  /** [rows] microseconds UTC, strictly increasing. */
  readonly times: BigInt64Array;
  readonly columns: readonly ExploredColumn[];
  /** Rows of a season; null where the times tell none. */
  readonly season: number | null;
  readonly stepUs: number;
  /** Rows of a cycle, where one was asked for. */
  readonly period?: number | undefined;
  /** Rows by which the second column is read later. */
  readonly lag?: number | undefined;
  /** IANA zone of the clock of hours, weekdays and months. Default: UTC. */
  readonly timeZone?: string | undefined;
}

export interface ExploredColumn {
  readonly name: string;
  /** [rows] NaN where missing; codes of a category column. */
  readonly values: Float64Array;
  /** Names of the codes; empty for numbers. */
  readonly categories: readonly string[];
}

export interface Analysis<Answer> {
  /** A line for people, for the command line. */
  readonly title: string;
  /** The kind of column that it reads. Default: numbers. */
  readonly of?: ColumnKind;
  run(explored: Explored): Answer;
}

/** Values without missing ones, in order. */
export const knownOf = (values: Float64Array): Float64Array => values.filter((value) => !Number.isNaN(value));

/** The last rows, where these are enough for an estimate. */
export const lastRows = (values: Float64Array, most: number): Float64Array =>
  values.length > most ? values.subarray(values.length - most) : values;
