// `train`, `resume`, `duplicate`, `stop`: starting, watching, ending, Ctrl-C.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EventBody } from '../../../engine/contract/api/events.ts';
import type { RunDetail, RunState } from '../../../engine/contract/runs/run.ts';
import { HindcastError } from '../../../engine/contract/values/errors.ts';
import { RunIdSchema } from '../../../engine/contract/values/ids.ts';
import { cannedDataset, cannedRun } from './canned.ts';
import { type FakeEngine, fakeEngine, importedSp500 } from './fake-engine.ts';
import { fakeTerminal } from './fake-terminal.ts';
import { cli } from './harness.ts';

let folder: string;
let file: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hindcast-train-'));
  file = join(folder, 'demo.json');
  writeFileSync(
    file,
    JSON.stringify({
      name: 'demo',
      dataset: { name: 'sp500', sample: 'sp500-2000.csv' },
      task: { kind: 'forecast', targets: ['close'], lookback: 30, horizon: 5 },
      model: { kind: 'lstm', units: 32 },
      training: { epochs: 2 },
    }),
  );
});
afterAll(() => rmSync(folder, { recursive: true }));

const runId = RunIdSchema.parse(3);
const ended = (state: RunState, reason: string | null = null): EventBody => ({
  type: 'run.ended',
  runId,
  state,
  reason,
});

/** An engine that trains two epochs as soon as it is asked. */
function trainingEngine(end: Partial<RunDetail> = {}): FakeEngine {
  const engine = fakeEngine();
  engine.datasets.push(cannedDataset());
  // What happened before must not be shown.
  engine.emit({ type: 'run.paused', runId, reason: 'long ago' });
  engine.onStarted = () => {
    const final = cannedRun(end);
    engine.emit({ type: 'run.started', runId, attempt: 1, fromStep: 0 });
    engine.emit({ type: 'run.prepared', runId, parameterCount: 4645, totalSteps: 222, backend: 'simd' });
    engine.emit({
      type: 'run.epochEnded',
      runId,
      epoch: 1,
      step: 111,
      trainLoss: 0.02,
      validationLoss: 0.0198,
      best: true,
    });
    engine.emit({
      type: 'run.epochEnded',
      runId,
      epoch: 2,
      step: 222,
      trainLoss: 0.0125,
      validationLoss: 0.0201,
      best: false,
    });
    engine.change(3, final);
    engine.emit(ended(final.state, final.reason));
  };
  return engine;
}

const paths = (engine: FakeEngine): string[] => engine.calls.map((call) => call.path);

