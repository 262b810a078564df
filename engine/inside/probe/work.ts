// What a probe's look and a step of training cost, in multiplications and additions of the kernels: counted from the sizes of the model
// alone, so that a resumed run comes to the same result. The factors are of one core: 45 of them take a nanosecond there.
import { stepWork } from '../../training/step-work.ts';

/** Of each layer in a pass through the model and back, however small it is: calls, allocation, the steps' own overhead. */
const LAYER = 15e6;
/** The first looks run code that was never run before: a time of their own, and one that grows with the model as that of a look does. */
export const FIRST_LOOK = 90e6;
export const WARM_UP_LOOKS = 4;
/** Sorting one number into its class of a histogram. */
const CLASSED = 450;
/** One weight of attention: its lag and its entropy. */
const WEIGHED = 600;
/** One multiplication of the iterations that find radius and largest singular value, 96 of them for each weight of a block. */
const ITERATED = 96 * 54;
/** A small batch takes as long as one that has this share of the training's batch more: rows of a product are computed together. */
const SMALL_BATCH = 1 / 3;

export interface WorkSizes {
  readonly layers: number;
  readonly parameterCount: number;
  readonly batchSize: number;
  readonly stepsPerExample: number;
  /** Pairs of query and key of one example, of all layers, each as wide as the model: scores and weighted sums, forward and backward. */
  readonly attendedNumbers: number;
}

export const workOfStep = ({ layers, attendedNumbers, ...size }: WorkSizes): number =>
  LAYER * layers + stepWork(size) + 2 * 6 * size.batchSize * attendedNumbers;

export interface LookSizes extends WorkSizes {
  readonly windows: number;
  /** Numbers of all gates that are sorted into classes. */
  readonly gateValues: number;
  /** Weights of all heads that are looked at. */
  readonly attentionWeights: number;
  /** Weights of all square blocks of the recurrent layers. */
  readonly recurrentWeights: number;
}

export function workOfLook(look: LookSizes): number {
  const { windows, batchSize, attentionWeights } = look;
  const batch = Math.min(batchSize, windows + batchSize * SMALL_BATCH);
  const pass = workOfStep({ ...look, batchSize: batch });
  // Heads are seen in a pass of their own, forward alone.
  const passes = attentionWeights > 0 ? (4 / 3) * pass : pass;
  return (
    passes +
    WEIGHED * attentionWeights +
    ITERATED * look.recurrentWeights +
    CLASSED * (look.gateValues + 3 * look.parameterCount)
  );
}
