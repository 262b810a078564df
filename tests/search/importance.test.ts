import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Space } from '../../engine/contract/studies/search.ts';
import { importanceOf, type RankedValues } from '../../engine/search/importance.ts';

interface Golden {
  readonly space: Space;
  readonly cases: readonly { trials: RankedValues[]; shares: Record<string, number> }[];
}

const golden = (): Golden =>
  JSON.parse(readFileSync(new URL('../golden/search/importance.json', import.meta.url), 'utf8'));

test('PED-ANOVA is that of Optuna, with fields that only some trials have', () => {
  const { space, cases } = golden();
  for (const { trials, shares } of cases) {
    const found = importanceOf(space, trials);
    expect(found.map(({ path }) => path).toSorted()).toEqual(Object.keys(shares).toSorted());
    for (const { path, share } of found) expect(share, path).toBeCloseTo(shares[path]!, 9);
    expect(found.map(({ share }) => share)).toEqual(
      found.map(({ share }) => share).toSorted((a, b) => b - a),
    );
  }
});

test('nothing is said where the best are all there are', () => {
  const { space, cases } = golden();
  const { trials } = cases[0]!;
  expect(importanceOf(space, [])).toEqual([]);
  expect(importanceOf(space, trials.slice(0, 1))).toEqual([]);
  expect(
    importanceOf(
      space,
      trials.map((trial) => ({ ...trial, rank: 1 })),
    ),
  ).toEqual([]);
});