describe('train', () => {
  it('shows progress on stderr and scores beside the baselines on stdout', async () => {
    const engine = trainingEngine();
    const { code, out, err } = await cli(['train', file], engine);
    expect(err).toBe(
      [
        'Training run 3: 4,645 parameters, at most 222 steps, backend simd.',
        'epoch 1/2  loss 0.02000  validation 0.01980  best so far',
        'epoch 2/2  loss 0.01250  validation 0.02010',
        '',
      ].join('\n'),
    );
    expect(out).toBe(
      [
        'Run 3 "demo" completed after 2 epochs and 222 steps, 1 m 20 s.',
        'Weights: of epoch 1, the best on validation (loss 0.01980).',
        '',
        'PART        SCORES OF    MAE     RMSE',
        'validation  lstm       30.25 *      –',
        'validation  repeat     31.50        –',
        'test        lstm       41.50    60.12',
        'test        repeat     40.25    61.00',
        '* best: ahead by more than 1 %, and behind by no other metric; scores in the unit of close',
        '',
        'Worse than the baseline repeat: test MAE 41.50 against 40.25. Try the step subtract-last at the end of the pipeline, so that the model forecasts changes from the last row.',
        '',
        'More: hindcast show 3',
        '',
      ].join('\n'),
    );
    expect(code).toBe(0);
    expect(paths(engine)).toEqual([
      'datasets.list',
      'engine.describe',
      'runs.start',
      'events.watch',
      'runs.get',
      'queue.get',
    ]);
    expect(engine.calls[3]?.input).toEqual({ after: 1, run: 3 });
    expect(engine.closed).toBe(1);
  });

  it('sends the whole configuration with settings, seed and name', async () => {
    const engine = trainingEngine();
    await cli(
      [
        'train',
        file,
        '--seed',
        '7',
        '--set',
        'training.epochs=5',
        '--set',
        'model.units=64',
        '--name',
        'wide',
      ],
      engine,
    );
    expect(engine.calls.find(({ path }) => path === 'runs.start')?.input).toMatchObject({
      name: 'wide',
      configuration: { seed: 7, training: { epochs: 5, clipNorm: 1 }, model: { units: 64 } },
    });
  });

  it('prints the run as one JSON value', async () => {
    const { out } = await cli(['train', file, '--json'], trainingEngine());
    expect(JSON.parse(out)).toMatchObject({
      id: 3,
      state: 'completed',
      createdAt: '2026-11-22T20:14:00.000Z',
      configuration: { name: 'demo' },
      scores: expect.any(Array),
    });
  });

  it('redraws one line on a terminal', async () => {
    const { err } = await cli(['train', file], trainingEngine(), { isTerminal: true, width: 60 });
    expect(err).toContain('\repoch 2/2');
    expect(err.endsWith('\r\u001b[K')).toBe(true);
    for (const line of err.split(/[\r\n]/))
      expect(line.replace('\u001b[K', '').length).toBeLessThanOrEqual(68);
  });

  it('imports the sample data where the dataset is missing', async () => {
    const engine = trainingEngine();
    engine.datasets.length = 0;
    engine.importUpdates = [importedSp500];
    const { code, err } = await cli(['train', file], engine);
    expect(code).toBe(0);
    expect(err).toContain(
      'Imported "sp500" from the sample data sp500-2000.csv: 5,104 rows, 1 series, 2 columns, 2000-01-03 to 2013-12-23, 1 day apart.\n',
    );
    expect(engine.calls[1]).toEqual({
      path: 'datasets.import',
      input: { source: { kind: 'sample', name: 'sp500-2000.csv' }, name: 'sp500', options: {} },
    });
  });

  it('removes the sample again where nothing can be started on it, and leaves data that were there', async () => {
    const refuse = () => {
      throw new HindcastError('too-few-rows', 'Too few rows: lower task.lookback.');
    };
    const paths = ({ calls }: FakeEngine) => calls.map(({ path }) => path);
    const empty = trainingEngine();
    empty.datasets.length = 0;
    empty.importUpdates = [importedSp500];
    empty.onStudyStarted = refuse;
    const refused = await cli(['train', file, '--seeds', '2'], empty);
    expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('Too few rows') });
    expect(refused.err).toContain('Removed "sp500" again, since nothing was started.');
    expect(paths(empty)).toContain('datasets.delete');

    const full = trainingEngine();
    full.onStudyStarted = refuse;
    expect((await cli(['train', file, '--seeds', '2'], full)).code).toBe(1);
    expect(paths(full)).not.toContain('datasets.delete');
  });

  it('says how to import a dataset that is missing', async () => {
    const engine = trainingEngine();
    const other = join(folder, 'other.json');
    writeFileSync(
      other,
      JSON.stringify({
        name: 'o',
        dataset: { name: 'sp50' },
        task: { kind: 'forecast', targets: ['a'], lookback: 3, horizon: 1 },
        model: { kind: 'lstm', units: 1 },
      }),
    );
    const { code, err } = await cli(['train', other], engine);
    expect(err).toBe(
      'hindcast: There is no dataset "sp50" in this workspace; did you mean "sp500"? `hindcast import FILE --name sp50` makes it.\n',
    );
    expect({ code, calls: paths(engine) }).toEqual({ code: 1, calls: ['datasets.list'] });
  });

  it('leaves the workspace alone where the file or a setting is bad', async () => {
    const engine = trainingEngine();
    expect((await cli(['train', join(folder, 'none.json')], engine)).code).toBe(1);
    const { code, err } = await cli(['train', file, '--set', 'training.epoch=5'], engine);
    expect(err).toBe(
      'hindcast: --set training.epoch=5: there is no field training.epoch; did you mean training.epochs?\n',
    );
    expect({ code, opened: engine.opened }).toEqual({ code: 2, opened: [] });
  });

  it.each([
    [
      'diverged',
      'The loss was NaN at step 12; try a smaller learning rate.',
      'Run 3 diverged: The loss was NaN at step 12; try a smaller learning rate; `hindcast show 3 --log` says what happened.',
    ],
    ['failed', null, 'Run 3 failed; resume with `hindcast resume 3`.'],
    ['stopped', 'Stopped after step 57.', 'Run 3 was stopped; resume with `hindcast resume 3`.'],
    [
      'interrupted',
      'Hindcast was closed; `hindcast resume 3` continues.',
      'Run 3 was interrupted: Hindcast was closed; `hindcast resume 3` continues.',
    ],
    [
      'interrupted',
      'Its process died.',
      'Run 3 was interrupted: Its process died; resume with `hindcast resume 3`.',
    ],
  ] as const)('exits with 1 where the run %s', async (state, reason, message) => {
    const engine = trainingEngine({ state, reason });
    const text = await cli(['train', file], engine);
    expect(text.code).toBe(1);
    expect(text.err.trimEnd().split('\n').at(-1)).toBe(`hindcast: ${message}`);
    const json = await cli(['train', file, '--json'], trainingEngine({ state, reason }));
    expect(json.code).toBe(1);
    expect(JSON.parse(json.out).state).toBe(state);
    expect(JSON.parse(json.err.trimEnd().split('\n').at(-1)!).error).toEqual({
      code: 'run-not-completed',
      message,
      details: { run: 3, state },
    });
  });

  it('does not advise to resume what failed before its first step', async () => {
    const reason = 'The look-back is longer than the data.';
    const { err } = await cli(['train', file], trainingEngine({ state: 'failed', reason, step: 0 }));
    expect(err.trimEnd().split('\n').at(-1)).toBe(
      'hindcast: Run 3 failed: The look-back is longer than the data; start another with that put right; `hindcast delete 3` removes this one.',
    );
  });

  it('says why another backend was used', async () => {
    const fallbackReason = 'tensorflow is not installed.';
    const { out } = await cli(
      ['train', file],
      trainingEngine({
        backendUsed: { name: 'simd', version: '1', device: 'CPU', fallbackReason },
        notes: ['A note.'],
      }),
    );
    expect(out).toContain('\nTrained on simd: tensorflow is not installed.\nA note.\n');
  });

  it('stays for the runs that others have queued with it, where it is the host', async () => {
    const engine = trainingEngine();
    engine.queue.running = [9];
    const idle = Promise.withResolvers<void>();
    engine.idle = idle.promise;
    const result = cli(['train', file], engine);
    const first = await Promise.race([result, new Promise((resolve) => setTimeout(resolve, 100, 'waits'))]);
    expect(first).toBe('waits');
    idle.resolve();
    const { code, err } = await result;
    expect(code).toBe(0);
    expect(err).toContain(
      'One more run trains in this process; Ctrl-C leaves (`hindcast resume RUN` resumes them).\n',
    );
  });

  it('does not stay where another process is the host', async () => {
    const engine = trainingEngine();
    engine.role = 'attached';
    engine.queue.running = [9];
    engine.idle = new Promise(() => {});
    expect((await cli(['train', file], engine)).code).toBe(0);
  });
});

