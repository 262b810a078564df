// The loop's view of a probe: something that looks at the model now and then, and changes nothing. It draws no random number and
// reads no clock, so a training with it has the same rows and weights as one without.
import type { NamedArray, ParameterSet } from '../models/parameters.ts';

export interface TrainingProbe {
  /** Whether it looks after that many epochs; 0: before the first step. */
  isDue(epoch: number): boolean;
  /**
   * What it saw, as bytes. Leaves no tensor.
   * @param before the weights before the last step; null where there was none
   */
  look(parameters: ParameterSet, before: readonly NamedArray[] | null): Uint8Array;
}
