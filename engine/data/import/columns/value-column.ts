// The columns that become values of the series, and how their texts are read.
import type { Dress } from './dressed.ts';
import { dressedSql } from './dressed.ts';
import { type NumberStyle, numberSql } from './number-style.ts';

export interface NumericColumn {
  readonly kind: 'numeric';
  readonly column: number;
  readonly style: NumberStyle;
  /** Every text that is not NULL already is a finite plain number: no further checks are needed. */
  readonly exact: boolean;
  /** What the numbers wear; null for none. */
  readonly dress: Dress | null;
}

export interface CategoryColumn {
  readonly kind: 'category';
  readonly column: number;
}

export type ValueColumn = NumericColumn | CategoryColumn;

/** DOUBLE of the text `x` as the column is written; NULL where it is no number. */
export function readingSql(x: string, { style, dress }: Pick<NumericColumn, 'style' | 'dress'>): string {
  return dress === null ? numberSql(x, style) : dressedSql(x, style, dress);
}
