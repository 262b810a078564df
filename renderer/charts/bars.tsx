// Bar charts the size of a word, for distributions and autocorrelations.
import { memo } from 'react';

interface BarsProps {
  readonly values: readonly number[];
  readonly width: number;
  readonly height: number;
  readonly label: string;
  /** Default: from 0 to the largest. */
  readonly domain?: readonly [number, number];
  readonly color?: string;
}

export const Bars = memo(function Bars(props: BarsProps) {
  const { values, width, height, label, color = '--hc-series-1' } = props;
  const [low, high] = props.domain ?? [0, Math.max(1, ...values)];
  const toY = (value: number) => height - ((value - low) / (high - low)) * height;
  const zero = toY(0);
  const step = width / values.length;
  const bars = values.map((value, index) => ({ index, y: toY(value) })).filter(({ y }) => Number.isFinite(y));
  return (
    <svg width={width} height={height} role="img" aria-label={label} style={{ display: 'block' }}>
      {bars.map(({ index, y }) => (
        <rect
          key={index}
          x={index * step}
          width={Math.max(1, step - 1)}
          y={Math.min(y, zero)}
          height={Math.max(0.5, Math.abs(y - zero))}
          fill={`var(${color})`}
        />
      ))}
      <line x1={0} x2={width} y1={zero - 0.5} y2={zero - 0.5} stroke="var(--hc-line-strong)" />
    </svg>
  );
});
