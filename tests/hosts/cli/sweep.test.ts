// `sweep`: the space in words of the command line, its file, its table, and what is refused.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { EventBody } from '../../../engine/contract/api/events.ts';
import { RunIdSchema, StudyIdSchema } from '../../../engine/contract/values/ids.ts';
import { searchChoice } from '../../../engine/hosts/cli/experiment/search-option.ts';
import { parseSpace } from '../../../engine/hosts/cli/experiment/space-option.ts';
import { loadSweep } from '../../../engine/hosts/cli/experiment/sweep-file.ts';
import { parseArguments } from '../../../engine/hosts/cli/program.ts';
import { sweepLine, sweepTable } from '../../../engine/hosts/cli/text/sweep-text.ts';
import { parsePlan } from '../../../engine/studies/registry.ts';
import { METHOD_CHOICES, STOPPER_CHOICES } from '../../../engine/words/search-options.ts';
import { CANNED_SWEEP, cannedDataset, cannedRun } from './canned.ts';
import { type FakeEngine, fakeEngine } from './fake-engine.ts';
import { fakeTerminal } from './fake-terminal.ts';
import { cli } from './harness.ts';

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
  [['--method', 'tpe:candidates=0'], /candidates of --method tpe takes a whole number from 1 to 1000/],
  [['--method', 'tpe:points=3'], /--method tpe has no option "points": it has startup and candidates/],
  [['--stopper', 'none:factor=3'], /--stopper none has no option "factor": it has none/],
  [['--minutes', '0'], /--minutes takes a number above 0/],
  [['--batch', '65'], /--batch/],
])('%s is refused', (options, message) => {
  expect(() => parseArguments(['sweep', 'x.json', ...options], 80)).toThrow(message);
});

test('a method and a stopper may have options', () => {
  expect(searchChoice('--method', METHOD_CHOICES)('tpe: startup=20, candidates = 48')).toEqual({
    kind: 'tpe',
    startup: 20,
    candidates: 48,
  });
  expect(searchChoice('--stopper', STOPPER_CHOICES)('asha')).toEqual({ kind: 'asha' });
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
  const narrow = sweepTable(view, [], { width: 64 }).split('\n');
  expect(narrow[0]).toMatch(/ {2}learni.*… {2}units$/);
  expect(narrow[1]).toMatch(/ 16$/);
});

const state = (
  trial: number,
  state: (typeof CANNED_SWEEP.trials)[number]['state'],
  repeats: number | null = null,
) => ({
  ...CANNED_SWEEP.trials[1]!,
  trial,
  run: RunIdSchema.parse(trial),
  state,
  repeats,
});

test('one line says how far a sweep is; what matters least is left out where it is narrow', () => {
  const trials = [CANNED_SWEEP.trials[0]!, state(2, 'running'), state(3, 'running'), state(4, 'queued')];
  const view = { ...CANNED_SWEEP, trials, secondsLeft: 90 };
  expect(sweepLine(view, Number.POSITIVE_INFINITY)).toBe(
    '1/20 trials  2 training  1 waiting  best loss 0.2500 (trial 1)  1 m 30 s left',
  );
  expect(sweepLine(view, 60)).toBe('1/20 trials  best loss 0.2500 (trial 1)  1 m 30 s left');
  expect(sweepLine(view, 20)).toBe('1/20 trials');
  const repeated = { ...view, trials: [...trials, state(5, 'completed', 1), state(6, 'running', 1)] };
  expect(sweepLine(repeated, Number.POSITIVE_INFINITY)).toContain('1/2 repeats  3 training');
});

describe('a sweep that is watched', () => {
  const id = StudyIdSchema.parse(1);
  const changed: EventBody = { type: 'study.changed', studyId: id, name: 'search' };
  /** Its second trial trains. */
  function searching(): FakeEngine {
    const engine = fakeEngine();
    engine.datasets.push(cannedDataset());
    engine.sweep = { ...CANNED_SWEEP, trials: [CANNED_SWEEP.trials[0]!, state(2, 'running')] };
    engine.runs.set(1, cannedRun({ id: RunIdSchema.parse(1), state: 'completed' }));
    engine.runs.set(2, cannedRun({ id: RunIdSchema.parse(2), state: 'running' }));
    engine.onStudyStarted = (plan) => {
      engine.studies.push({
        id,
        name: 'search',
        kind: 'sweep',
        plan,
        createdAtMs: 0,
        seedsAlone: false,
        hasOneConfiguration: false,
        searches: true,
        judges: false,
        hasFolds: false,
        hidesTest: true,
        open: true,
        runs: [1, 2].map((run) => RunIdSchema.parse(run)),
        findings: { test: null, validation: null, note: 'Best of 2 trials.' },
      });
    };
    return engine;
  }
  function end(engine: FakeEngine, last: 'completed' | 'stopped'): void {
    engine.sweep = { ...engine.sweep, trials: [CANNED_SWEEP.trials[0]!, state(2, last)] };
    engine.change(2, { state: last });
    engine.studies[0] = { ...engine.studies[0]!, open: false };
    engine.emit({ type: 'run.ended', runId: RunIdSchema.parse(2), state: last, reason: null });
    engine.emit(changed);
  }
  const line = ['sweep', join(samples, 'sp500-lstm.json'), '--space', 'model.units=int:8..64:8'];

  test('is one line until its last trial has ended, then its table', async () => {
    const engine = searching();
    const begun = engine.onStudyStarted;
    engine.onStudyStarted = (plan) => {
      begun(plan);
      setTimeout(() => end(engine, 'completed'), 20);
    };
    const { code, out, err } = await cli(line, engine, { isTerminal: true });
    expect(err).toContain('1/20 trials');
    expect(err).toContain('1 training');
    expect(err).not.toContain('Training run');
    expect(out).toContain('Best of 2 trials.');
    expect(out).toMatch(/TRIAL +RUN +STATE/);
    expect(code).toBe(0);
  });

  test('is stopped as a whole by the first Ctrl-C, and left by the second', async () => {
    const engine = searching();
    const terminal = fakeTerminal();
    const running = cli(line, engine, { terminal });
    const stops = () => engine.calls.filter(({ path }) => path === 'studies.stop').length;
    await expect.poll(() => terminal.stderr().includes('tries up to') && terminal.listeners() > 0).toBe(true);
    terminal.press();
    await expect.poll(stops).toBe(1);
    expect(terminal.stderr()).toContain(
      'Stopping study s1 "search": its trials end after their current step',
    );
    end(engine, 'stopped');
    const { code, out } = await running;
    expect(code).toBe(130);
    expect(out).toContain('Stopped study s1 "search"; `hindcast resume s1` continues it.');

    const another = searching();
    const second = fakeTerminal();
    const left = cli(line, another, { terminal: second });
    await expect.poll(() => second.stderr().includes('tries up to') && second.listeners() > 0).toBe(true);
    second.press();
    second.press();
    expect((await left).code).toBe(130);
    expect((await left).out).toContain('Left study s1 "search", which was asked to stop');
  });
});
