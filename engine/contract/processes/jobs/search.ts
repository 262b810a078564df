// Input and answer of the choice of trials.

import type { Experiment } from '../../experiment/experiment.ts';
import type { Space, Told, Values } from '../../studies/search.ts';

/** As `TrialsQuestion` of the search. */
export interface SuggestJob {
  readonly experiment: Experiment;
  readonly space: Space;
  readonly method: { readonly kind: string };
  readonly seed: number;
  readonly first: number;
  readonly count: number;
  readonly told: readonly Told[];
}

export interface SuggestedTrial {
  readonly values: Values;
  readonly experiment: Experiment;
}
