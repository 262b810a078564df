// The pipeline of an experiment: its steps are fitted in order, each on the training rows as the earlier steps left them.
import { z } from 'zod';
import type { PipelineStep } from '../../contract/experiment/pipeline.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import { fitStep, restoreStep, STEP_NAMES } from './registry.ts';
import type { FitContext, FittedStep, Inverse, StepName } from './step.ts';
import { headOf, type SeriesTable } from './table.ts';

/** Fitted state of a whole pipeline; steps keep their own fields beside `step`. */
const FittedPipelineSchema = z.object({
  version: z.literal(1),
  inputs: z.array(z.string()),
  steps: z.array(z.looseObject({ step: z.enum(STEP_NAMES as [StepName, ...StepName[]]) })),
});
export type FittedPipeline = z.infer<typeof FittedPipelineSchema>;

export interface FitOptions {
  /** Rows of the training part, by table. */
  readonly trainRows: readonly number[];
  note(text: string): void;
}

/** A channel that a scaling step could only shift, and so left in its raw unit. `series` null: of every series. */
export interface UnscaledChannel {
  readonly channel: string;
  readonly series: string | null;
}

export interface PipelineFit {
  readonly steps: readonly FittedStep[];
  readonly tables: readonly SeriesTable[];
  readonly unscaled: readonly UnscaledChannel[];
}

/** Fits and applies every step. No step sees a row after the training part while it is fitted. */
export function fitPipeline(
  steps: readonly PipelineStep[],
  tables: readonly SeriesTable[],
  options: FitOptions,
): PipelineFit {
  requireSubtractionLast(steps);
  const unscaled: UnscaledChannel[] = [];
  let current = tables;
  const fitted = steps.map((step, index) => {
    const context: FitContext = {
      tables: current.map((table, series) => headOf(table, options.trainRows[series]!)),
      label: `Pipeline step ${index + 1} (${step.step})`,
      note: options.note,
      unscaled: (channel, series) => {
        unscaled.push({ channel, series });
      },
    };
    const fittedStep = fitStep(step.step, step, context);
    current = current.map((table) => fittedStep.apply(table));
    return fittedStep;
  });
  return { steps: fitted, tables: current, unscaled };
}

/** Steps that are undone by each window itself. */
const BY_WINDOW: readonly StepName[] = ['subtract-last', 'revin', 'difference'];

/** They act in model units: a step after them would change what is put back, and two of them would undo each other. */
function requireSubtractionLast(steps: readonly PipelineStep[]): void {
  const first = steps.findIndex(({ step }) => BY_WINDOW.includes(step));
  const own = steps[first]?.step;
  const after = first < 0 ? undefined : steps.slice(first).find(({ step }) => step !== own);
  if (after === undefined) return;
  const message = BY_WINDOW.includes(after.step)
    ? `The pipeline has ${own} and ${after.step}, which both level each window: leave one of them out.`
    : `The step ${after.step} comes after ${own} in the pipeline: move ${own} to the end.`;
  throw new HindcastError('invalid-input', message, { details: { field: 'pipeline' } });
}

export function applyPipeline(steps: readonly FittedStep[], table: SeriesTable): SeriesTable {
  return steps.reduce((current, step) => step.apply(current), table);
}

/** Plain JSON of fitted steps and the inputs that they lead to. */
export function pipelineState(steps: readonly FittedStep[], inputs: readonly string[]): FittedPipeline {
  return { version: 1, inputs: [...inputs], steps: steps.map((step) => ({ ...step.state })) };
}

/** The steps of a fitted state that was stored. Error: `invalid-input` where it is none. */
export function restorePipeline(fitted: unknown): {
  steps: readonly FittedStep[];
  inputs: readonly string[];
} {
  try {
    const state = FittedPipelineSchema.parse(fitted);
    return { steps: state.steps.map(restoreStep), inputs: state.inputs };
  } catch (cause) {
    const message = 'The fitted pipeline of this run cannot be read; train the run again.';
    throw new HindcastError('invalid-input', message, { cause });
  }
}

/** Model units to original units for one target of one series: the inverses of the steps, the last step first. */
export function inverseOf(steps: readonly FittedStep[], series: string, channel: string): Inverse {
  const inverses = steps.map((step) => step.inverse(series, channel)).filter((inverse) => inverse !== null);
  inverses.reverse();
  return (value) => inverses.reduce((current, inverse) => inverse(current), value);
}
