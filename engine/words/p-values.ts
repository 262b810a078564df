// p-values of the tests of stationarity as they are shown: those of KPSS are known between the ends of its table alone.

const KPSS_ENDS = [0.01, 0.1] as const;
const SMALL = 0.001;

type Show = (p: number | undefined) => string;

/** `< 0.001` below that; otherwise as `show` writes it. */
export const adfP = (p: number | undefined, show: Show): string =>
  p !== undefined && p < SMALL ? `< ${SMALL}` : show(p);

/** `≤ 0.01` and `≥ 0.1` at the ends of the table; otherwise as `show` writes it. */
export function kpssP(p: number | undefined, show: Show): string {
  const [least, most] = KPSS_ENDS;
  if (p === undefined) return show(p);
  if (p <= least) return `≤ ${least}`;
  return p >= most ? `≥ ${most}` : show(p);
}
