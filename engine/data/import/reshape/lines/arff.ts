// Files of Weka (ARFF): the columns are declared above the data.
import { splitRecord } from '../../source/record.ts';
import type { LineShape, LineTable } from '../line-shape.ts';

const ATTRIBUTE = /^@attribute\s+('[^']*'|"[^"]*"|\S+)/i;

export const arff: LineShape = {
  id: 'arff',
  async find(head): Promise<LineTable | null> {
    const said = head.filter((line) => line.trim() !== '' && !line.startsWith('%'));
    if (!/^@relation\b/i.test(said[0] ?? '')) return null;
    const names = said.flatMap((line) => ATTRIBUTE.exec(line.trim())?.[1]?.replace(/^['"]|['"]$/g, '') ?? []);
    let isData = false;
    return {
      names,
      notes: ['The file is an ARFF file: its columns are named by its lines @attribute.'],
      *rows(line) {
        const text = line.trim();
        if (isData && text !== '' && !text.startsWith('%')) {
          // Dates and words stand in either kind of quotes.
          yield splitRecord(text.replace(/(^|,)\s*'([^']*)'\s*(?=,|$)/g, '$1"$2"'), ',');
        }
        if (/^@data\b/i.test(text)) isData = true;
      },
    };
  },
};
