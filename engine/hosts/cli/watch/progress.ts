// The progress of a run, computed from its events, and the lines that show it. Pure.
import type { EventBody } from '../../../contract/api/events.ts';
import type { RunSummary } from '../../../contract/runs/run.ts';
import { formatCount, formatLeft, formatScore } from '../text/format.ts';
import { fittedLine, type Piece } from './fitted-line.ts';

export interface RunProgress {
  readonly runId: number;
  readonly epoch: number;
  readonly totalEpochs: number;
  readonly step: number;
  readonly totalSteps: number | null;
  readonly trainLoss: number | null;
  readonly validationLoss: number | null;
  readonly bestValidationLoss: number | null;
  readonly bestEpoch: number | null;
  readonly secondsLeft: number | null;
}

export function progressOf(run: RunSummary): RunProgress {
  const { epoch, totalEpochs, step, totalSteps, bestValidationLoss, bestEpoch } = run;
  return {
    runId: run.id,
    epoch,
    totalEpochs,
    step,
    totalSteps,
    trainLoss: run.lastTrainLoss,
    validationLoss: run.lastValidationLoss,
    bestValidationLoss,
    bestEpoch,
    secondsLeft: run.secondsLeft,
  };
}

/** The progress after an event of the run. */
export function advance(progress: RunProgress, body: EventBody): RunProgress {
  switch (body.type) {
    case 'run.started':
      return { ...progress, step: body.fromStep, secondsLeft: null };
    case 'run.prepared':
      return { ...progress, totalSteps: body.totalSteps };
    case 'run.progressed': {
      const { step, totalSteps, epoch, trainLoss, secondsLeft } = body;
      return { ...progress, step, totalSteps, epoch, trainLoss, secondsLeft };
    }
    case 'run.epochEnded': {
      const { epoch, step, trainLoss, validationLoss, best } = body;
      const bests = best ? { bestValidationLoss: validationLoss, bestEpoch: epoch } : {};
      return { ...progress, epoch, step, trainLoss, validationLoss, ...bests };
    }
    default:
      return progress;
  }
}

/** A sentence for the events that people should hear of; null for the others. */
export function noteOf(body: EventBody): string | null {
  switch (body.type) {
    case 'run.queued':
      return body.position > 1 ? `Run ${body.runId} waits in the queue at position ${body.position}.` : null;
    case 'run.started':
      return body.fromStep > 0 ? `Run ${body.runId} resumes from step ${formatCount(body.fromStep)}.` : null;
    case 'run.prepared':
      return `Training run ${body.runId}: ${formatCount(body.parameterCount)} parameters, at most ${formatCount(body.totalSteps)} steps, backend ${body.backend}.`;
    case 'run.paused':
      return `Run ${body.runId} is paused: ${body.reason}`;
    case 'run.unpaused':
      return `Run ${body.runId} resumes.`;
    case 'run.stopRequested':
      return `Run ${body.runId} ends after its current step.`;
    default:
      return null;
  }
}

const BAR_WIDTH = 16;

/** `██████░░░░`: full at the last step. */
export function bar(fraction: number, width = BAR_WIDTH): string {
  const full = Math.floor(Math.min(1, Math.max(0, fraction)) * width);
  return '█'.repeat(full) + '░'.repeat(width - full);
}

function pieces(progress: RunProgress, withBar: boolean): Piece[] {
  const { epoch, totalEpochs, step, totalSteps, trainLoss, validationLoss, bestValidationLoss, bestEpoch } =
    progress;
  const list: Piece[] = [{ text: `epoch ${epoch}/${totalEpochs}`, rank: 0 }];
  if (withBar && totalSteps) list.push({ text: bar(step / totalSteps), rank: 4 });
  const total = totalSteps === null ? '' : `/${formatCount(totalSteps)}`;
  list.push({ text: `step ${formatCount(step)}${total}`, rank: 2 });
  if (trainLoss !== null) list.push({ text: `loss ${formatScore(trainLoss)}`, rank: 1 });
  if (validationLoss !== null) list.push({ text: `validation ${formatScore(validationLoss)}`, rank: 3 });
  if (bestValidationLoss !== null && bestEpoch !== null) {
    list.push({ text: `best ${formatScore(bestValidationLoss)} (epoch ${bestEpoch})`, rank: 5 });
  }
  if (progress.secondsLeft !== null) list.push({ text: formatLeft(progress.secondsLeft), rank: 1 });
  return list;
}

/** One line, not longer than `width`. */
export const progressLine = (progress: RunProgress, width: number): string =>
  fittedLine(pieces(progress, Number.isFinite(width)), width);

/** The line that stays after an epoch. */
export function epochLine(progress: RunProgress): string {
  const { epoch, totalEpochs, trainLoss, validationLoss, bestEpoch, secondsLeft } = progress;
  const best = bestEpoch === epoch ? '  best so far' : '';
  const left = !secondsLeft ? '' : `  ${formatLeft(secondsLeft)}`;
  return `epoch ${epoch}/${totalEpochs}  loss ${formatScore(trainLoss)}  validation ${formatScore(validationLoss)}${best}${left}`;
}
