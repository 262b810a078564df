// What the host asks about a run of another backend, for its note: no method of the API.
import type { BackendName } from '../experiment/experiment.ts';

export interface DifferenceChoice {
  readonly backend: BackendName;
}

export interface InsideDifference {
  readonly part: 'train' | 'validation';
  readonly windows: number;
  /** Between two forecasts, original units; `relative` to the largest forecast. */
  readonly largest: number;
  readonly relative: number;
}
