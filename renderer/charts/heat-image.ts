// The cells of a heat map as pixels. Pure: half a million cells take a few milliseconds.
import type { Scale } from './scales.ts';

export interface HeatCells {
  /** [lines][cells] NaN: no value, no colour. */
  readonly values: readonly ArrayLike<number>[];
  /** [cells] where a cell begins and ends on the horizontal axis; both rise. */
  readonly from: ArrayLike<number>;
  readonly to: ArrayLike<number>;
}

export interface HeatRange {
  readonly low: number;
  readonly high: number;
}

/** [pixels] the cell that each pixel lies in; -1 beside all cells. */
export function cellsOfPixels(
  { from, to }: Pick<HeatCells, 'from' | 'to'>,
  x: Scale,
  pixels: number,
): Int32Array {
  const cells = new Int32Array(pixels).fill(-1);
  let cell = 0;
  for (let pixel = 0; pixel < pixels; pixel++) {
    const at = x.toValue(pixel + 0.5);
    while (cell < from.length && (to[cell] as number) <= at) cell++;
    if (cell < from.length && (from[cell] as number) <= at) cells[pixel] = cell;
  }
  return cells;
}

/** Of the last image: memory that the system gives afresh costs more than the colours. An image is used before the next one is made. */
let kept = new Uint32Array();

/**
 * @param cells [pixels] as `cellsOfPixels` has them
 * @param table [colours]
 * @returns [lines x pixels] colours, 0 (transparent) where there is no value; valid until the next call
 */
export function heatImage(
  values: HeatCells['values'],
  cells: Int32Array,
  { low, high }: HeatRange,
  table: Uint32Array,
): Uint32Array<ArrayBuffer> {
  const size = values.length * cells.length;
  if (kept.length < size) kept = new Uint32Array(size);
  const image = kept.subarray(0, size);
  // Colours count from 1, as no colour is 0.
  const colors = new Uint32Array(1 + table.length);
  colors.set(table, 1);
  const factor = high > low ? (table.length - 1) / (high - low) : 0;
  for (let line = 0; line < values.length; line++) {
    const own = image.subarray(line * cells.length, (line + 1) * cells.length);
    paintLine(own, values[line]!, cells, { colors, low, factor });
  }
  return image;
}

interface Paint {
  /** Number 0 is no colour. */
  readonly colors: Uint32Array;
  readonly low: number;
  readonly factor: number;
}

function paintLine(
  pixels: Uint32Array,
  values: ArrayLike<number>,
  cells: Int32Array,
  { colors, low, factor }: Paint,
): void {
  const top = colors.length - 1;
  for (let pixel = 0; pixel < pixels.length; pixel++) {
    const cell = cells[pixel]!;
    const color = cell < 0 ? Number.NaN : ((values[cell] as number) - low) * factor + 1.5;
    // NaN fails both comparisons, and as a whole number it is 0.
    pixels[pixel] = colors[color < 1 ? 1 : color > top ? top : color | 0]!;
  }
}

/** The cell that holds x; undefined beside all cells. */
export function cellAt({ from, to }: Pick<HeatCells, 'from' | 'to'>, x: number): number | undefined {
  for (let cell = 0; cell < from.length; cell++) {
    if ((from[cell] as number) <= x && x < (to[cell] as number)) return cell;
  }
  return undefined;
}
