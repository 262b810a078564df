// `hindcast delete-dataset`: its question, its refusals, and what it deletes.
import { describe, expect, it } from 'vitest';
import { cannedDataset, cannedRun } from './canned.ts';
import { type FakeEngine, fakeEngine } from './fake-engine.ts';
import { cli } from './harness.ts';

function withDataset(runs: readonly number[] = []): FakeEngine {
  const engine = fakeEngine();
  engine.datasets.push(cannedDataset());
  for (const id of runs) engine.runs.set(id, cannedRun({ id: id as never }));
  return engine;
}

const deletions = (engine: FakeEngine) =>
  engine.calls.filter(({ path }) => path === 'datasets.delete').map(({ input }) => input);

describe('a dataset that no run uses', () => {
  it.each(['sp500', '1'])('goes with --yes, named %s', async (name) => {
    const engine = withDataset();
    const { code, out, err } = await cli(['delete-dataset', name, '--yes'], engine);
    expect({ code, out, err }).toEqual({ code: 0, out: 'Deleted dataset 1 "sp500".\n', err: '' });
    expect(engine.datasets).toEqual([]);
  });

  it.each([
    ['yes', 0, true],
    ['', 1, false],
  ])('is asked for on a terminal; the answer %j: exit code %i', async (answer, code, deleted) => {
    const engine = withDataset();
    const result = await cli(['delete-dataset', 'sp500'], engine, { isTerminal: true, answer });
    expect(result.err).toBe('Delete dataset 1 "sp500" (5,104 rows, 245 kB) for good? [y/N] ');
    expect(result.out).toBe(deleted ? 'Deleted dataset 1 "sp500".\n' : 'Kept dataset 1 "sp500".\n');
    expect({ code: result.code, left: engine.datasets.length }).toEqual({ code, left: deleted ? 0 : 1 });
  });

  it('stays where no terminal can ask', async () => {
    const engine = withDataset();
    const { code, err } = await cli(['delete-dataset', 'sp500'], engine);
    expect(err).toBe(
      'hindcast: delete-dataset needs --yes without a terminal to ask in; a deleted dataset cannot be restored.\n',
    );
    expect({ code, opened: engine.opened }).toEqual({ code: 2, opened: [] });
  });

  it('as JSON', async () => {
    const { out } = await cli(['delete-dataset', 'sp500', '--yes', '--json'], withDataset());
    expect(JSON.parse(out)).toEqual({ deleted: true, dataset: 1, runs: [] });
  });
});

describe('a dataset that runs use', () => {
  it('stays, with the sentence that names them and the option', async () => {
    const engine = withDataset([3, 4]);
    const { code, out, err } = await cli(['delete-dataset', 'sp500', '--yes'], engine);
    expect({ code, out, err }).toEqual({
      code: 1,
      out: '',
      err: 'hindcast: Dataset 1 is used by runs. --with-runs deletes them too.\n',
    });
    expect([engine.datasets.length, engine.runs.size]).toEqual([1, 2]);
    const json = await cli(['delete-dataset', 'sp500', '--yes', '--json'], engine);
    expect(JSON.parse(json.err).error).toMatchObject({ code: 'conflict', details: { runs: [3, 4] } });
  });

  it('goes together with them where that is said', async () => {
    const engine = withDataset([3, 4]);
    const { code, out } = await cli(['delete-dataset', 'sp500', '--with-runs', '--yes', '--json'], engine);
    expect(JSON.parse(out)).toEqual({ deleted: true, dataset: 1, runs: [3, 4] });
    expect({ code, left: engine.runs.size }).toEqual({ code: 0, left: 0 });
    expect(deletions(engine)).toEqual([{ dataset: 1 }, { dataset: 1, withRuns: true }]);
  });

  it.each([[[]], [['--with-runs']]])(
    'is asked for a second time on a terminal, with the runs; %j',
    async (more) => {
      const engine = withDataset([3]);
      const options = { isTerminal: true, answer: 'y' };
      const { err, out } = await cli(['delete-dataset', 'sp500', ...more], engine, options);
      expect(err).toBe(
        'Delete dataset 1 "sp500" (5,104 rows, 245 kB) for good? [y/N] Delete dataset 1 "sp500" and 1 run (3) for good? [y/N] ',
      );
      expect(out).toBe('Deleted dataset 1 "sp500" and 1 run.\n');
      expect([engine.datasets.length, engine.runs.size]).toEqual([0, 0]);
    },
  );
});

it('one that is not there is named', async () => {
  const { code, err } = await cli(['delete-dataset', 'elsewhere', '--yes'], withDataset());
  expect({ code, err }).toEqual({
    code: 1,
    err: 'hindcast: There is no dataset "elsewhere"; the datasets are none.\n',
  });
});
