// Some damaged tables of `npm run fuzz -- import`, always the same ones.
import { expect, test } from 'vitest';
import { fuzzImport } from '../../fuzz/import.ts';

const FILES = 150;
const PARTS = 3;

test.concurrent.each([...Array(PARTS).keys()])('damaged tables, part %i', async (part) => {
  const { read, refused, findings } = await fuzzImport(18, FILES / PARTS, (part * FILES) / PARTS);
  expect(findings).toEqual([]);
  expect(read).toBeGreaterThan(FILES / PARTS / 10);
  expect(read + refused).toBe(FILES / PARTS);
});
