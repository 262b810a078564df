// The arithmetic work of a training step, for estimates of its time and for the number of threads that is worthwhile.
export interface StepSize {
  readonly parameterCount: number;
  readonly batchSize: number;
  /** Steps that the model reads of one example, each with all of its weights. */
  readonly stepsPerExample: number;
}

/** Multiplications and additions of one step, forward and backward: each parameter is used once a time step, three times over. */
export function stepWork({ parameterCount, batchSize, stepsPerExample }: StepSize): number {
  return 6 * parameterCount * batchSize * stepsPerExample;
}

/**
 * Below it another thread gains less than waking it costs. Medians of many steps with look-back 30, batch 32 on two cores: LSTM of 16
 * units (7.8 million) 1.02 times as fast on two threads, of 20 (12 million) 1.35, of 32 (27 million) 1.39; GRU of 16 (5.9 million) 1.20,
 * of 24 (12 million) 1.25 times.
 */
const WORK_OF_A_THREAD = 6e6;
/** A step has no more pieces than that for most of its parts. */
export const MOST_THREADS = 8;

/** Threads that a step of so much work keeps busy: 1 for a tiny model, however many cores there are. */
export function usefulThreads(work: number): number {
  return Math.min(MOST_THREADS, Math.max(1, Math.floor(work / WORK_OF_A_THREAD)));
}
