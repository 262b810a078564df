// Times of the steps of a series that says its start and its frequency in a word.
const MINUTE_MS = 60_000;
const STEPS: readonly (readonly [RegExp, number])[] = [
  [/^10_minutes$/, 10 * MINUTE_MS],
  [/^(half_hourly|30_minutes)$/, 30 * MINUTE_MS],
  [/^15_minutes$/, 15 * MINUTE_MS],
  [/^minutely$/, MINUTE_MS],
  [/^4_seconds$/, 4_000],
  [/^hourly$/, 60 * MINUTE_MS],
  [/^daily$/, 1440 * MINUTE_MS],
  [/^weekly$/, 7 * 1440 * MINUTE_MS],
];
const MONTHS: Readonly<Record<string, number>> = { monthly: 1, quarterly: 3, yearly: 12 };

const iso = (date: Date): string => date.toISOString().slice(0, 19).replace('T', ' ');

/** Time of step `i` from a start; null where the frequency is none that is known. */
export function stepTime(start: string, frequency: string): ((i: number) => string) | null {
  const [, day, h = '00', m = '00', s = '00'] =
    /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2})[-:](\d{2})(?:[-:](\d{2}))?)?/.exec(start.trim()) ?? [];
  if (day === undefined) return null;
  const at = new Date(`${day}T${h}:${m}:${s}Z`);
  const stepMs = STEPS.find(([name]) => name.test(frequency))?.[1];
  if (stepMs !== undefined) return (i) => iso(new Date(at.getTime() + i * stepMs));
  const months = MONTHS[frequency];
  if (months === undefined) return null;
  return (i) => {
    const month = at.getUTCMonth() + i * months;
    const days = new Date(Date.UTC(at.getUTCFullYear(), month + 1, 0)).getUTCDate();
    return iso(
      new Date(
        Date.UTC(
          at.getUTCFullYear(),
          month,
          Math.min(days, at.getUTCDate()),
          Number(h),
          Number(m),
          Number(s),
        ),
      ),
    );
  };
}
