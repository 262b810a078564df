// The interface of a stopper: which trials of a search are held early, and which of those are resumed.
import type { z } from 'zod';
import type { HoldRule } from '../../contract/runs/hold.ts';

export interface StopperOptions {
  readonly kind: string;
}

/** A trial, as far as it was trained. */
export interface TrialCurve {
  /** Counted from 1. */
  readonly trial: number;
  /** The best result so far after each epoch that has ended, the lower the better. */
  readonly best: readonly number[];
  /** active: trains or waits; held: by its stopper; ended: there is no more to train, for better or worse. */
  readonly state: 'active' | 'held' | 'ended';
}

/** A held trial that trains on, up to where its new rule holds it. */
export interface Promotion {
  readonly trial: number;
  readonly hold: HoldRule | null;
}

export interface Stopper<Options extends StopperOptions = StopperOptions> {
  readonly kind: Options['kind'];
  readonly options: z.ZodType<Options>;
  /** Its rules compare validation losses, so it suits no other objective. */
  readonly needsLoss?: true;
  /** The rule of a new trial; `before`: the trials known by then. */
  begin(before: readonly TrialCurve[], options: Options): HoldRule | null;
  /** Epochs below the last at which trials are held whatever they have reached; absent: none. */
  rungs?(epochs: number, options: Options): readonly number[];
  /** Held trials to resume now, the most urgent first. Pure, and the same for any order of the trials. */
  promote(trials: readonly TrialCurve[], options: Options): readonly Promotion[];
}