describe('Ctrl-C', () => {
  /** Trains until it is stopped; `onStop` says what a stop does. */
  function endless(onStop: (engine: FakeEngine) => void): FakeEngine {
    const engine = fakeEngine();
    engine.datasets.push(cannedDataset());
    engine.onStarted = () => engine.emit({ type: 'run.started', runId, attempt: 1, fromStep: 0 });
    engine.onStop = () => onStop(engine);
    return engine;
  }

  async function pressed(engine: FakeEngine, presses: ('SIGINT' | 'SIGTERM')[]) {
    const terminal = fakeTerminal({ environment: { HINDCAST_WORKSPACE: file } });
    const result = cli(['train', file], engine, { terminal });
    for (const press of presses) {
      await expect.poll(() => terminal.listeners()).toBeGreaterThan(0);
      await new Promise((resolve) => setTimeout(resolve, 60));
      terminal.press(press);
    }
    return { ...(await result), listeners: terminal.listeners() };
  }

  it('once stops the run after its step, waits for the checkpoint and says how to resume', async () => {
    const engine = endless((engine) => {
      engine.emit({ type: 'run.stopRequested', runId });
      setTimeout(() => {
        engine.change(3, cannedRun({ state: 'stopped', step: 57, epoch: 0, scores: [], bestEpoch: null }));
        engine.emit(ended('stopped'));
      }, 30);
    });
    const { code, out, err, listeners } = await pressed(engine, ['SIGINT']);
    expect(err).toBe(
      [
        'Stopping run 3 after its current step; Ctrl-C again leaves at once.',
        'Run 3 ends after its current step.',
        'hindcast: Run 3 was stopped; resume with `hindcast resume 3`.',
        '',
      ].join('\n'),
    );
    expect(out).toBe(
      'Run 3 "demo" was stopped after 0 epochs and 57 steps, 1 m 20 s.\n\nMore: hindcast show 3\n',
    );
    expect({ code, listeners, closed: engine.closed }).toEqual({ code: 130, listeners: 0, closed: 1 });
  });

  it('takes a waiting run out of the queue without waiting for an event', async () => {
    const engine = endless((engine) => engine.change(3, { state: 'stopped' }));
    const { code } = await pressed(engine, ['SIGTERM']);
    expect(code).toBe(143);
  });

  it('twice leaves at once', async () => {
    const engine = endless(() => {});
    const { code, out, listeners } = await pressed(engine, ['SIGINT', 'SIGINT']);
    expect(out).toBe('Left run 3; resume it from its last checkpoint with `hindcast resume 3`.\n');
    expect({ code, listeners }).toEqual({ code: 130, listeners: 0 });
  });

  it('twice, attached, leaves the run to the process that trains it', async () => {
    const engine = endless(() => {});
    engine.role = 'attached';
    const { code, out } = await pressed(engine, ['SIGINT', 'SIGINT']);
    expect(out).toBe('Left run 3; the process that trains it was asked to stop it.\n');
    expect(code).toBe(130);
  });

  it('too late is no failure', async () => {
    const engine = endless((engine) => {
      engine.change(3, cannedRun());
      setTimeout(() => engine.emit(ended('completed')), 20);
      throw new HindcastError('conflict', 'Run 3 is completed.');
    });
    const { code, err } = await pressed(engine, ['SIGINT']);
    expect(code).toBe(0);
    expect(err).not.toContain('could not be stopped');
  });

  it.each([
    ['workspace-moved', 'The workspace is no longer the file that was opened (it was deleted).'],
    ['connection-lost', 'The engine went away during runs.stop.'],
  ] as const)('once leaves a run that cannot be stopped, and says why (%s)', async (problem, sentence) => {
    const engine = endless(() => {
      throw new HindcastError(problem, sentence);
    });
    // The run stays active: others are not waited for.
    engine.idle = new Promise(() => {});
    const { code, out, listeners } = await pressed(engine, ['SIGTERM']);
    expect(out).toBe(`Left run 3, whose end could not be stored: ${sentence}\n`);
    expect({ code, listeners, closed: engine.closed }).toEqual({ code: 143, listeners: 0, closed: 1 });
  });

  it('once waits where the stop counts although it could not be noted', async () => {
    const engine = endless((engine) => {
      setTimeout(() => {
        engine.change(3, cannedRun({ state: 'stopped', step: 57, epoch: 0, scores: [], bestEpoch: null }));
        engine.emit(ended('stopped'));
      }, 30);
      throw new HindcastError('disk-full', 'The disk is full.');
    });
    const { out, err } = await pressed(engine, ['SIGTERM']);
    expect(err).toContain('Run 3 could not be stopped: The disk is full.');
    expect(out).toContain('was stopped');
  });

  it('cancels an import', async () => {
    const engine = fakeEngine();
    engine.importUpdates = 'endless';
    const { code, out, err, listeners } = await pressed(engine, ['SIGINT']);
    expect(err).toBe('hindcast: The import was cancelled; nothing of it was kept.\n');
    expect({ code, out, listeners }).toEqual({ code: 130, out: '', listeners: 0 });
    expect(paths(engine)).toEqual(['datasets.list', 'datasets.import']);
  });
});

