// Ticks of a time axis (microseconds UTC) at calendar boundaries, with labels as short as possible.
import type { Domain } from './scales.ts';

const SECOND = 1_000_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

interface Step {
  readonly us: number;
  readonly months?: number;
}

const STEPS: readonly Step[] = [
  ...[1, 5, 15, 30].map((count) => ({ us: count * SECOND })),
  ...[1, 5, 15, 30].map((count) => ({ us: count * MINUTE })),
  ...[1, 3, 6, 12].map((count) => ({ us: count * HOUR })),
  ...[1, 2, 7, 14].map((count) => ({ us: count * DAY })),
  ...[1, 3, 6, 12, 24, 60, 120, 240, 600, 1200].map((months) => ({ us: months * 30.4375 * DAY, months })),
];

export interface TimeTick {
  readonly at: number;
  readonly label: string;
}

/** About `count` ticks in the domain. */
export function timeTicks([low, high]: Domain, count: number): TimeTick[] {
  const rough = (high - low) / Math.max(1, count);
  const step = STEPS.find(({ us }) => us >= rough) ?? (STEPS.at(-1) as Step);
  const times =
    step.months === undefined ? fixedTicks(low, high, step.us) : monthTicks(low, high, step.months);
  return times.map((at) => ({ at, label: labelOf(at, step) }));
}

function fixedTicks(low: number, high: number, us: number): number[] {
  const times: number[] = [];
  for (let at = Math.ceil(low / us) * us; at <= high; at += us) times.push(at);
  return times;
}

function monthTicks(low: number, high: number, months: number): number[] {
  const start = new Date(low / 1000);
  const first = Math.floor((start.getUTCFullYear() * 12 + start.getUTCMonth()) / months) * months;
  const times: number[] = [];
  for (let month = first; ; month += months) {
    const at = Date.UTC(Math.floor(month / 12), month % 12, 1) * 1000;
    if (at > high) return times;
    if (at >= low) times.push(at);
  }
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The largest unit that begins here: the year in January, the day at midnight, else the time. */
function labelOf(at: number, step: Step): string {
  const date = new Date(at / 1000);
  const month = MONTHS[date.getUTCMonth()];
  if (step.months !== undefined) {
    return step.months >= 12 || date.getUTCMonth() === 0 ? String(date.getUTCFullYear()) : `${month}`;
  }
  const midnight = at % DAY === 0;
  if (step.us >= DAY || midnight) return `${date.getUTCDate()} ${month}`;
  return date.toISOString().slice(11, step.us < MINUTE ? 19 : 16);
}
