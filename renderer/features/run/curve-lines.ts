// From frames of runs.curves to lines of a chart, by step or by epoch. Pure.
import type { Frame } from '../../../engine/contract/frame.ts';
import type { RunDetail } from '../../../engine/contract/run.ts';
import type { CurvesHeader } from '../../../engine/contract/views.ts';
import type { Line } from '../../charts/draw.ts';

export type CurveFrame = Frame<CurvesHeader>;

export interface StepPlaces {
  readonly axis: 'step' | 'epoch';
  /** Null before the run knows. */
  readonly stepsPerEpoch: number | null;
}

export function stepsPerEpoch({ totalSteps, totalEpochs }: RunDetail): number | null {
  return totalSteps === null || totalEpochs === 0 ? null : totalSteps / totalEpochs;
}

/** A frame by epoch with its index in steps, so that both kinds lie on one axis. */
export function onEpochs(
  frame: CurveFrame | undefined,
  { stepsPerEpoch }: StepPlaces,
): CurveFrame | undefined {
  if (!frame || stepsPerEpoch === null) return undefined;
  const index = Float64Array.from(frame.columns.index as Float64Array, (epoch) => epoch * stepsPerEpoch);
  return { ...frame, columns: { ...frame.columns, index } };
}

type Look = Partial<Pick<Line, 'dots' | 'width' | 'dash' | 'silent'>>;

/** One line for each name that the frame has. */
export function linesOf(
  frame: CurveFrame | undefined,
  names: Readonly<Record<string, readonly [label: string, color: string]>>,
  view: StepPlaces,
  look: Look = {},
): Line[] {
  if (!frame) return [];
  const { columns } = frame;
  const index = columns.index as Float64Array;
  const scale = view.axis === 'epoch' && view.stepsPerEpoch ? 1 / view.stepsPerEpoch : 1;
  const x = scale === 1 ? index : Float64Array.from(index, (step) => step * scale);
  return Object.entries(names).flatMap(([name, [label, color]]) => {
    const y = columns[name] as Float64Array | undefined;
    if (!y) return [];
    const envelope = look.dots
      ? {}
      : { min: columns[`${name}.min`] as Float64Array, max: columns[`${name}.max`] as Float64Array };
    return [{ id: name, label, color, x, y, ...envelope, ...look }];
  });
}
