// Estimates the remaining time of a training from the durations of its latest steps and its latest validation.

export interface TimeLeft {
  /** A step is done. */
  step(): void;
  /** A validation is done; steps after it are timed from here. */
  epoch(): void;
  /** Seconds; null until about two seconds of steps are measured: the first ones are far slower than the rest. */
  estimate(remaining: { readonly steps: number; readonly epochs: number }): number | null;
}

/** Share of the newest step in the running mean once there are enough of them. */
const NEWEST = 0.05;
const MEASURED_MS = 2_000;

/** @param now milliseconds of a clock that does not jump */
export function createTimeLeft(now: () => number): TimeLeft {
  let mark = now();
  let steps = 0;
  let stepMs = 0;
  let validationMs = 0;
  let measuredMs = 0;
  const lap = (): number => {
    const before = mark;
    mark = now();
    return mark - before;
  };
  return {
    step() {
      steps++;
      const ms = lap();
      measuredMs += ms;
      // An ordinary mean at first, a running one later.
      stepMs += (ms - stepMs) * Math.max(NEWEST, 1 / steps);
    },
    epoch() {
      validationMs = lap();
    },
    estimate: ({ steps: stepsLeft, epochs }) =>
      measuredMs < MEASURED_MS ? null : (stepsLeft * stepMs + epochs * validationMs) / 1000,
  };
}
