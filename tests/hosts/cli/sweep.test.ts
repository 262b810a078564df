// `sweep`: the space in words of the command line, its file, its table, and what is refused.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parseSpace } from '../../../engine/hosts/cli/experiment/space-option.ts';
import { loadSweep } from '../../../engine/hosts/cli/experiment/sweep-file.ts';
import { parseArguments } from '../../../engine/hosts/cli/program.ts';
import { sweepTable } from '../../../engine/hosts/cli/text/sweep-text.ts';
import { parsePlan } from '../../../engine/studies/registry.ts';
import { CANNED_SWEEP } from './canned.ts';

const of = (range: string) => parseSpace(`model.units=${range}`).dimension;

test('a range is read with its scale, its ends and its step, anything else as a list', () => {
  expect(of('log:1e-4..1e-1')).toEqual({ kind: 'log', min: 1e-4, max: 0.1 });
  expect(of('linear:-0.5..0.5')).toEqual({ kind: 'linear', min: -0.5, max: 0.5 });
  expect(of('int:8..64')).toEqual({ kind: 'int', min: 8, max: 64, step: 1 });
  expect(of('int:8..64:8')).toEqual({ kind: 'int', min: 8, max: 64, step: 8 });
  expect(of('log-int:8..512')).toEqual({ kind: 'log-int', min: 8, max: 512 });
  expect(of('step:0..0.5:0.1')).toEqual({ kind: 'step', min: 0, max: 0.5, step: 0.1 });
  expect(of('gru, lstm')).toEqual({ kind: 'categorical', values: ['gru', 'lstm'] });
  expect(of('8,null,true')).toEqual({ kind: 'categorical', values: [8, null, true] });
});

describe('is refused with the forms that it takes', () => {
  test.each(['', 'int:8..8', 'int:a..b', 'log:0..1', 'cubic:1..2', 'step:0..1', 'int:1..9:0', 'gru,gru'])(
    '%s',
    (range) =>
      expect(() => of(range)).toThrow(
        /^--space model\.units=.*it takes path=range, where a range is log:1e-4/,
      ),
  );
});

test.each([
  [['--runs', '0'], /--runs takes a whole number from 1 to 500/],
  [['--method', 'tpa'], /--method takes .*did you mean tpe/],
  [['--minutes', '0'], /--minutes takes a number above 0/],
  [['--batch', '65'], /--batch/],
])('%s is refused', (options, message) => {
  expect(() => parseArguments(['sweep', 'x.json', ...options], 80)).toThrow(message);
});

const folder = mkdtempSync(join(tmpdir(), 'hindcast-sweep-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const samples = new URL('../../../samples/', import.meta.url).pathname;
const NO_CHANGES = { settings: [], seed: undefined };
const written = (content: unknown): string => {
  const file = join(folder, 'sweep.json');
  writeFileSync(file, JSON.stringify(content));
  return file;
};

describe("a sweep's file", () => {
  test('names its base beside it; the rest is the plan, with kinds in short form', async () => {
    const { configuration, plan, name } = await loadSweep(join(samples, 'co2-sweep.json'), NO_CHANGES);
    expect([configuration.name, name]).toEqual(['co2 lstm', 'co2 sweep']);
    expect(parsePlan({ ...plan, kind: 'sweep' })).toMatchObject({
      method: { kind: 'tpe', startup: 10 },
      stopper: { kind: 'asha', minEpochs: 2 },
      objective: 'loss',
      repeat: { best: 1, seeds: 2 },
    });
  });

  test('may hold the base itself; a file without a space is an experiment', async () => {
    const { configuration: base } = await loadSweep(join(samples, 'co2-lstm.json'), NO_CHANGES);
    const { name: _name, ...rest } = base;
    const space = { 'model.units': { kind: 'int', min: 1, max: 9 } };
    const changes = { settings: [], seed: 7 };
    const loaded = await loadSweep(written({ base: { ...rest, name: 'inner' }, space }), changes);
    expect(loaded).toMatchObject({
      configuration: { name: 'inner', seed: 7 },
      plan: { space },
      name: undefined,
    });
  });

  test.each([
    [{ space: {} }, /base must be an experiment, or the path of an experiment file/],
    [{ base: 'nowhere.json', space: {} }, /There is no file .*nowhere\.json/],
    [{ base: { name: 'x' }, space: {} }, /sweep\.json: .*dataset/],
    [{ base: 'x.json', name: 3, space: {} }, /name must be a text/],
  ])('%o is refused in one sentence', async (content, message) => {
    await expect(loadSweep(written(content), NO_CHANGES)).rejects.toThrow(message);
  });
});

test('the table has the best first, a dash for a field that a trial does not have, and repeats below their trial', () => {
  const again = {
    ...CANNED_SWEEP.trials[0]!,
    trial: 3,
    repeats: 1,
    seed: 2,
    run: null,
    state: null,
    result: 0.75,
  };
  const view = { ...CANNED_SWEEP, trials: [...CANNED_SWEEP.trials.toReversed(), again] };
  const text = sweepTable(view, [], {});
  const cells = text.split('\n').map((line) => line.trim().split(/\s{2,}/));
  expect(cells[0]).toEqual(['TRIAL', 'RUN', 'STATE', 'EPOCH', 'BEST LOSS', 'TEST', 'learningRate', 'units']);
  expect(cells.slice(1).map(([first]) => first)).toEqual(['1', '1, seed 2', '2']);
  expect(cells[3]?.at(-1)).toBe('–');
});
