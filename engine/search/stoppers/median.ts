// The median rule (Golovin et al. 2017, Google Vizier): a trial is held at the end of an epoch where its best loss so far is above the median
// of what the trials that ended before it began had reached by then. The limits are known when a trial begins, so they do not depend on
// which other trials train at the same time.
import { z } from 'zod';
import type { Stopper, TrialCurve } from './stopper.ts';

const OptionsSchema = z.strictObject({
  kind: z.literal('median'),
  /** Trials that are not held before the median is trusted. */
  startup: z.int().min(1).max(1_000).default(5),
  /** Epochs at the beginning of each trial that are not judged. */
  warmup: z.int().min(0).max(1_000_000).default(0),
});

export const median: Stopper<z.infer<typeof OptionsSchema>> = {
  kind: 'median',
  options: OptionsSchema,
  needsLoss: true,
  begin(before, { startup, warmup }) {
    const done = before.filter(({ state }) => state !== 'active');
    if (done.length < startup) return null;
    const epochs = Math.max(0, ...done.map(({ best }) => best.length));
    const limits = Array.from({ length: epochs }, (_, index) =>
      index < warmup ? null : medianAt(done, index),
    );
    return limits.some((limit) => limit !== null) ? { limits } : null;
  },
  promote: () => [],
};

/** Of the trials that came that far; null without one. */
function medianAt(trials: readonly TrialCurve[], index: number): number | null {
  const losses = trials.flatMap(({ best }) => best.slice(index, index + 1)).toSorted((a, b) => a - b);
  if (losses.length === 0) return null;
  const [low, high] = [losses[(losses.length - 1) >> 1] ?? Infinity, losses[losses.length >> 1] ?? Infinity];
  const middle = (low + high) / 2;
  return Number.isFinite(middle) ? middle : null;
}
