// Local regression: the value at each position from the nearest `width` values, weighted by the cube of their distance's cube (tricube).
// As the Fortran program stl of Cleveland et al. (1990) and statsmodels compute it, so that golden values agree.

export interface LoessOptions {
  /** Nearest values that count; odd. */
  readonly width: number;
  /** Degree of the local polynomial: a constant or a line. */
  readonly degree: 0 | 1;
  /** [rows] further weights; absent: 1. */
  readonly weights?: Float64Array | undefined;
}

/** At position `x` (the first value has 1) from the values `left` to `right`; NaN where no weight is left. */
export function loessAt(
  values: Float64Array,
  x: number,
  [left, right]: readonly [number, number],
  { width, degree, weights }: LoessOptions,
): number {
  const rows = values.length;
  const reach = Math.max(x - left, right - x) + (width > rows ? Math.floor((width - rows) / 2) : 0);
  const local = new Float64Array(right - left + 1);
  let total = 0;
  for (let i = left; i <= right; i++) {
    const distance = Math.abs(i - x);
    if (distance > 0.999 * reach) continue;
    const share = distance / reach;
    const lack = 1 - share * share * share;
    const weight = distance <= 0.001 * reach ? 1 : lack * lack * lack;
    local[i - left] = weight * (weights?.[i - 1] ?? 1);
    total += local[i - left]!;
  }
  if (!(total > 0)) return Number.NaN;
  for (let i = 0; i < local.length; i++) local[i]! /= total;
  if (reach > 0 && degree > 0) tilt(local, x, left, rows);
  let sum = 0;
  for (let i = 0; i < local.length; i++) sum += local[i]! * values[left - 1 + i]!;
  return sum;
}

/** Weights of a local line instead of a local constant. */
function tilt(local: Float64Array, x: number, left: number, rows: number): void {
  let centre = 0;
  for (let i = 0; i < local.length; i++) centre += local[i]! * (left + i);
  let spread = 0;
  for (let i = 0; i < local.length; i++) spread += local[i]! * (left + i - centre) * (left + i - centre);
  if (Math.sqrt(spread) <= 0.001 * (rows - 1)) return;
  const slope = (x - centre) / spread;
  for (let i = 0; i < local.length; i++) local[i]! *= slope * (left + i - centre) + 1;
}

/** [rows] the smooth curve; the value itself where no weight is left. */
export function loess(values: Float64Array, options: LoessOptions): Float64Array {
  const rows = values.length;
  if (rows < 2) return values.slice();
  const { width } = options;
  const half = Math.floor((width + 2) / 2);
  let [left, right] = [1, Math.min(width, rows)];
  return Float64Array.from({ length: rows }, (_, i) => {
    if (width < rows && i + 1 > half && right !== rows) {
      left++;
      right++;
    }
    const value = loessAt(values, i + 1, [left, right], options);
    return Number.isNaN(value) ? values[i]! : value;
  });
}
