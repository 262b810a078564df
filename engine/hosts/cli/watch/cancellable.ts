// Work with a line of progress on stderr, which Ctrl-C cancels.
import { fromApiError } from '../../../contract/api/api-errors.ts';
import { HindcastError } from '../../../contract/values/errors.ts';
import type { InterruptSignal, Terminal } from '../context.ts';
import { createProgressDisplay } from './progress-display.ts';

/**
 * @param work shows its progress by `line`, and ends its calls where `signal` says so
 * @param cancelledText what the user reads after an interrupt
 * @throws HindcastError of the work; `cancelled` with `details.signal` where it was interrupted
 */
export async function cancellable<Result extends object>(
  terminal: Terminal,
  work: (line: (text: string) => void, signal: AbortSignal) => Promise<Result>,
  cancelledText: string,
): Promise<Result> {
  const display = createProgressDisplay(terminal);
  const interrupted = Promise.withResolvers<InterruptSignal>();
  const close = terminal.onInterrupt(interrupted.resolve);
  const cancel = new AbortController();
  try {
    const result = await Promise.race([work(display.line, cancel.signal), interrupted.promise]);
    if (typeof result !== 'string') return result;
    throw new HindcastError('cancelled', cancelledText, { details: { signal: result } });
  } catch (error) {
    throw fromApiError(error);
  } finally {
    cancel.abort();
    close();
    display.clear();
  }
}
