// Types of tfjs's tape, which tfjs itself does not export: the ops that the engine recorded between variables and a loss.
import * as tf from '@tensorflow/tfjs-core';

export interface TapeNode {
  readonly kernelName: string;
  readonly inputs: Readonly<Record<string, tf.Tensor>>;
  readonly outputs: readonly tf.Tensor[];
  saved: readonly tf.Tensor[];
  /** Absent where the op has no gradient. */
  gradient?: (dys: (tf.Tensor | null)[]) => Record<string, () => tf.Tensor>;
}

interface TapeState {
  /** Above 0 while ops are recorded. */
  gradientDepth: number;
  /** Above 0 inside of a kernel or a custom gradient, where nothing is recorded. */
  readonly kernelDepth: number;
  activeTape: TapeNode[] | null;
}

export function tapeState(): TapeState {
  return tf.engine().state as unknown as TapeState;
}

/** Whether what is computed now is recorded for a backward pass. */
export function isRecording(): boolean {
  const { gradientDepth, kernelDepth } = tapeState();
  return gradientDepth > 0 && kernelDepth === 0;
}
