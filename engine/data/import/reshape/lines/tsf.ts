// Files of the Monash archive (TSF): one series a line, its attributes and then its values between commas, behind colons.
import type { LineShape, LineTable } from '../line-shape.ts';
import { stepTime } from '../step-time.ts';

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
          : `Each line is a series (TSF) ${startAt < 0 ? 'that does not say when it starts' : 'without a known frequency'}: its values became steps from 1 on.`,
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
