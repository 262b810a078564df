// Merges repeated signals. One key press may arrive as several: the terminal sends SIGINT to every process of the group, and npx
// and our own launcher pass it on once more. Only a later signal counts as a second key press.
import type { InterruptSignal } from './context.ts';

/** Shorter than two presses of a hurried person, longer than passing on takes. */
const ONE_PRESS_MS = 150;

export function mergeInterrupts(
  callback: (signal: InterruptSignal) => void,
  nowMs: () => number,
): (signal: InterruptSignal) => void {
  let lastMs = Number.NEGATIVE_INFINITY;
  return (signal) => {
    const now = nowMs();
    const isEcho = now - lastMs < ONE_PRESS_MS;
    if (isEcho) return;
    lastMs = now;
    callback(signal);
  };
}
