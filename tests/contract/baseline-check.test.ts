// When a run is said to be worse than a baseline, and what is advised.
import { expect, test } from 'vitest';
import {
  baselineRemark,
  baselineWarning,
  headlineOf,
  isWorseThanBaseline,
  lostToBaseline,
} from '../../engine/contract/baseline-check.ts';
import type { RunDetail } from '../../engine/contract/run.ts';
import { cannedRun } from '../hosts/cli/canned.ts';

function scored(test: Readonly<Record<string, number>>, changes: Partial<RunDetail> = {}): RunDetail {
  const scores = Object.entries(test).map(([subject, value]) => {
    return { part: 'test', metric: 'mae', unit: 'original', target: null, subject, value, count: 9 } as const;
  });
  const { model, baseline = null } = headlineOf(scores, { metric: 'mae', unit: 'original' }) ?? {};
  return cannedRun({
    scores,
    testScore: model?.value ?? null,
    bestBaseline: baseline?.subject ?? null,
    bestBaselineScore: baseline?.value ?? null,
    ...changes,
  });
}

const piped = (...pipeline: RunDetail['configuration']['pipeline']): Partial<RunDetail> => ({
  configuration: { ...cannedRun().configuration, pipeline },
});

test.each([
  ['better than all', { model: 1, repeat: 2, 'seasonal-naive': 3 }, null],
  ['worse than the best only', { model: 2.5, 'seasonal-naive': 3, repeat: 2 }, 'repeat'],
  ['worse than both', { model: 4, repeat: 3, 'seasonal-naive': 2 }, 'seasonal-naive'],
  ['as good as the baseline, nearly', { model: 2.0009, repeat: 2 }, null],
  ['no number', { model: Number.NaN, repeat: 2 }, 'repeat'],
  ['a baseline without a number', { model: 1, repeat: Number.NaN }, null],
  ['a perfect baseline', { model: 0.1, repeat: 0 }, 'repeat'],
  ['no baseline', { model: 1 }, null],
  ['no scores', {}, null],
] as const)('%s', (_, scores, beatenBy) => {
  const run = scored(scores);
  expect(lostToBaseline(run)?.baseline.subject ?? null).toBe(beatenBy);
  // The list of runs says the same, also where a score that is no number came as null.
  expect(isWorseThanBaseline(run)).toBe(beatenBy !== null);
  const travelled = { ...run, testScore: Number.isFinite(run.testScore) ? run.testScore : null };
  expect(isWorseThanBaseline(travelled)).toBe(beatenBy !== null);
});

test('says nothing of a run that goes on, with the scores of the time before', () => {
  expect(lostToBaseline(scored({ model: 2, repeat: 1 }, { state: 'running' }))).toBeNull();
  expect(lostToBaseline(scored({ model: 2, repeat: 1 }, { state: 'stopped' }))).not.toBeNull();
  expect(baselineRemark(scored({ model: 2, repeat: 1 }, { state: 'running' }), String)).toBeNull();
});

test('is one sentence in the list of runs', () => {
  const said = (scores: Readonly<Record<string, number>>) => baselineRemark(scored(scores), String);
  expect(said({ model: 640.7, repeat: 37.9 })).toBe(
    'Worse than repeating the last value: 640.7 against 37.9 on the test part.',
  );
  expect(said({ model: Number.NaN, other: 1 })).toBe(
    'Worse than the baseline other: NaN against 1 on the test part.',
  );
  expect(said({ model: 1, repeat: 2 })).toBeNull();
});

test('names both scores and advises by what the pipeline lacks', () => {
  const said = (run: RunDetail) => baselineWarning(run, String);
  expect(said(scored({ model: 640.7, repeat: 37.9 }))).toBe(
    'Worse than repeating the last value: test MAE 640.7, that baseline 37.9. Try the step subtract-last at the end of the pipeline, so that the model forecasts changes from the last row.',
  );
  const subtracting = piped({ step: 'subtract-last' });
  expect(said(scored({ model: 2, repeat: 1 }, subtracting))).toContain('Try more training');
  expect(said(scored({ model: 2, 'seasonal-naive': 1 }, subtracting))).toMatch(
    /^Worse than repeating the season before: .* whole season/,
  );
  expect(said(scored({ model: 1, repeat: 2 }))).toBeNull();
});
