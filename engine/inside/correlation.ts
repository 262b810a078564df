// Pearson's correlation from sums, value by value.

export interface PairSums {
  n: number;
  x: number;
  y: number;
  xx: number;
  yy: number;
  xy: number;
}

export const noPairs = (): PairSums => ({ n: 0, x: 0, y: 0, xx: 0, yy: 0, xy: 0 });

export function addPair(sums: PairSums, x: number, y: number): void {
  sums.n += 1;
  sums.x += x;
  sums.y += y;
  sums.xx += x * x;
  sums.yy += y * y;
  sums.xy += x * y;
}

/** 0 where one of both stands still. */
export function correlationOf({ n, x, y, xx, yy, xy }: PairSums): number {
  const [ofX, ofY] = [n * xx - x * x, n * yy - y * y];
  return ofX > 1e-9 * n * n && ofY > 1e-9 * n * n ? (n * xy - x * y) / Math.sqrt(ofX * ofY) : 0;
}
