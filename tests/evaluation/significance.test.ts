// Tests of significance against numpy and scipy (golden/significance.py); the paired bootstrap against what it must cover.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { autocorrelation } from '../../engine/evaluation/significance/autocorrelation.ts';
import { dieboldMariano, holm } from '../../engine/evaluation/significance/diebold-mariano.ts';
import { pairedBootstrap } from '../../engine/evaluation/significance/paired-bootstrap.ts';
import { twoSidedT, upperChiSquared } from '../../engine/evaluation/significance/student-t.ts';
import { makeRandom } from '../data/made-series.ts';

interface Golden {
  readonly cases: readonly {
    differences: number[];
    steps: number;
    statistic: number;
    p: number;
    rho: number[];
    q: number;
    qp: number;
  }[];
  readonly tails: readonly [number, number, number][];
  readonly chi: readonly [number, number, number][];
  readonly holm: { readonly raw: number[]; readonly adjusted: number[] };
}
const golden = JSON.parse(
  readFileSync(new URL('golden/significance.json', import.meta.url), 'utf8'),
) as Golden;

test('tails of Student and chi-squared', () => {
  for (const [t, freedom, p] of golden.tails) expect(twoSidedT(t, freedom) / p).toBeCloseTo(1, 9);
  for (const [value, freedom, p] of golden.chi) expect(upperChiSquared(value, freedom) / p).toBeCloseTo(1, 9);
});

test.each(golden.cases)('Diebold-Mariano and Ljung-Box, $steps steps ahead', (wanted) => {
  const differences = Float64Array.from(wanted.differences);
  const found = dieboldMariano(differences, wanted.steps)!;
  expect(found.statistic).toBeCloseTo(wanted.statistic, 8);
  expect(found.pValue).toBeCloseTo(wanted.p, 9);
  const { values, statistic, pValue } = autocorrelation(differences, 10);
  wanted.rho.forEach((rho, index) => {
    expect(values[index]).toBeCloseTo(rho, 9);
  });
  expect(statistic / wanted.q).toBeCloseTo(1, 9);
  expect(pValue).toBeCloseTo(wanted.qp, 9);
});

test('Holm, equal losses, and too few origins', () => {
  expect(holm(golden.holm.raw)).toEqual(golden.holm.adjusted.map((p) => expect.closeTo(p, 12)));
  expect(dieboldMariano(new Float64Array(50), 3)).toMatchObject({ statistic: 0, pValue: 1 });
  expect(dieboldMariano(new Float64Array(50).fill(1), 3)).toMatchObject({ pValue: 0 });
  expect(dieboldMariano(new Float64Array(23), 12)).toBeNull();
});

test('the bootstrap covers a mean, is wider for seeds that disagree, and is the same each time', () => {
  const uniform = makeRandom(3);
  const noise = () => Float64Array.from({ length: 200 }, () => uniform() - 0.5);
  const agreeing = [noise(), noise(), noise()];
  const one = pairedBootstrap(agreeing, 4, makeRandom(1));
  expect(one.low).toBeLessThan(0.05);
  expect(one.high).toBeGreaterThan(-0.05);
  expect(pairedBootstrap(agreeing, 4, makeRandom(1))).toEqual(one);
  const disagreeing = agreeing.map((values, seed) => values.map((value) => value + seed - 1));
  const other = pairedBootstrap(disagreeing, 4, makeRandom(1));
  expect(other.high - other.low).toBeGreaterThan(5 * (one.high - one.low));
});
