// Whether a table that was taken for samples rather holds times which could not be read, or values over times that are no numbers: then
// the refusal of the series says more than samples of dates would.
import type { SamplesInfo } from '../../../contract/datasets/samples.ts';
import { isMissing } from '../../import/columns/number-style.ts';
import { looksLikeTime } from '../../import/time/time-candidates.ts';
import type { RawSamples } from './raw-samples.ts';

const ROWS = 200;
const MOSTLY = 0.8;
/** Digits with the signs of a date or a clock between them, or as many as a date has; an age or an amount has neither. */
const DATED = /\d[-/:]\d|\d\.\d+\.\d|\d{8}/;
const WORD = /\p{L}{3,}/u;
const TIME_NAME = /date|time|datum|zeit|stamp|fecha|heure|^(t|ts|ds|dt)$/i;

function holdsTimes({ names, rows }: RawSamples, column: number): boolean {
  const values = rows
    .slice(0, ROWS)
    .map((row) => (row[column] ?? '').trim())
    .filter((text) => !isMissing(text));
  const isNamed = TIME_NAME.test(names[column] ?? '');
  const times = values.filter(
    (text) => (DATED.test(text) && looksLikeTime(text)) || (isNamed && DATED.test(text) && !WORD.test(text)),
  );
  return values.length > 0 && times.length >= MOSTLY * values.length;
}

/** `raw`: as the form gave it. */
export function isRatherOfTimes(raw: RawSamples, { input, label, value, classes }: SamplesInfo): boolean {
  if (raw.input !== undefined || Object.keys(raw.roles).length > 0) return false;
  if (raw.rows.length < 2) return true;
  const isOneClass = label !== null && value === undefined && classes.length === 1;
  const times = raw.names.filter((_, column) => holdsTimes(raw, column));
  const areTimes = (name: string | null | undefined) => name != null && times.includes(name);
  const isOfNumbers = input === null || !raw.names.includes(input);
  return isOneClass || areTimes(input) || areTimes(label) || (isOfNumbers && times.length > 0);
}
