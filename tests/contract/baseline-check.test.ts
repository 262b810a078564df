// When a run is said to be worse than a baseline, and what is advised.
import { expect, test } from 'vitest';
import { baselineWarning, lostToBaseline } from '../../engine/contract/baseline-check.ts';
import type { RunDetail } from '../../engine/contract/run.ts';
import { cannedRun } from '../hosts/cli/canned.ts';

function scored(test: Readonly<Record<string, number>>, changes: Partial<RunDetail> = {}): RunDetail {
  const scores = Object.entries(test).map(([subject, value]) => {
    return { part: 'test', metric: 'mae', unit: 'original', target: null, subject, value, count: 9 } as const;
  });
  return cannedRun({ scores, ...changes });
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
  expect(lostToBaseline(scored(scores))?.baseline.subject ?? null).toBe(beatenBy);
});

test('says nothing of a run that goes on, with the scores of the time before', () => {
  expect(lostToBaseline(scored({ model: 2, repeat: 1 }, { state: 'running' }))).toBeNull();
  expect(lostToBaseline(scored({ model: 2, repeat: 1 }, { state: 'stopped' }))).not.toBeNull();
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
