// Formats numbers, durations, sizes and times for people.
import { isoTime } from '../../../words/iso-time.ts';

/** Shown where there is no value. */
export const NOTHING = '–';

/** 4 significant digits; whole numbers and large ones with thousands separated. */
export function formatNumber(value: number | null | undefined): string {
  if (value === null || value === undefined) return NOTHING;
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < 1e15) return formatCount(value);
  if (size < 1e-4 || size >= 1e15) return value.toPrecision(4);
  return size >= 1000 ? formatCount(Math.round(value)) : value.toPrecision(4);
}

/** A loss or score, always with 4 significant digits so that columns of them line up. */
export function formatScore(value: number | null | undefined): string {
  return value === 0
    ? '0.000'
    : Number.isInteger(value) && Math.abs(value!) < 1000
      ? value!.toPrecision(4)
      : formatNumber(value);
}

/** Whole numbers with thousands separated: `5,104`. */
export function formatCount(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `1 row`, `2 rows`. */
export function counted(count: number, thing: string, things = `${thing}s`): string {
  return `${formatCount(count)} ${count === 1 ? thing : things}`;
}

/** `850 ms`, `12 s`, `1 m 20 s`, `2 h 5 m`, `3 d 4 h`. */
export function formatDuration(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined || !Number.isFinite(seconds) || seconds < 0) return NOTHING;
  if (seconds < 0.9995) return `${Math.round(seconds * 1000)} ms`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return pair(whole, 60, 'm', 's');
  if (whole < 86_400) return pair(Math.round(whole / 60), 60, 'h', 'm');
  return pair(Math.round(whole / 3600), 24, 'd', 'h');
}

/** Time left, which no estimate knows to the millisecond: `12 s left`, `under 1 s left`. */
export function formatLeft(seconds: number): string {
  return seconds < 0.9995 ? 'under 1 s left' : `${formatDuration(seconds)} left`;
}

function pair(total: number, base: number, large: string, small: string): string {
  const rest = total % base;
  return rest === 0 ? `${total / base} ${large}` : `${Math.floor(total / base)} ${large} ${rest} ${small}`;
}

/** Decimal units: `512 B`, `1.2 kB`, `12.3 MB`. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let size = bytes;
  let unit = 0;
  while (size >= 999.5 && unit < units.length - 1) {
    size /= 1000;
    unit++;
  }
  const digits = unit === 0 || size >= 99.95 ? 0 : 1;
  return `${size.toFixed(digits)} ${units[unit]}`;
}

const two = (value: number): string => String(value).padStart(2, '0');

/** Local time with its distance from UTC: `2026-11-22 15:14 -05:00`, or to the second. */
export function formatTime(timeMs: number | null | undefined, toSecond = false): string {
  if (timeMs === null || timeMs === undefined) return NOTHING;
  const time = new Date(timeMs);
  const minutes = -time.getTimezoneOffset();
  const zone = `${minutes < 0 ? '-' : '+'}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`;
  return `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())} ${two(time.getHours())}:${two(time.getMinutes())}${toSecond ? `:${two(time.getSeconds())}` : ''} ${zone}`;
}

/** A time of the data, in UTC and no longer than needed: `2000-01-03`, `2000-01-03 14:00 UTC`. */
export function formatDataTime(timeUs: number | null | undefined): string {
  if (timeUs === null || timeUs === undefined) return NOTHING;
  const text = isoTime(BigInt(Math.round(timeUs)));
  if (text.endsWith('T00:00:00Z')) return text.slice(0, -10);
  return `${text.replace('T', ' ').replace(/(:00)?Z$/, '')} UTC`;
}
