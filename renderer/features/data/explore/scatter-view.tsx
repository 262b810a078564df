// Pairs of values as dots, with the line through them.
import type { Scatter } from '../../../../engine/contract/datasets/explore.ts';
import { createScale, extent, padded, tickLabels, valueTicks } from '../../../charts/scales.ts';
import { formatCount, formatNumber, plural } from '../../../ui/format.ts';
import type { AnswerProps } from './answer-props.ts';

const SIZE = { width: 520, height: 360, left: 64, bottom: 40, top: 8, right: 8 };

function Ticks({ at, labels, isX }: { at: readonly number[]; labels: readonly string[]; isX: boolean }) {
  const floor = SIZE.height - SIZE.bottom;
  return at.map((pixel, index) => (
    <g key={pixel}>
      <line
        {...(isX
          ? { x1: pixel, x2: pixel, y1: SIZE.top, y2: floor }
          : { x1: SIZE.left, x2: SIZE.width - SIZE.right, y1: pixel, y2: pixel })}
        stroke="var(--hc-line)"
      />
      <text
        {...(isX
          ? { x: pixel, y: floor + 14, textAnchor: 'middle' as const }
          : { x: SIZE.left - 6, y: pixel + 4, textAnchor: 'end' as const })}
        fontSize={11}
        fill="var(--hc-ink-2)"
      >
        {labels[index]}
      </text>
    </g>
  ));
}

export function ScatterView({ answer }: AnswerProps<Scatter | null>) {
  const [xs, ys] = [extent([answer?.x ?? []]), extent([answer?.y ?? []])];
  if (answer === null || xs === null || ys === null) return <span className="muted">No pairs of values</span>;
  const { columns, lag, pairs, correlation, line } = answer;
  const [xDomain, yDomain] = [padded(xs, 'linear'), padded(ys, 'linear')];
  const x = createScale('linear', xDomain, SIZE.left, SIZE.width - SIZE.right);
  const y = createScale('linear', yDomain, SIZE.height - SIZE.bottom, SIZE.top);
  const [xTicks, yTicks] = [valueTicks('linear', xDomain, 5), valueTicks('linear', yDomain, 6)];
  const later = lag === 0 ? '' : `, ${plural(lag, 'row')} later`;
  const yOf = (value: number) => line!.slope * value + line!.intercept;
  const label = `${columns[1]}${later} over ${columns[0]}`;
  return (
    <div>
      <svg
        viewBox={`0 0 ${SIZE.width} ${SIZE.height}`}
        role="img"
        aria-label={`Scatter: ${label}`}
        style={{ display: 'block', width: '100%', maxWidth: SIZE.width }}
      >
        <Ticks at={xTicks.map(x.toPixel)} labels={tickLabels(xTicks)} isX />
        <Ticks at={yTicks.map(y.toPixel)} labels={tickLabels(yTicks)} isX={false} />
        <path
          d={answer.x.map((value, i) => `M${x.toPixel(value)} ${y.toPixel(answer.y[i]!)}h0`).join('')}
          stroke="var(--hc-series-1)"
          strokeOpacity={0.55}
          strokeWidth={4}
          strokeLinecap="round"
        />
        {line && (
          <line
            x1={x.toPixel(xs[0])}
            x2={x.toPixel(xs[1])}
            y1={y.toPixel(yOf(xs[0]))}
            y2={y.toPixel(yOf(xs[1]))}
            stroke="var(--hc-series-2)"
            strokeWidth={1.5}
          />
        )}
        <text x={SIZE.width / 2} y={SIZE.height - 6} fontSize={11} textAnchor="middle" fill="var(--hc-ink-2)">
          {columns[0]}
        </text>
        <text
          transform={`translate(12 ${(SIZE.height - SIZE.bottom) / 2}) rotate(-90)`}
          fontSize={11}
          textAnchor="middle"
          fill="var(--hc-ink-2)"
        >
          {columns[1]}
          {later}
        </text>
      </svg>
      <span className="muted">
        {label}: correlation {formatNumber(correlation)} of {formatCount(pairs)} pairs
        {line && `; line ${formatNumber(line.slope)} × ${columns[0]} + ${formatNumber(line.intercept)}`}
        {answer.x.length < pairs && `; ${formatCount(answer.x.length)} are shown, evenly over time`}.
      </span>
    </div>
  );
}
