// The end of every register tile: writes the eight sums of a row to their position in C.

import { store8 } from './lanes';

// @ts-ignore: decorator
@inline
export function row(c: usize, low: v128, high: v128, accumulate: bool, bias: usize): void {
  if (accumulate) {
    low = f32x4.add(v128.load(c), low);
    high = f32x4.add(v128.load(c, 16), high);
  }
  if (bias != 0) {
    low = f32x4.add(low, v128.load(bias));
    high = f32x4.add(high, v128.load(bias, 16));
  }
  store8(c, low, high);
}
