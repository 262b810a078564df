// Parallel coordinates: an axis a field and one for the result, a line a trial. Dragging along an axis keeps the trials there; a field that
// a trial does not have lies in a lane below the axis.
import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import type { SweepTrial } from '../../../engine/contract/studies/sweep.ts';
import { useWidth } from '../../charts/use-width.ts';
import classes from './sweep.module.css';
import { type Brush, type Brushes, NOT_THERE, passes, type SweepAxis, stepBrush } from './sweep-axes.ts';

interface ParallelPlotProps {
  readonly axes: readonly SweepAxis[];
  readonly trials: readonly SweepTrial[];
  readonly best: number | null;
  /** A trial that is pointed at. */
  readonly pointed: number | null;
  readonly brushes: Brushes;
  readonly onBrush: (axis: string, brush: Brush | null) => void;
}

const HEIGHT = 290;
const TOP = 30;
const BOTTOM = 66;
const SIDE = 70;
/** Between two axes: their names and ticks have room. In a narrow window the plot scrolls. */
const NARROWEST = 84;
const SPAN = HEIGHT - TOP - BOTTOM;
const toY = (share: number): number => TOP + (1 - share) * SPAN;
const toShare = (y: number): number => 1 - (y - TOP) / SPAN;

export function ParallelPlot({ axes, trials, best, pointed, brushes, onBrush }: ParallelPlotProps) {
  const { ref, width: room } = useWidth();
  const width = Math.max(room, 2 * SIDE + (axes.length - 1) * NARROWEST);
  const step = (width - 2 * SIDE) / Math.max(1, axes.length - 1);
  const toX = (index: number): number => SIDE + index * step;
  const isNotThere = trials.some((trial) => axes.some(({ shareOf }) => shareOf(trial) === null));
  const inFront = trials.toSorted((a, b) => rank(a, { best, pointed }) - rank(b, { best, pointed }));
  const pathOf = (trial: SweepTrial): string =>
    axes
      .map(
        ({ shareOf }, index) => `${index === 0 ? 'M' : 'L'}${toX(index)} ${toY(shareOf(trial) ?? NOT_THERE)}`,
      )
      .join(' ');
  return (
    <div ref={ref} className={classes.parallelRoom}>
      <svg
        width={width}
        height={HEIGHT}
        className={classes.parallel}
        aria-label="Parallel coordinates of the trials"
      >
        {isNotThere && (
          <g>
            <line x1={0} x2={width} y1={toY(NOT_THERE)} y2={toY(NOT_THERE)} className={classes.lane} />
            <text x={2} y={toY(NOT_THERE) + 14} className={classes.laneText}>
              not applicable
            </text>
          </g>
        )}
        {inFront.map((trial) => (
          <path
            key={trial.trial}
            d={pathOf(trial)}
            data-trial={trial.trial}
            className={`${classes.trialLine} ${lineClass(trial, { axes, brushes, best, pointed })}`}
          />
        ))}
        {axes.map((axis, index) => (
          <Axis
            key={axis.id}
            axis={axis}
            x={toX(index)}
            isLast={index === axes.length - 1}
            room={Math.min(step, 2 * SIDE)}
            brush={brushes.get(axis.id)}
            onBrush={(brush) => onBrush(axis.id, brush)}
          />
        ))}
      </svg>
    </div>
  );
}

interface Marked {
  readonly best: number | null;
  readonly pointed: number | null;
}

/** Lines that matter lie on top. */
const rank = ({ trial }: SweepTrial, { best, pointed }: Marked): number =>
  trial === pointed ? 2 : trial === best ? 1 : 0;

function lineClass(
  trial: SweepTrial,
  { axes, brushes, best, pointed }: Marked & Pick<ParallelPlotProps, 'axes' | 'brushes'>,
): string | undefined {
  if (trial.trial === pointed) return classes.pointedLine;
  if (!passes(trial, axes, brushes)) return classes.leftOut;
  if (trial.trial === best) return classes.bestLine;
  return trial.state === 'completed' ? classes.wholeLine : classes.partLine;
}

interface AxisProps {
  readonly axis: SweepAxis;
  readonly x: number;
  readonly isLast: boolean;
  readonly room: number;
  readonly brush: Brush | undefined;
  readonly onBrush: (brush: Brush | null) => void;
}

const KEY_STEP = 0.05;

function Axis({ axis, x, isLast, room, brush, onBrush }: AxisProps) {
  const from = useRef<number | null>(null);
  const shareAt = (event: PointerEvent<SVGElement>): number => {
    const svg = event.currentTarget.ownerSVGElement;
    return toShare(event.clientY - (svg?.getBoundingClientRect().top ?? 0));
  };
  const drag = (event: PointerEvent<SVGElement>): void => {
    if (from.current === null) return;
    const to = shareAt(event);
    if (Math.abs(to - from.current) > 0.02) onBrush([Math.min(from.current, to), Math.max(from.current, to)]);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = event.key === 'ArrowUp' ? KEY_STEP : event.key === 'ArrowDown' ? -KEY_STEP : null;
    if (by !== null) onBrush(stepBrush(brush, by, event.shiftKey));
    else if (event.key === 'Escape' || event.key === 'Delete') onBrush(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const text =
    brush === undefined ? 'all trials' : `from ${percent(brush[0])} to ${percent(brush[1])} of the axis`;
  return (
    <g
      role="slider"
      tabIndex={0}
      className={classes.axis}
      aria-orientation="vertical"
      aria-label={`Filter by ${axis.label}`}
      aria-valuemin={0}
      aria-valuemax={1}
      aria-valuenow={brush === undefined ? 0.5 : Math.min(1, Math.max(0, (brush[0] + brush[1]) / 2))}
      aria-valuetext={text}
      onKeyDown={onKeyDown}
      onDoubleClick={() => onBrush(null)}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        from.current = shareAt(event);
      }}
      onPointerMove={drag}
      onPointerUp={() => {
        from.current = null;
      }}
    >
      <title>{`${axis.id || axis.label}: drag, or arrow keys, to keep the trials of a range; Escape keeps all`}</title>
      <text x={x} y={14} textAnchor="middle" className={classes.axisName}>
        {shortened(axis.label, room)}
      </text>
      <rect x={x - 12} y={TOP - 6} width={24} height={SPAN + 52} className={classes.axisHit} />
      <line x1={x} x2={x} y1={toY(0)} y2={toY(1)} className={classes.axisLine} />
      {brush && (
        <rect
          x={x - 7}
          width={14}
          y={toY(brush[1])}
          height={Math.max(2, toY(brush[0]) - toY(brush[1]))}
          className={classes.brush}
        />
      )}
      {axis.ticks.map(({ share, text: tick }) => (
        <text
          key={share}
          x={isLast ? x - 10 : x + 10}
          y={toY(share) + 4}
          textAnchor={isLast ? 'end' : 'start'}
          className={classes.tick}
        >
          {shortened(tick, room - 16)}
        </text>
      ))}
    </g>
  );
}

const percent = (share: number): string => `${Math.round(100 * share)} %`;

const LETTER = 6.4;
const shortened = (text: string, room: number): string => {
  const most = Math.max(4, Math.floor(room / LETTER));
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
};
