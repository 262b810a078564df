// The formats of an export: tables, a model for TensorFlow.js, a page to read and print.
import { z } from 'zod';
import { ImportOptionsSchema } from '../datasets/dataset.ts';

export const ExportFormatSchema = z.enum(['csv', 'tfjs', 'report']);
export type ExportFormat = z.infer<typeof ExportFormatSchema>;

/** Properties of the training data that new data must share. */
export const TrainedOnSchema = z.object({
  dataset: z.string(),
  /** How a file of such data is read. */
  reading: ImportOptionsSchema,
  series: z.array(z.object({ name: z.string(), frequency: z.string() })),
});
export type TrainedOn = z.infer<typeof TrainedOnSchema>;

/** Intervals of an exported model: quantiles of a forecast are the forecast and a move, in the unit of the data. */
export const CardIntervalsSchema = z.object({
  /** `split-conformal` */
  method: z.string(),
  levels: z.array(z.number()).readonly(),
  series: z
    .array(
      z.object({
        name: z.string(),
        /** By level: [horizon, targets] row-major, to be added; then the quantiles of each cell are put in order. */
        moves: z.array(z.array(z.number()).readonly()).readonly(),
      }),
    )
    .readonly(),
});
export type CardIntervals = z.infer<typeof CardIntervalsSchema>;

export const MOST_FIGURES = 20;

/** A view into the model, drawn by the window that showed it; of a report alone. */
export const ReportFigureSchema = z.object({
  title: z.string().min(1).max(200),
  svg: z.string().startsWith('<svg').max(8_000_000),
});
export type ReportFigure = z.infer<typeof ReportFigureSchema>;
