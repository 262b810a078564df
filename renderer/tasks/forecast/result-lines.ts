// Turns a frame of runs.result into lines of charts. Pure.
import type { ResultFrame } from '../../../engine/contract/results/result.ts';
import { aheadText } from '../../../engine/words/scores/result-words.ts';
import type { Line } from '../../charts/draw.ts';

/** Of the nearest and of the farthest step. */
const STEP_COLORS = ['--hc-series-1', '--hc-series-2'];

/** What came, and what was forecast for it one step and the whole horizon before. */
export function overTimeLines({ header, columns }: ResultFrame): Line[] {
  const common = { x: columns.time, xEnd: columns.end, dots: header.whole && header.rows < 80 };
  return [
    {
      id: 'actual',
      label: 'actual',
      color: '--hc-actual',
      y: columns.actual,
      min: columns.actualMin,
      max: columns.actualMax,
      ...common,
    },
    ...header.steps.map((step, index) => ({
      id: String(step),
      label: aheadText(step),
      color: STEP_COLORS.at(index - header.steps.length) ?? '--hc-series-2',
      y: columns.forecast[index]!,
      min: columns.forecastMin[index],
      max: columns.forecastMax[index],
      ...common,
    })),
  ];
}
