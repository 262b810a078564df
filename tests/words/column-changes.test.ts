import { expect, test } from 'vitest';
import { columnWarnings } from '../../engine/words/column-changes.ts';

const numeric = (...names: string[]) => names.map((name) => ({ name, kind: 'numeric' as const }));
const category = (...names: string[]) => names.map((name) => ({ name, kind: 'category' as const }));
const END = 'cannot be repeated with this version.';

test.each([
  ['nothing', numeric('a', 'b'), numeric('b', 'a'), []],
  ['only new columns', numeric('a'), numeric('a', 'b'), []],
  ['one missing', numeric('temp', 'rain'), numeric('rain'), [`temp is missing; runs that use it ${END}`]],
  ['two', numeric('a', 'b'), numeric(), [`a and b are missing; runs that use them ${END}`]],
  [
    'many',
    numeric(...'abcdefgh'),
    numeric(),
    [`a, b, c, d, e, f and 2 more are missing; runs that use them ${END}`],
  ],
  [
    'perhaps a new name',
    numeric('temp'),
    numeric('temperature'),
    [`temp is missing (temperature is new; is it the same?); runs that use it ${END}`],
  ],
  [
    'no new name, since it holds something else',
    numeric('temp'),
    category('sky'),
    [`temp is missing; runs that use it ${END}`],
  ],
  [
    'which of two new names cannot be told',
    numeric('temp'),
    numeric('low', 'high'),
    [`temp is missing; runs that use it ${END}`],
  ],
  [
    'another kind',
    numeric('rain', 'temp'),
    [...category('rain')],
    [
      `temp is missing; runs that use it ${END}`,
      `rain held numbers and holds words now; runs that use it ${END}`,
    ],
  ],
  [
    'case counts',
    numeric('Temp', 'rain'),
    numeric('rain', 'temp', 'wind'),
    [`Temp is missing; runs that use it ${END}`],
  ],
])('%s', (_, before, after, warnings) => {
  expect(columnWarnings(before, after)).toEqual(warnings);
});

test('names are shown as the caller can', () => {
  expect(columnWarnings(numeric('a\nb'), [], (name) => name.replace('\n', ' '))).toEqual([
    `a b is missing; runs that use it ${END}`,
  ]);
});
