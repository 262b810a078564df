// Slices: for each field a small chart of the results over its values, a dot a trial.
import type { SweepTrial } from '../../../engine/contract/studies/sweep.ts';
import classes from './sweep.module.css';
import { type Brushes, passes, RESULT, type SweepAxis } from './sweep-axes.ts';

interface SlicePlotsProps {
  readonly axes: readonly SweepAxis[];
  readonly trials: readonly SweepTrial[];
  readonly brushes: Brushes;
  readonly best: number | null;
  readonly pointed: number | null;
}

export function SlicePlots(props: SlicePlotsProps) {
  const result = props.axes.find(({ id }) => id === RESULT);
  if (!result) return null;
  return (
    <div className={classes.slices}>
      {props.axes
        .filter(({ id }) => id !== RESULT)
        .map((axis) => (
          <Slice key={axis.id} {...props} axis={axis} result={result} />
        ))}
    </div>
  );
}

const SIZE = { width: 250, height: 150, left: 46, right: 12, top: 8, bottom: 34 };

function Slice({
  axis,
  result,
  axes,
  trials,
  brushes,
  best,
  pointed,
}: SlicePlotsProps & { readonly axis: SweepAxis; readonly result: SweepAxis }) {
  const plot = { width: SIZE.width - SIZE.left - SIZE.right, height: SIZE.height - SIZE.top - SIZE.bottom };
  const toX = (share: number): number => SIZE.left + share * plot.width;
  const toY = (share: number): number => SIZE.top + (1 - share) * plot.height;
  const dots = trials.flatMap((trial) => {
    const [x, y] = [axis.shareOf(trial), result.shareOf(trial)];
    return x === null || y === null ? [] : [{ trial, x, y }];
  });
  return (
    <svg
      width={SIZE.width}
      height={SIZE.height}
      role="img"
      aria-label={`${result.label} by ${axis.label}, ${dots.length} trials`}
    >
      {result.ticks.map(({ share, text }) => (
        <g key={share}>
          <line x1={toX(0)} x2={toX(1)} y1={toY(share)} y2={toY(share)} className={classes.grid} />
          <text x={SIZE.left - 6} y={toY(share) + 4} textAnchor="end" className={classes.tick}>
            {text}
          </text>
        </g>
      ))}
      {axis.ticks.map(({ share, text }, index) => (
        <text
          key={share}
          x={toX(share)}
          y={SIZE.height - 20}
          textAnchor={index === 0 && axis.ticks.length > 1 ? 'start' : share > 0.9 ? 'end' : 'middle'}
          className={classes.tick}
        >
          {text.length > 9 ? `${text.slice(0, 8)}…` : text}
        </text>
      ))}
      <text x={toX(0.5)} y={SIZE.height - 5} textAnchor="middle" className={classes.axisName}>
        {axis.label}
      </text>
      {dots.map(({ trial, x, y }) => (
        <circle
          key={trial.trial}
          cx={toX(x)}
          cy={toY(y)}
          r={trial.trial === best || trial.trial === pointed ? 4.5 : 3}
          className={dotClass(trial, { isIn: passes(trial, axes, brushes), best, pointed })}
        >
          <title>{`trial ${trial.trial}`}</title>
        </circle>
      ))}
    </svg>
  );
}

function dotClass(
  { trial, state }: SweepTrial,
  marks: { readonly isIn: boolean; readonly best: number | null; readonly pointed: number | null },
): string | undefined {
  if (trial === marks.pointed) return classes.pointedDot;
  if (!marks.isIn) return classes.leftOutDot;
  if (trial === marks.best) return classes.bestDot;
  return state === 'completed' ? classes.wholeDot : classes.partDot;
}
