// Decides when a column counts as what most of its values say. The few values that do not match are set aside.

export const NEARLY_ALL_PERCENT = 95;

/** At least 95 % fit; in short files two may fail where twice as many fit. */
export function nearlyAll(fitting: number, total: number): boolean {
  const failing = total - fitting;
  if (fitting === 0) return false;
  return failing * 100 <= total * (100 - NEARLY_ALL_PERCENT) || (failing <= 2 && fitting >= 2 * failing);
}
