// The learning rate of every step: the optimizer's rate times the schedule's factor, computed from the run's position alone.
// JavaScript's own cosine and powers are not used, since their last bit differs between machines.
import type { Training } from '../contract/experiment/training.ts';
import { deterministicSineCosine } from '../numerics/deterministic-math.ts';

/** How long the validation loss has been flat, for reduce-on-plateau; kept in checkpoints. */
export interface Plateau {
  readonly bestLoss: number;
  readonly idleEpochs: number;
  /** Times that the rate was lowered. */
  readonly reductions: number;
}

export const NO_PLATEAU: Plateau = { bestLoss: Infinity, idleEpochs: 0, reductions: 0 };

export interface SchedulePosition {
  /** Steps and epochs done. */
  readonly step: number;
  readonly epoch: number;
  readonly plateau: Plateau;
}

/** Of the next step. */
export function learningRateAt(
  position: SchedulePosition,
  training: Training,
  stepsPerEpoch: number,
): number {
  const { optimizer, warmupSteps } = training;
  const warm = warmupSteps > position.step ? (position.step + 1) / warmupSteps : 1;
  return optimizer.learningRate * warm * factorAt(position, training, stepsPerEpoch);
}

function factorAt(position: SchedulePosition, training: Training, stepsPerEpoch: number): number {
  const { schedule, warmupSteps, epochs } = training;
  switch (schedule.kind) {
    case 'constant':
      return 1;
    case 'step':
      return wholePower(schedule.factor, Math.floor(position.epoch / schedule.everyEpochs));
    case 'cosine': {
      const done = Math.max(0, position.step - warmupSteps);
      const all = Math.max(1, epochs * stepsPerEpoch - warmupSteps);
      const { cosine } = deterministicSineCosine(Math.PI * Math.min(1, done / all));
      return schedule.finalFraction + (1 - schedule.finalFraction) * 0.5 * (1 + cosine);
    }
    case 'plateau':
      return Math.max(schedule.minFraction, wholePower(schedule.factor, position.plateau.reductions));
  }
}

function wholePower(base: number, exponent: number): number {
  let result = 1;
  for (let i = 0; i < exponent; i++) result *= base;
  return result;
}

/** After an epoch: an improvement restarts the patience; its end lowers the rate and restarts it too. */
export function plateauAfter(plateau: Plateau, validationLoss: number, { schedule }: Training): Plateau {
  if (schedule.kind !== 'plateau') return plateau;
  if (validationLoss < plateau.bestLoss) return { ...plateau, bestLoss: validationLoss, idleEpochs: 0 };
  const idleEpochs = plateau.idleEpochs + 1;
  if (idleEpochs < schedule.patience) return { ...plateau, idleEpochs };
  return { ...plateau, idleEpochs: 0, reductions: plateau.reductions + 1 };
}
