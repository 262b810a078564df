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

/**
 * @param cells [pixels] as `cellsOfPixels` has them
 * @param table [colours]
 * @returns [lines x pixels] colours, 0 (transparent) where there is no value
 */
export function heatImage(
  values: HeatCells['values'],
  cells: Int32Array,
  { low, high }: HeatRange,
  table: Uint32Array,
): Uint32Array<ArrayBuffer> {
  const image = new Uint32Array(values.length * cells.length);
  const last = table.length - 1;
  const factor = high > low ? last / (high - low) : 0;
  let at = 0;
  for (const line of values) {
    for (let pixel = 0; pixel < cells.length; pixel++, at++) {
      const cell = cells[pixel]!;
      if (cell < 0) continue;
      const value = line[cell] as number;
      // NaN fails both comparisons.
      const color = Math.round((value - low) * factor);
      if (color >= 0) image[at] = table[Math.min(color, last)]!;
      else if (value < low) image[at] = table[0]!;
    }
  }
  return image;
}

/** The cell that holds x; undefined beside all cells. */
export function cellAt({ from, to }: Pick<HeatCells, 'from' | 'to'>, x: number): number | undefined {
  for (let cell = 0; cell < from.length; cell++) {
    if ((from[cell] as number) <= x && x < (to[cell] as number)) return cell;
  }
  return undefined;
}
