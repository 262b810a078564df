// The one JSON value of `--json`: times as ISO text in UTC, under names without their unit.
import { isoTime } from '../../../words/iso-time.ts';

/** Fields of microseconds since 1970; `stepUs` is a distance and stays a number. */
const TIMES_US: Readonly<Record<string, string>> = {
  startUs: 'start',
  endUs: 'end',
  fromUs: 'from',
  toUs: 'to',
};

/** `createdAtMs: 0` becomes `createdAt: "1970-01-01T00:00:00.000Z"`; the configuration is left as it is. NaN becomes null, as JSON has it. */
export function forJson(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(forJson);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      if (key === 'configuration') return [key, item];
      const isMissing = item === null;
      if (key.endsWith('AtMs') && (isMissing || typeof item === 'number')) {
        return [key.slice(0, -2), isMissing ? null : new Date(item).toISOString()];
      }
      const time = Object.hasOwn(TIMES_US, key) ? TIMES_US[key] : undefined;
      if (time && (isMissing || typeof item === 'number')) {
        return [time, isMissing ? null : isoTime(BigInt(item))];
      }
      return [key, forJson(item)];
    }),
  );
}

export function jsonText(value: unknown): string {
  // JSON.stringify leaves these as they are; a terminal may take them for commands.
  return JSON.stringify(forJson(value) ?? null, null, 2).replace(
    /[\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
