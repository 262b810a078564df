// Fields as formulas, `="2024-01-01"`: so written, a spreadsheet leaves texts and leading zeros as they are.
import { DELIMITERS } from '../../source/dialect.ts';
import { splitRecord } from '../../source/record.ts';
import type { LineShape, LineTable } from '../line-shape.ts';

const FORMULA = /(^|[,;\t|])\s*"?="{1,2}((?:[^"]|"{2}(?!"))*?)"{1,3}(?=\s*(?:[,;\t|]|$))/g;

export const equalQuotes: LineShape = {
  id: 'equal-quotes',
  async find(head): Promise<LineTable | null> {
    const lines = head.filter((line) => line.trim() !== '');
    const formulas = lines.filter((line) => line.match(FORMULA)).length;
    if (formulas < 2 || formulas * 10 < lines.length * 8) return null;
    const plain = (line: string) => line.replace(FORMULA, '$1"$2"');
    const [first = ''] = lines.slice(lines.length >> 1).map(plain);
    const delimiter = DELIMITERS.reduce((best, one) =>
      splitRecord(first, one).length > splitRecord(first, best).length ? one : best,
    );
    return {
      names: null,
      notes: ['Fields written as formulas (="5") were read as their texts.'],
      *rows(line) {
        if (line.trim() !== '') yield splitRecord(plain(line), delimiter);
      },
    };
  },
};
