// Messages between the engine host and a training process (structured clone, so typed arrays travel unchanged).
// The training process never writes to the workspace: it sends everything as a message, and the host stores it. The worker's
// other work, questions with one answer, is in jobs.ts.

import type { Experiment } from '../experiment/experiment.ts';
import type { ProbeLayout } from '../inside/probe.ts';
import type { HoldRule } from '../runs/hold.ts';
import type { BackendUsed, PartInfo, Score } from '../runs/run.ts';
import type { SampledFrames } from '../tasks/sampled-frames.ts';
import type { HindcastErrorData } from '../values/errors.ts';

/** Threads of the simd backend for a training. They change its speed, never a bit of a result. */
export interface ThreadShare {
  /** At present; `threads` messages change it. */
  readonly now: number;
  /** That it would have if it were alone. */
  readonly most: number;
  /** Chosen by the user, so taken also where fewer would be as fast. */
  readonly fixed: boolean;
}

/** host -> trainer. A process trains one run and ends. */
export type ToTrainer =
  /** A run is about to come: load what training needs. Nothing comes where the run is refused. */
  | { readonly type: 'prepare' }
  | {
      readonly type: 'train';
      readonly workspacePath: string;
      readonly datasetVersionId: number;
      readonly experiment: Experiment;
      /** The run's `last` checkpoint, to resume from; null: from the start. */
      readonly checkpoint: Uint8Array | null;
      /** Null: it trains to its end. */
      readonly hold: HoldRule | null;
      readonly threads: ThreadShare;
      /** Scores of the baselines on validation and test, where a run before has found them. */
      readonly baselines?: readonly Score[];
    }
  /** Runs have begun or ended: from the next step on the training uses this many threads. */
  | { readonly type: 'threads'; readonly now: number }
  /** End after the current step: a checkpoint, then `ended` with state `stopped`. */
  | { readonly type: 'stop' }
  /** Every message up to this number is in the store. The trainer waits while more than 64 are not. */
  | { readonly type: 'stored'; readonly message: number };

/** trainer -> host. The numbered ones (`message`, from 1, without gaps) are stored in their order and acknowledged. */
export type FromTrainer =
  /** Of a worker on another machine: an attempt begins, and the rows after `step` are made again. */
  | {
      readonly type: 'begun';
      readonly message: number;
      /** Null: at the checkpoint that the host sent along, or at the start. */
      readonly from: { readonly step: number; readonly epoch: number } | null;
      readonly worker: string;
    }
  | {
      readonly type: 'prepared';
      readonly message: number;
      readonly backend: BackendUsed;
      readonly parameterCount: number;
      readonly stepsPerEpoch: number;
      readonly totalSteps: number;
      readonly stepMetrics: readonly string[];
      readonly epochMetrics: readonly string[];
      readonly fingerprint: string;
      readonly fitted: unknown;
      readonly parts: readonly PartInfo[];
      /** What the user should know: "simd was used since tensorflow is not installed". */
      readonly notes: readonly string[];
      /** What stands where in `probe` messages; null: there will be none. */
      readonly probe: ProbeLayout | null;
    }
  /** What the probe saw after that epoch's last step; 0: before the first step. Comes before the `epoch` message. */
  | {
      readonly type: 'probe';
      readonly message: number;
      readonly epoch: number;
      readonly step: number;
      readonly data: Uint8Array;
    }
  /** Rows of neighbouring steps: `values` is [count, stepMetrics.length], row by row. Sent a few times a second and before each epoch end and checkpoint. */
  | {
      readonly type: 'steps';
      readonly message: number;
      /** Counted from 1. */
      readonly firstStep: number;
      readonly count: number;
      /** Epoch that the last of them belongs to, from 1. */
      readonly epoch: number;
      readonly values: Float64Array;
      readonly secondsLeft: number | null;
    }
  | {
      readonly type: 'epoch';
      readonly message: number;
      readonly epoch: number;
      readonly step: number;
      /** [epochMetrics.length] */
      readonly values: Float64Array;
      readonly best: boolean;
      /** Texts that a model wrote after it, in the order of its prompts, with what would have been right where that is known. */
      readonly texts?:
        | readonly {
            readonly prompt: string;
            readonly text: string;
            readonly reference?: string | undefined;
          }[]
        | undefined;
      /** What a forecaster of frames said of a few validation windows. */
      readonly frames?: SampledFrames | undefined;
    }
  /** All state after `step`: resuming from it gives the same rows and weights as continuing. Replaces the `last` checkpoint. */
  | {
      readonly type: 'checkpoint';
      readonly message: number;
      readonly step: number;
      /** Epochs that had ended: the last one whose `epoch` message came before (0: none). Later rows are taken back on resuming. */
      readonly epoch: number;
      readonly data: Uint8Array;
    }
  | {
      readonly type: 'ended';
      readonly message: number;
      readonly state: 'completed' | 'stopped' | 'held' | 'diverged';
      readonly reason: string | null;
      readonly scores: readonly Score[];
      /** Best weights (weights file) with the epoch they came from; null where no epoch ended. */
      readonly best: { readonly step: number; readonly epoch: number; readonly weights: Uint8Array } | null;
      /** Last weights (weights file). For `stopped` and `held` runs the checkpoint sent before holds everything. */
      readonly last: { readonly step: number; readonly epoch: number; readonly weights: Uint8Array } | null;
      /** SHA-256 (hex) of the weights that the scores were made with; null without scores. */
      readonly weightsHash: string | null;
    }
  | { readonly type: 'failed'; readonly error: HindcastErrorData };
