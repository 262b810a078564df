// The look of a run in a comparison, by its position, the same in every chart and table.
import type { Line } from '../../charts/draw.ts';

export type RunLook = Pick<Line, 'color' | 'dash'>;

const COLORS = 10;
/** From here on lines are dashed: teal, blue and green are close to each other. */
const FIRST_DASHED = 5;

export const lookOf = (position: number): RunLook => ({
  color: `--hc-series-${(position % COLORS) + 1}`,
  ...(position % COLORS >= FIRST_DASHED && { dash: [7, 3] }),
});
