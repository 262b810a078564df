// A curve the size of a word: one path, no axes.
import { memo } from 'react';
import classes from './line-plot.module.css';
import { createScale, extent } from './scales.ts';

interface SparklineProps {
  readonly values: ArrayLike<number>;
  readonly width: number;
  readonly height: number;
  readonly color?: string;
  /** Shared with another curve drawn in the same box. */
  readonly domain?: readonly [number, number] | undefined;
}

export const Sparkline = memo(function Sparkline(props: SparklineProps) {
  const { values, width, height, color = '--hc-series-1' } = props;
  const domain = props.domain ?? extent([values]);
  if (!domain || values.length < 2)
    return <svg className={classes.spark} width={width} height={height} aria-hidden />;
  const x = createScale('linear', [0, values.length - 1], 1, width - 1);
  const y = createScale('linear', domain, height - 2, 2);
  let path = '';
  let pen = 'M';
  for (let index = 0; index < values.length; index++) {
    const value = values[index] as number;
    if (!Number.isFinite(value)) {
      pen = 'M';
      continue;
    }
    path += `${pen}${x.toPixel(index).toFixed(1)} ${y.toPixel(value).toFixed(1)}`;
    pen = 'L';
  }
  return (
    <svg className={classes.spark} width={width} height={height} aria-hidden>
      <path d={path} fill="none" stroke={`var(${color})`} strokeWidth={1.25} strokeLinejoin="round" />
    </svg>
  );
});
