// The events of a training, in the order in which the loop yields them; a listener stores, shows or ignores them.
import type { SampledFrames } from '../contract/tasks/sampled-frames.ts';
import type { NamedArray } from '../models/parameters.ts';
import type { SampledText } from './task.ts';

/** Weights at a moment: a copy that stays as it is. */
export interface WeightsSnapshot {
  /** Steps done. */
  readonly step: number;
  /** Epochs whose end is reached. */
  readonly epoch: number;
  readonly weights: readonly NamedArray[];
}

export type TrainingEvent =
  /** `step` and `epoch` count from 1; `values` in the order of `stepMetricNames`. */
  | {
      readonly type: 'step';
      readonly step: number;
      readonly epoch: number;
      readonly values: readonly number[];
    }
  /** `values` in the order of `epochMetricNames`; `best`: the lowest validation loss so far. */
  | {
      readonly type: 'epoch';
      readonly step: number;
      readonly epoch: number;
      readonly values: readonly number[];
      readonly best: boolean;
      readonly texts?: readonly SampledText[] | undefined;
      readonly frames?: SampledFrames | undefined;
    }
  /** What a probe saw after that epoch's last step (0: before the first step), as bytes. Comes before the epoch's own row. */
  | {
      readonly type: 'probe';
      readonly step: number;
      readonly epoch: number;
      readonly data: Uint8Array;
    }
  /** Everything that is needed to resume from here; `epoch` is the number of epochs whose row was yielded before. */
  | {
      readonly type: 'checkpoint';
      readonly step: number;
      readonly epoch: number;
      readonly data: Uint8Array;
    }
  /** The last event. `best` is null where no epoch ended. */
  | {
      readonly type: 'ended';
      readonly state: 'completed' | 'stopped' | 'held' | 'diverged';
      readonly reason: string | null;
      readonly best: WeightsSnapshot | null;
      readonly last: WeightsSnapshot;
    };