describe('resume and duplicate', () => {
  function stoppedRun(): FakeEngine {
    const engine = trainingEngine();
    engine.runs.set(3, cannedRun({ state: 'stopped', step: 57 }));
    return engine;
  }

  it('watch to the end', async () => {
    const { code, out } = await cli(['resume', '3'], stoppedRun());
    expect(code).toBe(0);
    expect(out).toContain('Run 3 "demo" completed');
  });

  it('do not count the break as time', async () => {
    const engine = trainingEngine({ attempts: 2, trainedMs: 5_000 });
    engine.runs.set(3, cannedRun({ state: 'stopped', step: 57 }));
    expect((await cli(['resume', '3'], engine)).out).toContain('after 2 epochs and 222 steps, 5 s.\n');
  });

  it('take an exact name', async () => {
    const engine = stoppedRun();
    expect((await cli(['resume', 'demo'], engine)).code).toBe(0);
    expect((await cli(['resume', 'Demo'], engine)).code).toBe(1);
  });

  it('--no-watch returns at once where another process trains', async () => {
    const engine = stoppedRun();
    engine.role = 'attached';
    engine.onStarted = () => {};
    const { code, out } = await cli(['resume', '3', '--no-watch'], engine);
    expect(out).toBe('Run 3 "demo" is back in the queue and resumes from step 57.\n');
    expect(code).toBe(0);
    expect(paths(engine)).toEqual(['engine.describe', 'runs.resume']);
  });

  it('--no-watch stays without progress where this process has to train', async () => {
    const { code, out, err } = await cli(['resume', '3', '--no-watch'], stoppedRun());
    expect(code).toBe(0);
    expect(out).toContain('completed');
    expect(err).toContain('No other process has this workspace open, so this one trains it.');
    expect(err).not.toContain('epoch');
  });

  it('duplicate sends the seed and follows the new run', async () => {
    const engine = stoppedRun();
    engine.onStarted = (run) => {
      engine.change(run.id, { state: 'completed' });
      engine.emit({ type: 'run.ended', runId: run.id, state: 'completed', reason: null });
    };
    const { code, out } = await cli(['duplicate', '3', '--seed', '5'], engine);
    expect(out).toContain('Run 4 "demo" completed');
    expect(code).toBe(0);
    expect(engine.calls[1]).toEqual({ path: 'runs.duplicate', input: { run: 3, seed: 5 } });
  });
});

