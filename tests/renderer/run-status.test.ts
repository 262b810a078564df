// The figure of a run's time: what is left, or how long it has trained.
import { expect, test } from 'vitest';
import { timeFigure } from '../../renderer/features/run/run-status.tsx';

const DAY_MS = 86_400_000;

test('the break between two attempts is no training: a run that was stopped for three days has the seconds it trained', () => {
  const run = { startedAtMs: 0, endedAtMs: 3 * DAY_MS, trainedMs: 6_000, secondsLeft: null };
  expect(timeFigure({ ...run, state: 'completed' })).toEqual({ name: 'Duration', seconds: 6 });
  expect(timeFigure({ ...run, state: 'stopped', trainedMs: null })).toEqual({
    name: 'Duration',
    seconds: null,
  });
  expect(timeFigure({ ...run, state: 'running', secondsLeft: 4 })).toEqual({ name: 'Time left', seconds: 4 });
});
