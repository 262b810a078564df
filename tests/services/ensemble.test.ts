// What an ensemble refuses, each in one sentence, before any forecast is made; its verdict in words.
import { expect, test, vi } from 'vitest';
import { CATALOGUE } from '../../engine/evaluation/catalogue.ts';
import { ensembleRuns } from '../../engine/services/runs/ensemble.ts';
import { ensembleWords } from '../../engine/words/scores/ensemble-words.ts';
import { newRun } from '../store/content.ts';
import { createTestEngine } from './fixture.ts';

test.each([
  [[1], 'An ensemble takes 2 to 10 runs, and this is 1.'],
  [[1, 2, 1], 'Run 1 is named twice'],
  [[1, 2], 'Run 1 has not begun to train'],
  [[1, 9], 'no run number 9'],
])('runs %j are refused', async (runs, words) => {
  const engine = createTestEngine();
  for (const name of ['a', 'b']) newRun(engine.workspace, name);
  await expect(
    ensembleRuns(engine, { runs: runs as never, way: 'mean', withTable: false }, undefined),
  ).rejects.toThrow(words);
});

test('runs of a task that is not put together are refused, with the tasks that are', async () => {
  const engine = createTestEngine();
  const ids = ['a', 'b'].map((name) => newRun(engine.workspace, name));
  const { wholeDetail } = engine.workspace.runs;
  vi.spyOn(engine.workspace.runs, 'wholeDetail').mockImplementation((id) => {
    const run = wholeDetail(id);
    return { ...run, configuration: { ...run.configuration, task: { kind: 'generate' } as never } };
  });
  await expect(ensembleRuns(engine, { runs: ids, way: 'mean', withTable: false }, undefined)).rejects.toThrow(
    'Runs of the task "generate", such as run 1, cannot be put together; choose runs of the task "forecast" or "translate".',
  );
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