describe('stop', () => {
  it('waits for the end of the run', async () => {
    const engine = fakeEngine();
    engine.runs.set(3, cannedRun({ state: 'running' }));
    engine.onStop = () =>
      setTimeout(() => {
        engine.change(3, { state: 'stopped', step: 58 });
        engine.emit(ended('stopped'));
      }, 20);
    const { code, out, err } = await cli(['stop', '3'], engine);
    expect(out).toBe('Run 3 "demo" was stopped at step 58; resume with `hindcast resume 3`.\n');
    expect({ code, err }).toEqual({ code: 0, err: '' });
  });

  it('--no-wait does not', async () => {
    const engine = fakeEngine();
    engine.runs.set(3, cannedRun({ state: 'running' }));
    const { code, out } = await cli(['stop', '3', '--no-wait'], engine);
    expect(out).toBe('Run 3 "demo" ends after its current step.\n');
    expect({ code, calls: paths(engine) }).toEqual({ code: 0, calls: ['engine.describe', 'runs.stop'] });
  });

  it('of a run that has ended is refused by the engine', async () => {
    const engine = fakeEngine();
    engine.runs.set(3, cannedRun());
    const { code, err } = await cli(['stop', '3', '--json'], engine);
    expect(JSON.parse(err)).toEqual({
      error: { code: 'conflict', message: "Run 3 is completed and can't be stopped." },
    });
    expect(code).toBe(1);
  });
});
