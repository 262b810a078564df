// The values that pass through a model: sequences of vectors, and the output of a body.
import type { Tensor2D, Tensor3D } from '@tensorflow/tfjs-core';

export interface Sequence {
  /** [batch, time, features] */
  readonly x: Tensor3D;
  /** [batch, time], 1 where a step exists and 0 where it is padding, which has no influence; every step exists if absent. */
  readonly mask?: Tensor2D | undefined;
}

export interface Encoded {
  /**
   * [batch, steps, units]: a vector for every step that the body was given, or for the last `truncateSteps` where the gradient is truncated.
   * Padding may hold anything.
   */
  readonly steps: Tensor3D;
  /** [batch, units]: of a recurrent body its last state (of both directions), of attention the vector of the last step that exists. */
  readonly last: Tensor2D;
  /** [batch, steps], of the steps; absent where every step exists. */
  readonly mask: Tensor2D | undefined;
}
