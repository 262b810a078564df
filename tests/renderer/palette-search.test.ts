// What the palette offers for what is typed.
import { expect, test } from 'vitest';
import { findCommands, namedBy } from '../../renderer/app/palette-search.ts';

test.each([
  ['run 12', 'run-12'],
  ['Run #12', 'run-12'],
  ['#12', 'run-12'],
  ['12', 'run-12'],
  ['run 012', 'run-12'],
  ['s3', 'study-3'],
  ['study 3', 'study-3'],
  ['study s3', 'study-3'],
  ['run 12 x', null],
  ['run', null],
])('%j names %j', (query, id) => {
  expect(namedBy(query)).toBe(id);
});

test('a number comes first, before newer runs that hold its digits; several words must all occur', () => {
  const commands = [129, 128, 12].map((id) => ({
    id: `run-${id}`,
    label: `${id} CO2 gru`,
    description: `Run ${id}, ${id === 128 ? 'failed' : 'completed'}, co2`,
  }));
  const found = (query: string) => findCommands(query, commands).map(({ id }) => id);
  expect(found('run 12')).toEqual(['run-12', 'run-129', 'run-128']);
  expect(found('failed gru')).toEqual(['run-128']);
  expect(found('')).toHaveLength(3);
  expect(found('settings')).toEqual([]);
});
