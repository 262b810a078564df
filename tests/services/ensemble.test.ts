// What an ensemble refuses, each in one sentence, before any forecast is made; its verdict in words.
import { createRouterClient } from '@orpc/server';
import { expect, test, vi } from 'vitest';
import { CATALOGUE } from '../../engine/evaluation/catalogue.ts';
import { createRouter } from '../../engine/services/router.ts';
import { ensembleRuns } from '../../engine/services/runs/ensemble.ts';
import { ensembleWords } from '../../engine/words/scores/ensemble-words.ts';
import { newRun } from '../store/content.ts';
import { createTestEngine } from './fixture.ts';

vi.mock('../../engine/services/forecasts/run-forecast.ts', async (original) => ({
  ...(await original<object>()),
  trainedModel: () => ({ fitted: null, weights: new Uint8Array() }),
}));

test.each([
  [[1], 'An ensemble takes 2 to 10 runs, and this is 1.'],
  [[1, 2, 1], 'Run 1 is named twice'],
  [[1, 2], 'Run 1 has not begun to train'],
  [[1, 9], 'no run number 9'],
])('runs %j are refused', async (runs, words) => {
  const engine = createTestEngine();
  for (const name of ['a', 'b']) newRun(engine.workspace, name);
  await expect(ensembleRuns(engine, { runs: runs as never, way: 'mean', withTable: false })).rejects.toThrow(
    words,
  );
});

test('runs of a task that is not put together are refused, with the tasks that are', async () => {
  const engine = createTestEngine();
  const ids = ['a', 'b'].map((name) => newRun(engine.workspace, name));
  const { wholeDetail } = engine.workspace.runs;
  vi.spyOn(engine.workspace.runs, 'wholeDetail').mockImplementation((id) => {
    const run = wholeDetail(id);
    return { ...run, configuration: { ...run.configuration, task: { kind: 'generate' } as never } };
  });
  await expect(ensembleRuns(engine, { runs: ids, way: 'mean', withTable: false })).rejects.toThrow(
    'Runs of the task "generate", such as run 1, cannot be put together; choose runs of the task "forecast" or "translate".',
  );
});

test('while it is made, its name says how far it is and how long it takes', async () => {
  const engine = createTestEngine();
  const ids = ['a', 'b'].map((name) => newRun(engine.workspace, name));
  const { wholeDetail } = engine.workspace.runs;
  vi.spyOn(engine.workspace.runs, 'wholeDetail').mockImplementation((id) => ({
    ...wholeDetail(id),
    fingerprint: 'same',
  }));
  const { engine: calls, runs } = createRouterClient(createRouter(engine));
  const watch = 'mine';
  expect(await calls.progress({ watch })).toBeNull();
  const asked = runs.ensemble({ runs: ids, way: 'mean', watch });
  await engine.settle();
  const [process] = engine.jobProcesses;
  const { id } = process!.received[0]!;
  const say = (done: number, fraction: number) =>
    process!.say({ type: 'progress', id, done, total: 40, fraction });
  say(0, 0);
  expect(await calls.progress({ watch })).toEqual({ done: 0, total: 40, fraction: 0, secondsLeft: null });
  say(20, 0.25);
  const reached = await calls.progress({ watch });
  expect(reached).toEqual({ done: 20, total: 40, fraction: 0.25, secondsLeft: expect.any(Number) });
  expect(await calls.progress({ watch: 'other' })).toBeNull();
  const output = { weights: null, scores: [], windows: 40, table: null };
  process!.say({ type: 'answered', id, output, last: false });
  expect((await asked).windows).toBe(40);
  expect(await calls.progress({ watch })).toBeNull();
});

test('its verdict names its best member and the best baseline, and who chose the shares', () => {
  const score = (subject: string, value: number, metric = 'mae') => ({
    subject,
    metric,
    unit: 'original' as const,
    value,
  });
  const words = ensembleWords({
    way: 'weights',
    scores: [score('ensemble', 2), score('run 3', 2.5), score('run 4', 2.25), score('run 4', 0, 'mse')],
    baselines: [score('repeat', 9), score('linear', 1.5)],
    catalogue: CATALOGUE,
  });
  expect(words[0]).toBe(
    'Test MAE of the ensemble: 2, better than its best member, run 4 (2.25), and worse than the best baseline, linear (1.5).',
  );
  expect(words[1]).toContain('the test part had no say');
});
