// The readout of the point under the cursor: real values of rows, never a bucket's mean as if a row had it. Pure.
import { type Line, nearest } from './draw.ts';
import type { Domain } from './scales.ts';

type Format = (value: number) => string;

/** Lines that the readout names. */
const isRead = (line: Line): boolean => !line.silent && line.x.length > 0;

/** The point nearest to the cursor, of all lines; null where there is no cursor, or it lies outside what is shown. */
export function pointedX(lines: readonly Line[], at: number | null, [low, high]: Domain): number | null {
  if (at === null || at < low || at > high) return null;
  let found: number | null = null;
  for (const line of lines.filter(isRead)) {
    const x = line.x[nearest(line.x, at)] as number;
    if (found === null || Math.abs(x - at) < Math.abs(found - at)) found = x;
  }
  return found;
}

/** `2020-01-03`, or `2020-01-03 to 2020-01-05` where the point represents several rows. */
export function pointedText(lines: readonly Line[], x: number, format: Format): string {
  const line = lines.filter(isRead).find((one) => one.x[nearest(one.x, x)] === x);
  const end = line?.xEnd?.[nearest(line.x, x)];
  const [from, to] = [format(x), end === undefined ? '' : format(end)];
  return to === '' || to === from ? from : `${from} to ${to}`;
}

/** The value there, without a cursor the line's summary or its last value: of several rows the smallest and the largest. */
export function pointedValue(line: Line, x: number | null, format: Format): string {
  if (x === null && line.summary !== undefined) return line.summary;
  const index = x === null ? lastKnown(line) : nearest(line.x, x);
  const y = line.y[index] ?? Number.NaN;
  const [low, high] = [line.min?.[index] ?? y, line.max?.[index] ?? y];
  const range = format(low) === format(high) ? format(low) : `${format(low)} – ${format(high)}`;
  if (line.smoothed && Number.isFinite(y)) return `${format(y)} (${range})`;
  return Number.isFinite(low) && Number.isFinite(high) ? range : format(y);
}

/** The last point with a value, or the last point. */
function lastKnown({ y }: Line): number {
  for (let index = y.length - 1; index >= 0; index--) if (Number.isFinite(y[index])) return index;
  return y.length - 1;
}
