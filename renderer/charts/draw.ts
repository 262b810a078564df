// Draws lines and envelopes on a canvas: thousands of points in a millisecond, where SVG needs hundreds.
import type { Scale } from './scales.ts';

export interface Line {
  readonly id: string;
  readonly label: string;
  /** Name of a colour token, for example `--hc-series-1`. */
  readonly color: string;
  /** [points] increasing; values that are not finite break the line. */
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  /** [points] last x of each point that represents several; `x` is the first. Default: each point is one x. */
  readonly xEnd?: ArrayLike<number> | undefined;
  /** [points] smallest and largest value of what each point represents, drawn as a band behind the line. */
  readonly min?: ArrayLike<number> | undefined;
  readonly max?: ArrayLike<number> | undefined;
  /** `y` is a moving average: the readout gives the values themselves beside it. */
  readonly smoothed?: boolean;
  readonly width?: number;
  readonly dash?: readonly number[] | undefined;
  /** Dots at the points: for few of them, so that single ones can be seen. */
  readonly dots?: boolean;
  /** Width of a bar from 0 to each point, in units of x, in place of the line. */
  readonly bars?: number;
  /** What the readout says while nothing is pointed at. Default: the last value. */
  readonly summary?: string;
  /** Left out of the readout above the chart. */
  readonly silent?: boolean;
}

export interface Scales {
  readonly x: Scale;
  readonly y: Scale;
}

/** Opacity of a band from the smallest to the largest value, and of its border. */
export const BAND_FILL = 0.22;
export const BAND_BORDER = 0.42;

export function drawLine(context: CanvasRenderingContext2D, line: Line, scales: Scales, color: string): void {
  if (line.min && line.max) drawEnvelope(context, line, scales, color);
  if (line.bars !== undefined) {
    context.fillStyle = color;
    for (const { x, y, width, height } of barsOf(line, scales)) context.fillRect(x, y, width, height);
    return;
  }
  context.strokeStyle = color;
  context.lineWidth = line.width ?? 1.5;
  context.lineJoin = 'round';
  context.setLineDash([...(line.dash ?? [])]);
  context.beginPath();
  let drawing = false;
  for (let index = 0; index < line.x.length; index++) {
    const y = scales.y.toPixel(line.y[index] as number);
    if (!Number.isFinite(y)) {
      drawing = false;
      continue;
    }
    const x = scales.x.toPixel(line.x[index] as number);
    if (drawing) context.lineTo(x, y);
    else context.moveTo(x, y);
    drawing = true;
  }
  context.stroke();
  context.setLineDash([]);
}

/** The bars of a line that has some, in pixels; one of 0 is a hair, so that it is seen to be there. */
export function barsOf(
  { bars = 0, x: at, y: values }: Line,
  { x, y }: Scales,
): { x: number; y: number; width: number; height: number }[] {
  const zero = y.toPixel(0);
  return Array.from(at, (center, index) => {
    const left = x.toPixel(center - bars / 2);
    const end = y.toPixel(values[index] as number);
    return {
      x: left,
      y: Math.min(zero, end),
      width: Math.max(1, x.toPixel(center + bars / 2) - left),
      height: Math.max(HALF_PIXEL, Math.abs(end - zero)),
    };
  }).filter(({ y: top }) => Number.isFinite(top));
}

export const DOT_RADIUS = 2.25;

/** Dots of a line in a plot of this width, in its pixels; none for a line without dots. */
export function dotsOf(line: Line, { x, y }: Scales, width: number): { x: number; y: number }[] {
  if (!line.dots && line.x.length !== 1) return [];
  return Array.from(line.x, (at, index) => ({
    x: x.toPixel(at),
    y: y.toPixel(line.y[index] as number),
  })).filter((dot) => Number.isFinite(dot.y) && dot.x >= -HALF_PIXEL && dot.x <= width + HALF_PIXEL);
}

const HALF_PIXEL = 0.5;

/** Dots lie above all lines, and whole at the ends of the axis. */
export function drawDots(
  context: CanvasRenderingContext2D,
  dots: readonly { x: number; y: number }[],
  color: string,
): void {
  context.fillStyle = color;
  for (const { x, y } of dots) {
    context.beginPath();
    context.arc(x, y, DOT_RADIUS, 0, 2 * Math.PI);
    context.fill();
  }
}

function drawEnvelope(context: CanvasRenderingContext2D, line: Line, scales: Scales, color: string): void {
  const { x, min = [], max = [] } = line;
  context.fillStyle = color;
  context.strokeStyle = color;
  context.lineWidth = 1;
  context.lineJoin = 'round';
  let start = 0;
  while (start < x.length) {
    if (!Number.isFinite(scales.y.toPixel(min[start] as number))) {
      start++;
      continue;
    }
    let end = start;
    while (end < x.length && Number.isFinite(scales.y.toPixel(min[end] as number))) end++;
    context.beginPath();
    for (let index = start; index < end; index++) {
      context.lineTo(scales.x.toPixel(x[index] as number), scales.y.toPixel(max[index] as number));
    }
    for (let index = end - 1; index >= start; index--) {
      context.lineTo(scales.x.toPixel(x[index] as number), scales.y.toPixel(min[index] as number));
    }
    context.closePath();
    context.globalAlpha = BAND_FILL;
    context.fill();
    // The border too: a peak of one row is narrower than a pixel, and must be seen.
    context.globalAlpha = BAND_BORDER;
    context.stroke();
    start = end;
  }
  context.globalAlpha = 1;
}

/** Index of the point nearest to `x`; -1 for an empty line. */
export function nearest(xs: ArrayLike<number>, x: number): number {
  if (xs.length === 0) return -1;
  let low = 0;
  let high = xs.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((xs[middle] as number) < x) low = middle + 1;
    else high = middle;
  }
  const before = low > 0 && x - (xs[low - 1] as number) < (xs[low] as number) - x;
  return before ? low - 1 : low;
}
