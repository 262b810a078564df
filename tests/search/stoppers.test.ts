// Stoppers: ASHA decides as Optuna and as the paper's algorithm do; limits are medians.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { asha } from '../../engine/search/stoppers/asha.ts';
import { median } from '../../engine/search/stoppers/median.ts';
import type { TrialCurve } from '../../engine/search/stoppers/stopper.ts';

type Curve = { -readonly [Key in keyof TrialCurve]: TrialCurve[Key] } & { best: number[] };

interface Golden {
  readonly minEpochs: number;
  readonly factor: number;
  readonly epochs: number;
  /** Trial, its lowest loss so far, and 1 where Optuna stopped it there. */
  readonly reports: readonly (readonly [number, number, 0 | 1])[];
}

const golden = (): Golden[] =>
  JSON.parse(readFileSync(new URL('../golden/search/asha.json', import.meta.url), 'utf8'));

test('ASHA: a trial trains on at a rung exactly where that of Optuna does', () => {
  let decisions = 0;
  for (const { minEpochs, factor, epochs, reports } of golden()) {
    const options = { kind: 'asha', minEpochs, factor } as const;
    const curves = new Map<number, Curve>();
    const rungs = new Set<number>();
    for (let rung = minEpochs; rung < epochs; rung *= factor) rungs.add(rung);
    for (const [trial, loss, stopped] of reports) {
      const curve: Curve = curves.get(trial) ?? { trial, best: [], state: 'active' };
      curves.set(trial, curve);
      curve.best.push(loss);
      if (curve.best.length === epochs) curve.state = 'ended';
      if (!rungs.has(curve.best.length)) continue;
      curve.state = 'held';
      const resumed = asha.promote([...curves.values()], options).some((one) => one.trial === trial);
      const there = [...curves.values()].filter(({ best }) => best.length >= curve.best.length).length;
      // Optuna cannot hold a trial, so it never stops the best of fewer than `factor`; ours waits for more.
      expect(resumed).toBe(stopped === 0 && there >= factor);
      if (stopped === 0) curve.state = 'active';
      decisions++;
    }
  }
  expect(decisions).toBeGreaterThan(800);
});

/** Li et al. 2020, algorithm 2, `get_job`: which trial is to train next, to which rung. */
function jobOfPaper(rungs: readonly Map<number, number>[], held: ReadonlySet<number>, factor: number) {
  for (let k = rungs.length - 2; k >= 0; k--) {
    const losses = [...rungs[k]!].toSorted((a, b) => a[1] - b[1]);
    const top = losses.slice(0, Math.floor(losses.length / factor)).map(([trial]) => trial);
    const promotable = top.filter((trial) => !rungs[k + 1]!.has(trial) && held.has(trial));
    if (promotable.length > 0) return { trial: promotable[0]!, rung: k + 1 };
  }
  return null;
}

test('ASHA: held trials are resumed in the order of the algorithm of the paper, late ones too', () => {
  const options = { kind: 'asha', minEpochs: 1, factor: 2 } as const;
  const epochsOf = (rung: number): number => 2 ** rung;
  let promotions = 0;
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 10, maxLength: 60 }),
      (draws) => {
        const rungs = Array.from({ length: 4 }, () => new Map<number, number>());
        const curves = new Map<number, Curve>();
        const held = new Set<number>();
        for (const [index, draw] of draws.entries()) {
          // Distinct losses: the paper says nothing of equal ones.
          const loss = draw + index * 1e-9;
          const job = jobOfPaper(rungs, held, options.factor);
          const [first] = asha.promote([...curves.values()], options);
          expect(first?.trial ?? null).toBe(job?.trial ?? null);
          if (job !== null) promotions++;
          if (first !== undefined) expect(first.hold).toEqual({ afterEpoch: epochsOf(job!.rung) });
          const trial = job?.trial ?? curves.size + 1;
          const rung = job?.rung ?? 0;
          const curve: Curve = curves.get(trial) ?? { trial, best: [], state: 'held' };
          curves.set(trial, curve);
          const best = Math.min(loss, curve.best.at(-1) ?? Infinity);
          while (curve.best.length < epochsOf(rung)) curve.best.push(best);
          rungs[rung]!.set(trial, best);
          held.add(trial);
          // At the top it has come to its end.
          if (rung === 3) curve.state = 'ended';
        }
      },
    ),
    { numRuns: 60, seed: 5 },
  );
  expect(promotions).toBeGreaterThan(100);
});

describe('ASHA', () => {
  const options = { kind: 'asha', minEpochs: 2, factor: 2 } as const;
  const curve = (trial: number, best: number[], state: TrialCurve['state'] = 'held'): TrialCurve => ({
    trial,
    best,
    state,
  });

  test('does not depend on the order of the trials, and holds a new one at the first rung', () => {
    const trials = [curve(1, [5, 4]), curve(2, [3, 3]), curve(3, [9, 1]), curve(4, [2, 2])];
    const promoted = asha.promote(trials, options);
    expect(promoted).toEqual([3, 4].map((trial) => ({ trial, hold: { afterEpoch: 4 } })));
    expect(asha.promote(trials.toReversed(), options)).toEqual(promoted);
    expect(asha.begin(trials, options)).toEqual({ afterEpoch: 2 });
  });

  test('a trial that ended early counts with what it reached, one that diverged as the worst, one that trains not yet', () => {
    const held = curve(1, [4, 4]);
    expect(asha.promote([held, curve(2, [5], 'active')], options)).toEqual([]);
    expect(asha.promote([held, curve(2, [5], 'ended')], options)).toHaveLength(1);
    expect(asha.promote([held, curve(2, [3], 'ended')], options)).toEqual([]);
    expect(asha.promote([held, curve(2, [], 'ended')], options)).toHaveLength(1);
  });
});

test('median: the limits are those of the trials that ended before, after the warm-up', () => {
  const options = { kind: 'median', startup: 3, warmup: 1 } as const;
  const ended = [
    [4, 3, 2],
    [5, 1],
    [6, 5, 4],
    [1, 0.5, 0.25],
  ].map((best, index) => ({
    trial: index + 1,
    best,
    state: index === 1 ? ('held' as const) : ('ended' as const),
  }));
  expect(median.begin(ended.slice(0, 2), options)).toBeNull();
  expect(median.begin(ended, options)).toEqual({ limits: [null, 2, 2] });
  const active = { trial: 5, best: [9, 9, 9], state: 'active' as const };
  expect(median.begin([...ended, active], options)).toEqual({ limits: [null, 2, 2] });
});
