// The messages of a training process, in short form.
import type { FromTrainer } from '../../engine/contract/processes/trainer.ts';

const STEP_METRICS = ['loss', 'gradientNorm'];

export function prepared(message = 1): FromTrainer {
  return {
    type: 'prepared',
    message,
    backend: { name: 'simd', version: '1', device: 'CPU', fallbackReason: null },
    parameterCount: 53,
    stepsPerEpoch: 4,
    totalSteps: 8,
    stepMetrics: STEP_METRICS,
    epochMetrics: ['trainLoss', 'validationLoss'],
    fingerprint: 'f'.repeat(64),
    fitted: { steps: [] },
    parts: [],
    probe: null,
    notes: [],
  };
}

export function steps(message: number, firstStep: number, losses: readonly number[]): FromTrainer {
  const values = Float64Array.from(losses.flatMap((loss) => [loss, loss / 2]));
  return { type: 'steps', message, firstStep, count: losses.length, epoch: 1, values, secondsLeft: 3 };
}

export const epoch = (message: number, number: number, step: number, best = true): FromTrainer => ({
  type: 'epoch',
  message,
  epoch: number,
  step,
  values: Float64Array.of(0.5 / number, 0.6 / number),
  best,
});

export const checkpoint = (message: number, step: number, epochs: number): FromTrainer => ({
  type: 'checkpoint',
  message,
  step,
  epoch: epochs,
  data: Uint8Array.of(step, epochs),
});

const weights = { step: 8, epoch: 2, weights: Uint8Array.of(9, 9) };

export function ended(
  message: number,
  state: 'completed' | 'stopped' | 'held' | 'diverged' = 'completed',
): FromTrainer {
  return {
    type: 'ended',
    message,
    state,
    reason: null,
    scores: [],
    best: weights,
    last: weights,
    weightsHash: 'abc',
  };
}
