// Files of the Monash archive (TSF): one series a line, its attributes and then its values between commas, behind colons.
import type { LineShape, LineTable } from '../line-shape.ts';

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

export const tsf: LineShape = {
  id: 'tsf',
  async find(head): Promise<LineTable | null> {
    if (
      !head.some((line) => /^@frequency\b/i.test(line)) &&
      !head.some((line) => /^@attribute\s+series_name/i.test(line))
    )
      return null;
    const attributes = head.flatMap((line) => /^@attribute\s+(\S+)/i.exec(line)?.[1] ?? []);
    const frequency =
      head.flatMap((line) => /^@frequency\s+(\S+)/i.exec(line)?.[1]?.toLowerCase() ?? [])[0] ?? '';
    const startAt = attributes.findIndex((name) => /^start/i.test(name));
    let isData = false;
    const first = head.find((_, i) => /^@data\b/i.test(head[i - 1] ?? ''))?.split(':') ?? [];
    const hasTimes = startAt >= 0 && stepTime(first[startAt] ?? '', frequency) !== null;
    return {
      names: [hasTimes ? 'time' : 'step', 'series', 'value'],
      notes: [
        hasTimes
          ? `Each line is a series (TSF), from its start on, ${frequency.replaceAll('_', ' ')}.`
          : 'Each line is a series (TSF) without a known frequency: its values became steps from 1 on.',
      ],
      seriesColumn: 'series',
      *rows(line) {
        const text = line.trim();
        if (isData && text !== '' && !text.startsWith('#')) {
          const parts = text.split(':');
          const values = (parts.at(-1) ?? '').split(',');
          const timeOf = hasTimes ? stepTime(parts[startAt] ?? '', frequency) : null;
          const name = parts[0] ?? '';
          for (const [i, value] of values.entries()) yield [timeOf ? timeOf(i) : String(i + 1), name, value];
        }
        if (/^@data\b/i.test(text)) isData = true;
      },
    };
  },
};
