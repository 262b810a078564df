// Collects the metric rows of neighbouring steps, so that a fast training sends a few messages a second instead of thousands.
import type { TrainingEvent } from '../../training/events.ts';
import type { OutboxMessage } from './outbox.ts';

const FLUSH_MS = 200;

type Step = Extract<TrainingEvent, { type: 'step' }>;

export interface StepRecorder {
  add(step: Step): void;
  /** Enough time went by since the last flush. */
  due(): boolean;
  /** The rows gathered so far as one message, or null where there are none. */
  take(secondsLeft: number | null): OutboxMessage | null;
}

/** @param now milliseconds of a clock that does not jump */
export function createStepRecorder(now: () => number): StepRecorder {
  let rows: Step[] = [];
  let flushedAt = now();
  return {
    add: (step) => void rows.push(step),
    due: () => now() - flushedAt >= FLUSH_MS,
    take(secondsLeft) {
      flushedAt = now();
      const [first] = rows;
      const last = rows.at(-1);
      if (!first || !last) return null;
      const values = new Float64Array(rows.length * first.values.length);
      for (const [index, row] of rows.entries()) values.set(row.values, index * row.values.length);
      const count = rows.length;
      rows = [];
      return { type: 'steps', firstStep: first.step, count, epoch: last.epoch, values, secondsLeft };
    },
  };
}
