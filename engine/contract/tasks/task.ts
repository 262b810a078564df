// The fields that every task has. Everything else is known only to the folder of its kind.
import type { Loss } from '../experiment/losses.ts';

export interface Task {
  readonly kind: string;
  readonly loss: Loss;
  /** At least one; the first leads in every list. */
  readonly metrics: readonly string[];
}
