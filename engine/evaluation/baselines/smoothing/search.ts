// Minimises a function over a box by moving one coordinate at a time, with ever shorter steps (Hooke and Jeeves 1961). The order of
// the steps is fixed, so the same function has the same minimum everywhere.

const FIRST_STEP = 0.25;
const LAST_STEP = 0.002;

export interface Box {
  readonly low: readonly number[];
  readonly high: readonly number[];
}

export interface Minimum {
  readonly at: readonly number[];
  readonly value: number;
}

/** `evaluations`: how often `of` is asked at most. Steps are shares of the box. */
export function minimise(
  of: (at: readonly number[]) => number,
  { low, high }: Box,
  { start, evaluations }: { readonly start: readonly number[]; readonly evaluations: number },
): Minimum {
  let best: Minimum = { at: start, value: of(start) };
  let left = evaluations - 1;
  let step = FIRST_STEP;
  while (step >= LAST_STEP && left > 0) {
    const before = best;
    for (let axis = 0; axis < start.length; axis += 1) {
      for (const direction of [1, -1]) {
        const move = direction * step * (high[axis]! - low[axis]!);
        const moved = Math.min(high[axis]!, Math.max(low[axis]!, best.at[axis]! + move));
        if (moved === best.at[axis] || left === 0) continue;
        const at = best.at.with(axis, moved);
        const value = of(at);
        left -= 1;
        if (value < best.value) {
          best = { at, value };
          break;
        }
      }
    }
    if (best === before) step /= 2;
  }
  return best;
}
