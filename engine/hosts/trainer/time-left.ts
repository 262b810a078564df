// Estimates the remaining time of a training from the durations of its latest steps and its latest validation.

export interface TimeLeft {
  /** A step is done. */
  step(): void;
  /** A validation is done; steps after it are timed from here. */
  epoch(): void;
  /** Seconds; null until about two seconds of steps are measured: the first ones are far slower than the rest. */
  estimate(remaining: { readonly steps: number; readonly epochs: number }): number | null;
}

/** The mean is over about the last ten seconds of steps, and over at least the last twenty steps. */
const WINDOW_MS = 10_000;
const NEWEST = 0.05;
const MEASURED_MS = 2_000;

/** @param now milliseconds of a clock that does not jump */
export function createTimeLeft(now: () => number): TimeLeft {
  let mark = now();
  // Of the steps in the window: how many, and how long they took. Older steps fade out of both.
  let steps = 0;
  let stepsMs = 0;
  let validationMs = 0;
  let measuredMs = 0;
  const lap = (): number => {
    const before = mark;
    mark = now();
    return mark - before;
  };
  return {
    step() {
      const ms = lap();
      measuredMs += ms;
      const kept = 1 - Math.min(NEWEST, ms / WINDOW_MS);
      steps = steps * kept + 1;
      stepsMs = stepsMs * kept + ms;
    },
    epoch() {
      validationMs = lap();
    },
    estimate: ({ steps: stepsLeft, epochs }) =>
      measuredMs < MEASURED_MS ? null : (stepsLeft * (stepsMs / steps) + epochs * validationMs) / 1000,
  };
}
