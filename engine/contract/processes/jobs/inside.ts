// Inputs and answers of the looks inside a model, and of the labs.

import type { InsideWeights } from '../../inside/target.ts';
import type { InsideView } from '../../inside/views.ts';
import type { LabName, LabOutcome } from '../../labs.ts';
import type { RunId } from '../../values/ids.ts';
import type { ThreadShare } from '../trainer.ts';
import type { VersionJob } from './version.ts';

/** About one run; `view` and `choice` are a line of InsideViews. */
export interface InspectJob extends VersionJob {
  readonly runId: RunId;
  readonly weights: InsideWeights;
  /** Other weights, another key. */
  readonly weightsKey: string;
  /** What the run learned of its data; null where nothing is kept of it. */
  readonly fitted: unknown;
  readonly threads: ThreadShare;
  readonly view: InsideView;
  readonly choice: unknown;
}

export interface LabJob {
  readonly lab: LabName;
  readonly quick: boolean;
  readonly threads: number;
  /** A column of a dataset version. */
  readonly own: {
    readonly workspacePath: string;
    readonly datasetVersionId: number;
    readonly dataset: string;
    readonly target: string;
    readonly series: string;
  } | null;
  /** Results of the parts so far, in order; null: only the parts are asked for. */
  readonly results: readonly unknown[] | null;
}

export interface LabStep {
  /** What the parts do. */
  readonly parts: readonly string[];
  /** Of the part that was computed. */
  readonly result?: unknown;
  /** All parts are done. */
  readonly outcome?: LabOutcome;
}
