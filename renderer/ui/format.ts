// Formats numbers, times and sizes: short, aligned, the same everywhere. Times of data are in UTC, times of runs in local time.
import { zoneOffset } from '../charts/zone-clock.ts';

const numbers = new Map<string, Intl.NumberFormat>();

function formatter(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = JSON.stringify(options);
  let found = numbers.get(key);
  if (!found) {
    found = new Intl.NumberFormat('en-US', options);
    numbers.set(key, found);
  }
  return found;
}

/** Four significant digits; very large and very small ones with an exponent. NaN and the infinities by name. */
export function formatNumber(value: number | null | undefined, digits = 4): string {
  if (value === null || value === undefined) return '–';
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e7)) {
    return value
      .toExponential(Math.max(0, digits - 2))
      .replace('e+', 'e')
      .replace('-', '−');
  }
  if (size === 0) return '0';
  const whole = Math.floor(Math.log10(size)) + 1;
  const decimals = Math.min(8, Math.max(0, digits - whole));
  return formatter({ minimumFractionDigits: decimals, maximumFractionDigits: decimals })
    .format(value)
    .replace('-', '−');
}

/** More decimals than that are digits of float64, which nobody wrote. */
const MOST_DECIMALS = 8;

/** Of a column of data: each value as it is, all with as many decimals as one of them needs. */
export function columnFormat(values: readonly number[]): (value: number) => string {
  const texts = values.filter(Number.isFinite).map(String);
  // `1e-7` has no decimals to count.
  if (texts.some((text) => text.includes('e'))) return String;
  const decimals = Math.max(0, ...texts.map((text) => text.split('.')[1]?.length ?? 0));
  if (decimals > MOST_DECIMALS) return String;
  const { format } = formatter({ minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  return (value) => format(value).replace('-', '\u2212');
}

export function formatCount(value: number | null | undefined): string {
  if (value === null || value === undefined) return '–';
  return formatter({ maximumFractionDigits: 0 }).format(value).replace('-', '−');
}

/** 12,400 -> `12.4k`. */
export function formatCompact(value: number): string {
  return formatter({ notation: 'compact', maximumFractionDigits: 1 }).format(value).toLowerCase();
}

/** As formatNumber; a value that is not there is a dash. */
export const formatKnown = (value: number): string => (Number.isNaN(value) ? '–' : formatNumber(value));

/** 0.0000004 -> `4 × 10⁻⁷`. */
export function formatPower(value: number): string {
  if (value === 0) return '0';
  const [digits = '', power = '0'] = value.toExponential(1).split('e');
  const raised = [...String(Number(power))].map((sign) => RAISED[sign] ?? sign).join('');
  const factor = digits.replace(/\.0$/, '').replace('-', '−');
  return factor === '1' ? `10${raised}` : `${factor} × 10${raised}`;
}

const RAISED: Readonly<Record<string, string>> = Object.fromEntries(
  [...'-0123456789'].map((sign, index) => [sign, [...'⁻⁰¹²³⁴⁵⁶⁷⁸⁹'][index] as string]),
);

const BYTE_UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

export function formatBytes(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(BYTE_UNITS.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** power;
  const digits = power === 0 || value >= 100 ? 0 : 1;
  return `${value.toFixed(digits)} ${BYTE_UNITS[power]}`;
}

/** `4 s`, `2 min 05 s`, `1 h 12 min`, `3 d 4 h`. */
export function formatDuration(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined || !Number.isFinite(seconds)) return '–';
  if (seconds < 1) return seconds < 0.05 ? '0 s' : `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
  if (whole < 86_400)
    return `${Math.floor(whole / 3600)} h ${String(Math.floor((whole % 3600) / 60)).padStart(2, '0')} min`;
  return `${Math.floor(whole / 86_400)} d ${Math.floor((whole % 86_400) / 3600)} h`;
}

const DAY_MS = 86_400_000;

/** When a run was made, local time: `14:02`, `Mon 14:02`, `3 Nov 14:02`, `3 Nov 2025`. */
export function formatMoment(atMs: number, nowMs: number): string {
  const at = new Date(atMs);
  const time = at.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
  if (at.toDateString() === new Date(nowMs).toDateString()) return time;
  if (nowMs - atMs < 6 * DAY_MS) return `${at.toLocaleDateString('en-GB', { weekday: 'short' })} ${time}`;
  const day = at.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' });
  return nowMs - atMs < 300 * DAY_MS ? `${day} ${time}` : `${day} ${at.getFullYear()}`;
}

/** When something happened, to the second, local time: `2026-11-29 14:02:05`. */
export function formatInstant(atMs: number): string {
  const at = new Date(atMs);
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join('-');
  return `${day} ${[at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join(':')}`;
}

/** Against another value: 0.2 -> `+20.0 %`, -20 -> `−2,000.0 %`. */
export function formatChange(share: number): string {
  const size = formatter({ minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(
    Math.abs(share) * 100,
  );
  return `${share > 0 ? '+' : share < 0 ? '−' : ''}${size} %`;
}

/** A time of data on the clock of a zone (default: UTC): only the date where all of it are midnights. */
export function formatDataTime(utcUs: number, stepUs = 0, zone?: string): string {
  const us = utcUs + zoneOffset(zone, utcUs);
  const at = new Date(us / 1000);
  if (Number.isNaN(at.getTime())) return '–';
  const text = at.toISOString();
  if (stepUs >= DAY_MS * 1000 || (stepUs === 0 && text.endsWith('T00:00:00.000Z'))) return text.slice(0, 10);
  const seconds = us % 60_000_000 === 0 ? 16 : 19;
  return text.slice(0, seconds).replace('T', ' ');
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** What must not be in a file's name. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are some of it
const FORBIDDEN = /[\u0000-\u001f<>:"/\\|?*]/g;

/** A name as every file system takes it: `a/b: c` -> `a-b- c`. */
export function fileName(text: string): string {
  const plain = text.replace(FORBIDDEN, '-').trim().slice(0, 120);
  return /^[.\s]*$/.test(plain) ? 'hindcast' : plain;
}
