// The filter of the table of rows, and times as people type them.
import { expect, test } from 'vitest';
import { parseFilter, testOf } from '../../../engine/data/explore/row-filter.ts';
import { timeOfText } from '../../../engine/words/time-text.ts';

const COLUMNS = [
  { name: 'load', categories: null },
  { name: 'wind speed', categories: null },
  { name: 'sky', categories: ['clear', 'half and half'] },
];
/** Which of some values of a column meet the filter's only condition. */
function meets(filter: string, values: readonly number[]): readonly number[] {
  const [condition, ...more] = parseFilter(filter, COLUMNS);
  expect(more).toEqual([]);
  const column = COLUMNS.find(({ name }) => name === condition!.column)!;
  return values.filter(testOf(condition!, column));
}

test('comparisons of numbers; a missing value meets none', () => {
  const values = [1, 2, 3, Number.NaN];
  expect(meets('load > 2', values)).toEqual([3]);
  expect(meets('load>=2', values)).toEqual([2, 3]);
  expect(meets('"load" != 2', values)).toEqual([1, 3]);
  expect(meets('load < -1e3', values)).toEqual([]);
  expect(meets('load is missing', values)).toEqual([Number.NaN]);
  expect(meets('load is known', values)).toEqual([1, 2, 3]);
});

test('names with blanks, words with "and", conditions that are joined', () => {
  expect(parseFilter('wind speed <= 3 AND sky = "half and half"', COLUMNS)).toEqual([
    { column: 'wind speed', operator: '<=', value: '3' },
    { column: 'sky', operator: '=', value: 'half and half' },
  ]);
  expect(meets('sky = clear', [0, 1])).toEqual([0]);
  expect(meets('sky != nothing', [0, 1, Number.NaN])).toEqual([0, 1]);
  expect(parseFilter('  ', COLUMNS)).toEqual([]);
});

test.each([
  ['load', 'no comparison'],
  ['load >', 'no comparison'],
  ['rain > 1', '"rain", which is none of load'],
  ['load > much', 'a column of numbers, with "much"'],
  ['sky > clear', 'a column of words, by ">"'],
  ['load is big', 'without "missing" or "known"'],
  ['load > 1 and', 'no comparison'],
  ['sky = "clear', 'a quote without an end'],
])('%s says what is wrong', (filter, words) => {
  expect(() => parseFilter(filter, COLUMNS)).toThrow(words);
});

test('times as they are typed', () => {
  const at = (text: string) => Date.parse(text) * 1000;
  expect(timeOfText('2024-05')).toBe(at('2024-05-01T00:00:00Z'));
  expect(timeOfText(' 2024-05-01 12:30 ')).toBe(at('2024-05-01T12:30:00Z'));
  expect(timeOfText('2024-05-01T12:30:15Z')).toBe(at('2024-05-01T12:30:15Z'));
  for (const text of ['', 'May', '2024-13', '2024-04-31', '2024-01-01 24:00'])
    expect(timeOfText(text)).toBeNull();
});
