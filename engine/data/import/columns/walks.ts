// Columns that walk by shares of their level, as prices do: positive, and in the first 70 % of the rows (what a draft trains on) their largest
// value is at least twice the smallest, and they do not come back. A walk that does not come back moves in k rows k times the square of what
// it moves in one (variance ratio, Lo and MacKinlay 1988); what has a mean or a season moves much less.

/** Of the rows of a series; later ones decide nothing but whether all values are positive. */
const JUDGED_SHARE = 0.7;
/** Among fewer moves nothing is judged. */
const FEWEST_MOVES = 24;
const LEAST_RATIO = 2;
const LEAST_VARIANCE_RATIO = 0.5;
const MOST_LAG = 1_000;

export interface Walk {
  /** Rows that are judged. */
  readonly rows: number;
  /** The last known values, one for each row of the long move; the oldest stands at `oldest`. */
  readonly lately: Float64Array;
  oldest: number;
  last: number;
  known: number;
  min: number;
  max: number;
  shortSquares: number;
  longSquares: number;
  isPositive: boolean;
}

/** @param rows of the series */
export function createWalk(rows: number): Walk {
  const judged = Math.floor(JUDGED_SHARE * rows);
  const lag = Math.max(1, Math.min(MOST_LAG, Math.floor(judged / 10)));
  return {
    rows: judged,
    lately: new Float64Array(lag),
    oldest: 0,
    last: Number.NaN,
    known: 0,
    min: Infinity,
    max: -Infinity,
    shortSquares: 0,
    longSquares: 0,
    isPositive: true,
  };
}

/** Adds values [from, to), of which the first is that row; NaN is missing, and the rows around it are neighbours. */
export function addToWalk(
  walk: Walk,
  values: Float64Array,
  { from, to, row }: { readonly from: number; readonly to: number; readonly row: number },
): void {
  if (!walk.isPositive) return;
  const { lately } = walk;
  let { oldest, known } = walk;
  // A plus makes them float64 for the compiler.
  let last = +walk.last;
  let min = +walk.min;
  let max = +walk.max;
  let shortSquares = +walk.shortSquares;
  let longSquares = +walk.longSquares;
  const judged = Math.max(from, Math.min(to, from + walk.rows - row));
  for (let i = from; i < judged; i++) {
    const value = values[i]!;
    if (Number.isNaN(value)) continue;
    if (value <= 0) {
      walk.isPositive = false;
      return;
    }
    if (known >= 1) shortSquares += square(value - last);
    if (known >= lately.length) longSquares += square(value - lately[oldest]!);
    lately[oldest] = value;
    last = value;
    oldest = oldest + 1 === lately.length ? 0 : oldest + 1;
    known++;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  Object.assign(walk, { oldest, known, last, min, max, shortSquares, longSquares });
  for (let i = judged; i < to; i++) if (values[i]! <= 0) walk.isPositive = false;
}

const square = (value: number): number => value * value;

/** Whether the series does so. */
export function walksByShares({
  known,
  lately,
  min,
  max,
  shortSquares,
  longSquares,
  isPositive,
}: Walk): boolean {
  const lag = lately.length;
  if (!isPositive || known <= FEWEST_MOVES || max < LEAST_RATIO * min) return false;
  const short = shortSquares / (known - 1);
  const long = longSquares / (known - lag);
  return long >= LEAST_VARIANCE_RATIO * lag * short;
}
