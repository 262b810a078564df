// What screens ask for already reduced to what they can show: curves, series, forecasts at one origin, and checks of a draft.
// Every reduction is made in the engine; series travel as frames.
import { z } from 'zod';
import { BlobSchema, base } from './api-base.ts';
import { RunReferenceSchema } from './ids.ts';

const Points = z.int().min(2).max(10_000);

/** Header of the frame of runs.curves. */
export interface CurvesHeader {
  readonly runId: number;
  readonly scope: 'step' | 'epoch';
  readonly names: readonly string[];
  /** Rows that the run has now, and those of them that the frame stands for. */
  readonly rows: number;
  readonly from: number;
  readonly to: number;
}

export const runViews = {
  /**
   * Curves of a run, reduced to at most `points` places. A frame with `index` (float64: the last step or epoch of each place) and for
   * each name three float64 columns: `name` (mean, or the moving average where `smoothing` > 0), `name.min` and `name.max` of the rows
   * as they are. NaN where a place has no finite value. Names that the run does not have are left out. Header: `CurvesHeader`.
   */
  curves: base
    .input(
      z.object({
        run: RunReferenceSchema,
        scope: z.enum(['step', 'epoch']),
        names: z.array(z.string()).max(200),
        points: Points.default(1_000),
        /** Weight of the past in the exponential moving average, 0: none. Debiased, over all rows. */
        smoothing: z.number().min(0).lt(1).default(0),
        /** First and last index shown. Default: all. */
        from: z.int().min(0).optional(),
        to: z.int().positive().optional(),
      }),
    )
    .output(BlobSchema),
};
