// Rows of one season by the step between rows: a day of rows within a day, a year of weekly or monthly ones.

const DAY_SECONDS = 86_400;

/** Null for steps that do not divide a day, are shorter than a minute, or a day and longer except a week. */
export function seasonOfSeconds(seconds: number): number | null {
  if (seconds === 7 * DAY_SECONDS) return 52;
  const season = DAY_SECONDS / seconds;
  return seconds >= 60 && season > 1 && Number.isInteger(season) ? season : null;
}

/** Null for steps that do not divide a year. */
export const seasonOfMonths = (months: number): number | null =>
  months < 12 && 12 % months === 0 ? 12 / months : null;
