// The steps of the pipeline between the stored columns and the model.
import { z } from 'zod';
import { ColumnNames } from '../values/fields.ts';

const Columns = { columns: ColumnNames.optional() };

/** One step of the pipeline; estimated steps are fitted on the training part only. `columns` defaults to every column it can act on. */
export const PipelineStepSchema = z.discriminatedUnion('step', [
  /** Fills missing *inputs*: the last value before (training mean where there is none), the training mean, or zero. Targets are never filled for scoring. */
  z.strictObject({
    step: z.literal('fill'),
    method: z.enum(['forward', 'mean', 'zero']).default('forward'),
    ...Columns,
  }),
  /** Natural logarithm of positive columns. */
  z.strictObject({ step: z.literal('log'), ...Columns }),
  /** Category columns as one 0/1 input for each category seen in the training part. */
  z.strictObject({ step: z.literal('one-hot'), ...Columns }),
  /** (x - mean) / standard deviation, of the training part, for each series or over all series together. */
  z.strictObject({
    step: z.literal('standardize'),
    scope: z.enum(['series', 'all']).default('series'),
    ...Columns,
  }),
  /** (x - min) / (max - min), of the training part. */
  z.strictObject({
    step: z.literal('min-max'),
    scope: z.enum(['series', 'all']).default('series'),
    ...Columns,
  }),
  /** (x - median) / (distance of the quartiles), of the training part: a few far values move neither. */
  z.strictObject({
    step: z.literal('robust'),
    scope: z.enum(['series', 'all']).default('series'),
    ...Columns,
  }),
  /** Inputs beyond quantiles of the training part become these quantiles. Targets are never clipped. */
  z.strictObject({
    step: z.literal('clip'),
    /** Share of the training values that lie beyond, at either end. */
    share: z.number().gt(0).lt(0.25).default(0.005),
    ...Columns,
  }),
  /** A 0/1 input beside each input that lacks values in the training part. */
  z.strictObject({ step: z.literal('missing-indicator'), ...Columns }),
  /** Subtracts the last known value of each window from its numeric inputs and targets, and adds it back to the forecast. */
  z.strictObject({ step: z.literal('subtract-last'), ...Columns }),
  /** Shifts and divides each window by its own mean and deviation, and puts the forecast back (reversible instance normalisation). */
  z.strictObject({ step: z.literal('revin'), ...Columns }),
  /** Inputs become their changes from row to row; the forecast is one of changes from the last known row, which are put back. */
  z.strictObject({ step: z.literal('difference'), ...Columns }),
]);
export type PipelineStep = z.infer<typeof PipelineStepSchema>;
