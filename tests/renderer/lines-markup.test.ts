// A chart written as SVG shows what its canvas shows: bands, lines with their gaps, and whole dots at the ends of the axis.
import { expect, test } from 'vitest';
import { linesMarkup } from '../../renderer/charts/lines-markup.ts';
import { createScale } from '../../renderer/charts/scales.ts';

const source = (line: object) => ({
  lines: [{ id: 'a', label: 'a', color: '--a', x: [0, 1, 2, 3], y: [1, Number.NaN, 3, 4], ...line }],
  x: createScale('linear', [0, 3], 0, 30),
  y: createScale('linear', [0, 4], 40, 0),
  bleed: 3,
});
const box = { x: 10, y: 20, width: 36, height: 46 };
const markup = (line: object) => linesMarkup(source(line), box, (token) => `colour of ${token}`);

test('a line breaks where a value is not known', () => {
  expect(markup({})).toContain('d="M0 30M20 10L30 0"');
});

test('lines end with the plot, dots at its ends lie on the frame', () => {
  const drawn = markup({ dots: true });
  expect(drawn).toContain('<svg x="13" y="23" width="30" height="40" overflow="hidden">');
  expect([...drawn.matchAll(/<circle cx="([\d.]+)" cy="([\d.]+)"/g)].map(([, x, y]) => [x, y])).toEqual([
    ['13', '53'],
    ['33', '33'],
    ['43', '23'],
  ]);
});

test('bars stand on 0, also those below it; what is not known has none', () => {
  const drawn = markup({ bars: 0.5, y: [1, Number.NaN, 4, -1] });
  expect(drawn).not.toContain('<path');
  expect(
    [...drawn.matchAll(/<rect x="([\d.-]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"/g)].map((rect) =>
      rect.slice(1),
    ),
  ).toEqual([
    ['-2.5', '30', '5', '10'],
    ['17.5', '0', '5', '40'],
    ['27.5', '40', '5', '10'],
  ]);
});

test('a band goes along the largest values and back along the smallest', () => {
  const drawn = markup({ min: [0, Number.NaN, 2, 3], max: [2, Number.NaN, 4, 4] });
  expect(drawn).toContain('d="M0 20L0 40ZM20 0L30 0L30 10L20 20Z" fill="colour of --a"');
});
