// A column that never changes tells a model nothing.
import { countText } from '../../count-text.ts';
import type { ColumnCheck } from '../check.ts';

export const constant: ColumnCheck = {
  id: 'constant',
  find({ column, values }) {
    const first = values.find((value) => !Number.isNaN(value));
    if (first === undefined || values.length < 2) return null;
    let known = 0;
    for (const value of values) {
      if (Number.isNaN(value)) continue;
      if (value !== first) return null;
      known++;
    }
    if (known < 2) return null;
    return {
      spans: [{ from: 0, to: values.length }],
      count: known,
      words: `is ${first} in all of its ${countText(known)} rows`,
      remedy: { words: 'leave the column out', options: { drop: [column] } },
    };
  },
};
