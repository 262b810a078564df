// Positions and labels of axis ticks: round numbers, and round times in UTC.

export interface Tick {
  readonly at: number;
  readonly label: string;
}

/** About `count` round numbers that span from `low` to `high`; the first and last may lie outside. */
export function numberTicks(low: number, high: number, count: number): Tick[] {
  const span = high - low || Math.abs(high) || 1;
  const step = roundUp(span / count);
  const decimals = Math.min(12, Math.max(0, -Math.floor(Math.log10(step) + 1e-9)));
  const first = Math.floor(low / step + 1e-9);
  const last = Math.ceil(high / step - 1e-9);
  return Array.from({ length: last - first + 1 }, (_, index) => {
    const at = (first + index) * step;
    return { at, label: tickLabel(at, step, decimals) };
  });
}

function tickLabel(at: number, step: number, decimals: number): string {
  if (step >= 1e9 || step < 1e-6)
    return at === 0 ? '0' : at.toExponential(1).replace('.0e', 'e').replace('e+', 'e');
  return at.toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}

/** Whole numbers within from..to, the first of them always. */
export function countTicks(from: number, to: number, count: number): Tick[] {
  const step = Math.max(1, roundUp((to - from) / count));
  const label = (at: number) => ({ at, label: at.toLocaleString('en-US') });
  const first = Math.floor(from / step) + 1;
  const round = Array.from({ length: Math.max(0, Math.floor(to / step) - first + 1) }, (_, index) =>
    label((first + index) * step),
  );
  return [label(from), ...round.filter(({ at }) => at - from >= step / 2)];
}

/** To 1, 2 or 5 times a power of ten. */
function roundUp(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  return power * ([1, 2, 5, 10].find((factor) => factor * power >= rough * 0.999) ?? 10);
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Below a month, milliseconds; the label cuts an ISO time. */
const FIXED_STEPS = [
  HOUR / 60,
  HOUR / 12,
  HOUR / 4,
  HOUR,
  3 * HOUR,
  6 * HOUR,
  12 * HOUR,
  DAY,
  2 * DAY,
  7 * DAY,
  14 * DAY,
];
const MONTH_STEPS = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200];
const MONTH = 30.44 * DAY;

/** At most `count` or so round times within from..to, both milliseconds UTC. */
export function timeTicks(from: number, to: number, count: number): Tick[] {
  const rough = (to - from) / count;
  const fixed = FIXED_STEPS.find((step) => step >= rough);
  if (fixed !== undefined) return fixedTicks(from, to, fixed);
  const months = MONTH_STEPS.find((step) => step * MONTH >= rough) ?? 2400;
  return monthTicks(from, to, months);
}

function fixedTicks(from: number, to: number, step: number): Tick[] {
  const first = Math.ceil(from / step);
  const count = Math.max(0, Math.floor(to / step) - first + 1);
  return Array.from({ length: count }, (_, index) => {
    const at = (first + index) * step;
    const iso = new Date(at).toISOString();
    return { at, label: step < DAY ? iso.slice(5, 16).replace('T', ' ') : iso.slice(0, 10) };
  });
}

function monthTicks(from: number, to: number, months: number): Tick[] {
  const start = new Date(from);
  const firstMonth = Math.floor((start.getUTCFullYear() * 12 + start.getUTCMonth()) / months) * months;
  const ticks: Tick[] = [];
  for (let month = firstMonth; ; month += months) {
    const at = Date.UTC(Math.floor(month / 12), month % 12, 1);
    if (at > to) return ticks;
    const iso = new Date(at).toISOString();
    if (at >= from) ticks.push({ at, label: months >= 12 ? iso.slice(0, 4) : iso.slice(0, 7) });
  }
}
