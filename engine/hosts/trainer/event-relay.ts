// Turns the loop's events into messages: rows in batches, checkpoints when one is due, an estimate of the time left.
import type { TrainingEvent } from '../../training/events.ts';
import type { Outbox } from './outbox.ts';
import { createStepRecorder } from './step-recorder.ts';
import { createTimeLeft } from './time-left.ts';

/** A killed process loses at most this much work. */
const CHECKPOINT_MS = 10_000;

export interface EventRelay {
  /** Sends what there is to send, in the order of the events; waits while the host stores nothing. */
  relay(event: Exclude<TrainingEvent, { type: 'ended' }>): Promise<void>;
  /** Sends the rows gathered so far. */
  flush(): Promise<void>;
  checkpointDue(): boolean;
}

export interface RelayOptions {
  readonly outbox: Outbox;
  /** Milliseconds of a clock that does not jump. */
  readonly now: () => number;
  readonly totalSteps: number;
  readonly epochs: number;
}

export function createEventRelay({ outbox, now, totalSteps, epochs }: RelayOptions): EventRelay {
  const steps = createStepRecorder(now);
  const timeLeft = createTimeLeft(now);
  let checkpointedAt = now();
  let done = { step: 0, epoch: 0 };

  async function flush(): Promise<void> {
    const remaining = { steps: totalSteps - done.step, epochs: epochs - done.epoch };
    const message = steps.take(timeLeft.estimate(remaining));
    if (message) await outbox.send(message);
  }

  return {
    async relay(event) {
      if (event.type === 'step') {
        steps.add(event);
        timeLeft.step();
        done = { step: event.step, epoch: event.epoch - 1 };
        if (steps.due()) await flush();
        return;
      }
      await flush();
      if (event.type === 'epoch') {
        timeLeft.epoch();
        done = { step: event.step, epoch: event.epoch };
        await outbox.send({ ...event, values: Float64Array.from(event.values) });
      } else {
        await outbox.send(event);
        if (event.type === 'checkpoint') checkpointedAt = now();
      }
    },
    flush,
    checkpointDue: () => now() - checkpointedAt >= CHECKPOINT_MS,
  };
}
