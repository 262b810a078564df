import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  createScale,
  extent,
  labelMiddle,
  linearTicks,
  logTicks,
  padded,
  tickLabels,
  valueTicks,
  wholeTicks,
} from '../../renderer/charts/scales.ts';
import { timeTicks } from '../../renderer/charts/time-ticks.ts';

describe('scales', () => {
  test.each([
    ['linear', [0, 10], 5, 150],
    ['linear', [10, 20], 20, 100],
    ['log', [1, 100], 10, 150],
  ] as const)('%s %j: %d is at pixel %d of 200 to 100', (kind, domain, value, pixel) => {
    expect(createScale(kind, domain, 200, 100).toPixel(value)).toBeCloseTo(pixel, 9);
  });

  test('there and back is the same value', () => {
    const value = fc.double({ min: 0.001, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(value, value, value, fc.constantFrom('linear', 'log'), (a, b, at, kind) => {
        fc.pre(Math.abs(a - b) > 1e-3 * Math.max(a, b));
        const scale = createScale(kind, [Math.min(a, b), Math.max(a, b)], 0, 600);
        expect(scale.toValue(scale.toPixel(at)) / at).toBeCloseTo(1, 4);
      }),
      { seed: 1 },
    );
  });

  test('values that cannot be drawn do not count', () => {
    expect(extent([[1, Number.NaN, 3, Number.POSITIVE_INFINITY]])).toEqual([1, 3]);
    expect(extent([[-5, 0, 2, 8]], 'log')).toEqual([2, 8]);
    expect(extent([[Number.NaN], []])).toBeNull();
  });

  test('of nothing but zeros no room is left below', () => {
    const [low, high] = padded([0, 0], 'linear');
    expect(linearTicks([low, high], 5)[0]).toBe(0);
    expect(high).toBe(1);
  });

  test('a constant has room around it, also when its mean differs in the last bit', () => {
    const [low, high] = padded([0.001, 0.001 + 1e-19], 'linear');
    expect(high - low).toBeGreaterThan(5e-5);
    expect(linearTicks([low, high], 5).length).toBeLessThan(20);
  });
});

describe('ticks', () => {
  test.each([
    [[0, 10], 5, [0, 2, 4, 6, 8, 10]],
    [[0.1, 0.3], 4, [0.1, 0.15, 0.2, 0.25, 0.3]],
    [[-3, 3], 3, [-2, 0, 2]],
    [[5, 5], 3, [5]],
  ] as const)('%j with about %d: %j', (domain, count, ticks) => {
    expect(linearTicks(domain, count)).toEqual(ticks);
  });

  test('never too many and always inside', () => {
    const value = fc.double({ min: -1e12, max: 1e12, noNaN: true });
    fc.assert(
      fc.property(value, value, fc.integer({ min: 1, max: 30 }), (a, b, count) => {
        const domain = [Math.min(a, b), Math.max(a, b)] as const;
        const ticks = linearTicks(domain, count);
        const room = (domain[1] - domain[0]) * 1e-6;
        expect(ticks.length).toBeLessThanOrEqual(count + 1);
        for (const tick of ticks) expect(tick >= domain[0] - room && tick <= domain[1] + room).toBe(true);
      }),
      { seed: 2 },
    );
  });

  test.each([
    ['linear', [-1, 4.2], [0, 2, 4]],
    ['linear', [0.02, 0.94], [0.2, 0.4, 0.6, 0.8]],
    ['linear', [0.4, 5.2], [2, 4]],
    ['log', [0.03, 0.4], [0.03, 0.1, 0.3]],
    ['log', [0.07, 0.6], [0.1, 0.3]],
    ['log', [0.01, 100], [0.01, 1, 100]],
    ['linear', [5, 5], [5]],
  ] as const)(
    'a %s axis of values from %j has at least two, even where it is low: %j',
    (kind, domain, ticks) => {
      expect(valueTicks(kind, domain, 2)).toEqual(ticks);
    },
  );

  test('every axis of values has two at least, and few', () => {
    const value = fc.double({ min: 1e-6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(value, value, fc.constantFrom('linear', 'log'), (a, b, kind) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        fc.pre(high > low * 1.01);
        const ticks = valueTicks(kind, [low, high], 2);
        expect(ticks.length).toBeGreaterThanOrEqual(2);
        expect(ticks.length).toBeLessThanOrEqual(6);
        for (const tick of ticks) expect(tick >= low * 0.999 && tick <= high * 1.001).toBe(true);
      }),
      { seed: 3 },
    );
  });

  test('powers of ten on a logarithmic axis', () => {
    expect(logTicks([0.001, 100], 6)).toEqual([0.001, 0.01, 0.1, 1, 10, 100]);
    expect(logTicks([0.5, 20], 12)).toEqual([0.5, 1, 2, 5, 10, 20]);
  });

  test('as many decimals as the steps ask for', () => {
    expect(tickLabels([0, 0.05, 0.1])).toEqual(['0.00', '0.05', '0.10']);
    expect(tickLabels([-1000, 0, 1000])).toEqual(['−1,000', '0', '1,000']);
    expect(tickLabels([0, 2e9])).toEqual(['0', '2e9']);
    expect(tickLabels([1e-6, 1e-4, 0.01, 1])).toEqual(['1e−6', '1e−4', '0.01', '1']);
    expect(tickLabels([1e-5, 1e-3])).toEqual(['0.00001', '0.001']);
    expect(tickLabels([0.001, 0.01, 0.1])).toEqual(['0.001', '0.01', '0.1']);
  });

  test('times on calendar boundaries, in UTC', () => {
    const us = (text: string) => Date.parse(`${text}Z`) * 1000;
    const years = timeTicks([us('2000-02-01T00:00'), us('2010-02-01T00:00')], 6);
    expect(years.map(({ label }) => label)).toEqual(['2002', '2004', '2006', '2008', '2010']);
    const months = timeTicks([us('2011-10-15T00:00'), us('2012-03-15T00:00')], 5);
    expect(months.map(({ label }) => label)).toEqual(['Nov', 'Dec', '2012', 'Feb', 'Mar']);
    const hours = timeTicks([us('2024-03-10T20:00'), us('2024-03-11T09:00')], 5);
    expect(hours.map(({ label }) => label)).toEqual(['21:00', '11 Mar', '03:00', '06:00', '09:00']);
  });
});

test.each([
  [[1, 3], 11, [1, 2, 3]],
  [[0, 24], 5, [0, 5, 10, 15, 20]],
  [[0, 1], 8, [0, 1]],
  [[4.2, 4.8], 8, []],
] as const)('what is counted in %j has ticks at whole numbers only', (domain, count, ticks) => {
  expect(wholeTicks(domain, count)).toEqual(ticks);
});

test.each([
  [50, '13 Jan', 50],
  [97, '13 Jan', 80.8],
  [2, '06:00', 16],
])('a label at pixel %d lies inside the chart: %s', (at, text, middle) => {
  expect(labelMiddle(at, text, 100)).toBeCloseTo(middle, 9);
});
