import { describe, expect, test } from 'vitest';
import { shareCell, shareText } from '../../engine/words/share-text.ts';

describe('A share as a percentage', () => {
  test.each([
    [0, '0 %', '0.0 %'],
    [1e-9, 'less than 0.1 %', '<0.1 %'],
    [0.0004, 'less than 0.1 %', '<0.1 %'],
    [0.0006, '0.1 %', '0.1 %'],
    [0.125, '12.5 %', '12.5 %'],
    [0.9, '90 %', '90.0 %'],
    [0.9994, '99.9 %', '99.9 %'],
    [0.9996, 'more than 99.9 %', '>99.9 %'],
    [1, '100 %', '100.0 %'],
    [Number.NaN, 'NaN %', 'NaN %'],
  ])('%s', (share, sentence, cell) => {
    expect(shareText(share)).toBe(sentence);
    expect(shareCell(share)).toBe(cell);
  });

  test('is not written as none or all of it whatever the decimals', () => {
    expect(shareText(0.004, 0)).toBe('less than 1 %');
    expect(shareText(0.996, 0)).toBe('more than 99 %');
    expect(shareCell(0.00004, 2)).toBe('<0.01 %');
    expect(shareCell(0.99996, 2)).toBe('>99.99 %');
  });
});
