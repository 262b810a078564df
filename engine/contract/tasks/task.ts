// What every task has, whatever its kind. All else is known to the folder of its kind alone.
import type { Loss } from '../losses.ts';

export interface Task {
  readonly kind: string;
  readonly loss: Loss;
  /** At least one; the first leads in every list. */
  readonly metrics: readonly string[];
}
