// `backtest` and `duel`: what is refused before the workspace is opened, with the option that repairs it.
import { expect, test } from 'vitest';
import { fakeEngine } from './fake-engine.ts';
import { cli } from './harness.ts';

test.each([
  [['backtest', 'x.json', '--folds', '1'], '--folds takes a whole number from 2 to 50, but "1" was given.'],
  [['backtest', 'x.json', '--test', '0'], '--test takes a whole number from 1, but "0" was given.'],
  [['backtest', 'x.json', '--embargo', '-1'], '--embargo takes a whole number from 0, but "-1" was given.'],
  [
    ['backtest', 'x.json', '--folds', '4', '--refit-every', '4'],
    '--refit-every takes less than the 4 folds, but 4 was given: a single model that is tested once is no backtest.',
  ],
  [
    ['duel', 'x.json', 'y.json', '--seeds', '1'],
    '--seeds takes a whole number from 2 to 20, but "1" was given.',
  ],
  [['duel', 'x.json'], 'duel takes two experiments or more, for example hindcast duel gru.json lstm.json.'],
])('%j', async (argv, sentence) => {
  const engine = fakeEngine();
  const { code, err } = await cli(argv, engine);
  expect(code).toBe(2);
  expect(err).toContain(`hindcast: ${sentence}`);
  expect(engine.opened).toEqual([]);
});
