// The interface of a baseline of labels of steps: the probabilities of the classes of each token of a text.
import type { BaselineInfo } from '../../contract/runs/catalogue.ts';

export interface LabelledSteps {
  readonly tokens: readonly string[];
  /** Index of the class of each; -1 where it is not known. */
  readonly labels: Int32Array;
}

export interface StepBaseline extends BaselineInfo {
  /** Fitted on the training texts; null where it is for steps of another kind. */
  learn(train: readonly LabelledSteps[], classes: number): StepAnswerer | null;
}

/** [tokens, classes] of a text. */
export type StepAnswerer = (tokens: readonly string[]) => Float64Array;
