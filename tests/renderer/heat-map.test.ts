// The pixels of a heat map: which cell a pixel shows, and in which colour.
import { describe, expect, test } from 'vitest';
import { colorTable, gradientOf } from '../../engine/words/color-tables.ts';
import { cellAt, cellsOfPixels, heatImage } from '../../renderer/charts/heat-image.ts';
import { createScale } from '../../renderer/charts/scales.ts';

/** 0 to 1, as eyes see it, roughly. */
const brightness = (pixel: number): number =>
  (0.2126 * (pixel & 255) + 0.7152 * ((pixel >>> 8) & 255) + 0.0722 * ((pixel >>> 16) & 255)) / 255;

describe('colours', () => {
  test.each(['light', 'dark'] as const)(
    'the middle is the ground, and both ends stand out (%s)',
    (scheme) => {
      const table = colorTable('diverging', scheme);
      expect(table).toHaveLength(257);
      const contrast = (step: number) => Math.abs(brightness(table[step]!) - brightness(table[128]!));
      expect(table[128]).toBe(scheme === 'light' ? 0xffffffff : 0xff1c1914);
      for (const end of [0, 256]) expect(contrast(end)).toBeGreaterThan(0.5);
      // Blue below, orange above.
      expect((table[60]! >>> 16) & 255).toBeGreaterThan(table[60]! & 255);
      expect(table[195]! & 255).toBeGreaterThan((table[195]! >>> 16) & 255);
    },
  );

  test('a sequence of colours goes from the ground to the strongest without turning', () => {
    const steps = Array.from(colorTable('sequential', 'light'), brightness);
    expect(steps.every((value, step) => step === 0 || value <= steps[step - 1]! + 0.01)).toBe(true);
    expect(gradientOf('sequential', 'light')).toMatch(/^linear-gradient\(to right, rgb\(255 255 255\), /);
  });
});

describe('cells', () => {
  // The second cell is twice as wide; between 4 and 5 there is none.
  const spans = { from: [0, 1, 5], to: [1, 4, 6] };

  test('a pixel shows the cell that its middle lies in', () => {
    const cells = cellsOfPixels(spans, createScale('linear', [0, 8], 0, 8), 8);
    expect(Array.from(cells)).toEqual([0, 1, 1, 1, -1, 2, -1, -1]);
    expect(cellAt(spans, 3.99)).toBe(1);
    expect(cellAt(spans, 4.5)).toBeUndefined();
  });

  test('values beyond the range have the last colours, and no value has none', () => {
    const table = Uint32Array.of(10, 20, 30);
    const values = [
      [-9, 0, 9],
      [Number.NaN, -1, 1],
    ];
    const image = heatImage(values, Int32Array.of(0, 1, 2, -1), { low: -1, high: 1 }, table);
    expect(Array.from(image)).toEqual([10, 20, 30, 0, 0, 10, 30, 0]);
  });
});
