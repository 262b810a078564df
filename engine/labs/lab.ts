// The interface of a lab: parts that are computed one after the other, and what they show together.
import type { LabName, LabOutcome } from '../contract/labs.ts';
import type { Series } from '../data/series.ts';

/** A column of the user's own. */
export interface OwnData {
  readonly dataset: string;
  readonly target: string;
  readonly series: Series;
}

export interface LabGiven {
  /** Null: the lab's own generated data. */
  readonly own: OwnData | null;
  readonly quick: boolean;
  /** Threads that the machine has. */
  readonly threads: number;
}

/** Results are plain JSON: they cross processes between the parts. */
export interface Lab<Result = unknown> {
  readonly name: LabName;
  /** What each part does: `training LSTM`. At least one. */
  parts(given: LabGiven): readonly string[];
  /** Takes seconds. @throws HindcastError for data that do not suit. */
  run(part: number, given: LabGiven): Promise<Result>;
  /** @param results of all parts, in order */
  conclude(results: readonly Result[], given: LabGiven): LabOutcome;
}
