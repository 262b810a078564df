// Cancellation: a cancelled import ends with the code `cancelled` at its next step.
import { HindcastError } from '../../contract/values/errors.ts';

export function cancelled(): HindcastError {
  return new HindcastError('cancelled', 'The import was cancelled; nothing of it was kept.');
}

export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw cancelled();
}
