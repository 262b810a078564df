// Meter data of Australia (NEM12): line 200 names meter, register and interval length, lines 300 hold a day of values each. Source: AEMO,
// "Meter Data File Format Specification NEM12 & NEM13".
import type { LineShape, LineTable } from '../line-shape.ts';

const MINUTES_PER_DAY = 1440;
const two = (value: number): string => String(value).padStart(2, '0');

export const nem12: LineShape = {
  id: 'nem12',
  async find(head): Promise<LineTable | null> {
    if (!head[0]?.startsWith('100,NEM12') && !(head[0]?.startsWith('200,') && head[1]?.startsWith('300,')))
      return null;
    let series = '';
    let unit = '';
    let step = 30;
    return {
      names: ['time', 'meter', 'value', 'quality'],
      notes: [
        'The file is meter data of the form NEM12: each value of the lines 300 became a row at the beginning of its interval; lines of other kinds were not taken for rows.',
      ],
      seriesColumn: 'meter',
      *rows(line) {
        const fields = line.split(',').map((text) => text.trim());
        if (fields[0] === '200') {
          unit = fields[7] ?? '';
          series = [fields[1], fields[4] || fields[3], unit].filter(Boolean).join(' ');
          step = Number(fields[8]) || 30;
        }
        if (fields[0] !== '300') return;
        const [, day = ''] = fields;
        const count = MINUTES_PER_DAY / step;
        const date = `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6, 8)}`;
        const quality = fields[2 + count] ?? '';
        for (let i = 0; i < count; i++) {
          const at = i * step;
          yield [`${date} ${two(Math.floor(at / 60))}:${two(at % 60)}`, series, fields[2 + i] ?? '', quality];
        }
      },
    };
  },
};
