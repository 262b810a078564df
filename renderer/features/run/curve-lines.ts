// Turns frames of runs.curves into lines of a chart, by step or by epoch. Pure.
import type { CurvesFrame } from '../../../engine/contract/datasets/frames.ts';
import type { RunDetail } from '../../../engine/contract/runs/run.ts';
import type { Line } from '../../charts/draw.ts';
import type { Domain } from '../../charts/scales.ts';
import { formatNumber } from '../../ui/format.ts';

export interface StepAxis {
  readonly axis: 'step' | 'epoch';
  /** Null before the run knows. */
  readonly stepsPerEpoch: number | null;
}

export function stepsPerEpoch({ totalSteps, totalEpochs }: RunDetail): number | null {
  return totalSteps === null || totalEpochs === 0 ? null : totalSteps / totalEpochs;
}

/** A frame by epoch with its index in steps, so that both kinds lie on one axis. */
export function onEpochs(
  frame: CurvesFrame | undefined,
  { stepsPerEpoch }: StepAxis,
): CurvesFrame | undefined {
  if (!frame || stepsPerEpoch === null) return undefined;
  const index = Float64Array.from(frame.columns.index, (epoch) => epoch * stepsPerEpoch);
  return { ...frame, columns: { ...frame.columns, index } };
}

type Look = Partial<Pick<Line, 'dots' | 'width' | 'dash' | 'silent' | 'smoothed'>>;

/** A limit farther above the largest norm than this would flatten the norms. */
const NEAR = 3;

/** Where gradients are clipped, from end to end; none where they are not, where no norm comes near it, or nothing is drawn. */
export function clipLine(
  clipNorm: number | null,
  domain: Domain | undefined,
  norms: readonly Pick<Line, 'y' | 'max'>[],
): Line[] {
  if (clipNorm === null || !domain) return [];
  const isNear = norms.some(({ y, max }) => Array.from(max ?? y).some((norm) => norm * NEAR >= clipNorm));
  if (!isNear) return [];
  const y = Float64Array.of(clipNorm, clipNorm);
  return [
    {
      id: 'clip',
      label: 'clipped above',
      color: '--hc-ink-3',
      x: Float64Array.from(domain),
      y,
      dash: [5, 3],
    },
  ];
}

/** `12.5 % of steps clipped at 1`; nothing where none could be. */
export const clipWords = (clipNorm: number | null, share: number | null): string | null =>
  clipNorm === null || share === null
    ? null
    : `${formatNumber(100 * share, 3)} % of steps clipped at ${clipNorm}`;

/** One line for each name that the frame has. */
export function linesOf(
  frame: CurvesFrame | undefined,
  names: Readonly<Record<string, readonly [label: string, color: string]>>,
  view: StepAxis,
  look: Look = {},
): Line[] {
  if (!frame) return [];
  const { header, columns } = frame;
  const { index } = columns;
  const scale = view.axis === 'epoch' && view.stepsPerEpoch ? 1 / view.stepsPerEpoch : 1;
  const x = scale === 1 ? index : Float64Array.from(index, (step) => step * scale);
  return Object.entries(names).flatMap(([name, [label, color]]) => {
    const curve = header.names.indexOf(name);
    const y = columns.mean[curve];
    if (!y) return [];
    const envelope = look.dots ? {} : { min: columns.min[curve], max: columns.max[curve] };
    return [{ id: name, label, color, x, y, ...envelope, ...look }];
  });
}
