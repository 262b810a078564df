// Input of the search for the time column, and how often each candidate reads the values.
import type { Dialect } from '../source/dialect.ts';
import type { Duck } from '../source/duck.ts';
import type { TimeFormat } from './time-format.ts';

export interface TimeRequest {
  readonly duck: Duck;
  readonly fileName: string;
  readonly dialect: Dialect;
  /** Columns given by the user. */
  readonly columns: readonly number[] | null;
  /** Series column given by the user. */
  readonly series: number | null;
  /** Form given by the user. */
  readonly format: string | null;
}

export interface Counted {
  readonly columns: readonly number[];
  readonly format: TimeFormat;
  readonly wider: TimeFormat | null;
  readonly weak: boolean;
  /** What to say of the form. */
  readonly note?: string | undefined;
  readonly fitting: number;
  readonly total: number;
}
