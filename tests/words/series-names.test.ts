// The sentence that names series, for window and command line.
import { expect, it } from 'vitest';
import { seriesNames } from '../../engine/words/series-names.ts';
import { cannedDataset } from '../hosts/cli/canned.ts';

const { recipe, seriesInfo } = cannedDataset();
const bySeries = (column: string | null, names: readonly string[]) => ({
  recipe: { ...recipe, seriesColumn: column },
  seriesInfo: names.map((name) => ({ ...seriesInfo[0]!, name })),
});

it('names every series where they are few', () => {
  expect(seriesNames(bySeries('city', ['Bonn']))).toBe('Series by city: Bonn');
  expect(seriesNames(bySeries('city', ['a', 'b', 'c', 'd', 'e', 'f']))).toBe(
    'Series by city: a, b, c, d, e, f',
  );
});

it('names the first six of many and counts the rest', () => {
  const names = Array.from({ length: 1240 }, (_, index) => `s${index}`);
  expect(seriesNames(bySeries('id', names.slice(0, 7)))).toBe(
    'Series by id: s0, s1, s2, s3, s4, s5 and 1 more',
  );
  expect(seriesNames(bySeries('id', names))).toBe('Series by id: s0, s1, s2, s3, s4, s5 and 1,234 more');
});

it('shows column and names as the caller can', () => {
  expect(seriesNames(bySeries('city', ['Bonn']), (name) => name.toUpperCase())).toBe('Series by CITY: BONN');
});

it('says nothing where no column names series', () => {
  expect(seriesNames(bySeries(null, ['sp500']))).toBeNull();
});
