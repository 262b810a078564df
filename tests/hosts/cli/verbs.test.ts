// The verbs that ask and change: what they print, as text and as JSON.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DatasetDetail } from '../../../engine/contract/datasets/dataset.ts';
import { ExperimentSchema } from '../../../engine/contract/experiment/experiment.ts';
import type { RunSummary } from '../../../engine/contract/runs/run.ts';
import { HindcastError } from '../../../engine/contract/values/errors.ts';
import { RunIdSchema, StudyIdSchema } from '../../../engine/contract/values/ids.ts';
import { cannedDataset, cannedRun, summaryOf } from './canned.ts';
import { type FakeEngine, fakeEngine, importedSp500 } from './fake-engine.ts';
import { cli } from './harness.ts';

const runId = RunIdSchema.parse(3);

function withRuns(): FakeEngine {
  const engine = fakeEngine();
  engine.datasets.push(cannedDataset());
  engine.runs.set(3, cannedRun());
  engine.runs.set(
    4,
    cannedRun({
      id: RunIdSchema.parse(4),
      name: 'wide',
      state: 'queued',
      queuePosition: 2,
      step: 0,
      epoch: 0,
      lastTrainLoss: null,
      lastValidationLoss: null,
      bestValidationLoss: null,
      testScore: null,
      bestBaseline: null,
      bestBaselineScore: null,
    }),
  );
  return engine;
}

/** A dataset in which the column `city` names the series. */
function ofCities(...names: string[]): DatasetDetail {
  const { recipe, seriesInfo } = cannedDataset();
  return cannedDataset({
    series: names.length,
    recipe: { ...recipe, layout: 'long', seriesColumn: 'city' },
    seriesInfo: names.map((name) => ({ ...seriesInfo[0]!, name })),
  });
}

const lines = (...texts: string[]): string => `${texts.join('\n')}\n`;

describe('runs', () => {
  it('are listed newest first', async () => {
    const { code, out, err } = await cli(['runs'], withRuns());
    expect(out).toBe(
      lines(
        'RUN  NAME  MODEL  STATE      EPOCH  STEP     LOSS  VALIDATION     BEST   TEST    MEASURE       LEFT  DATASET  MADE',
        '  4  wide  lstm   queued 2     0/2     0        –           –        –      –    MAE of close     –  sp500    2026-11-22 15:14 -05:00',
        '  3  demo  lstm   completed    2/2   222  0.01250     0.02010  0.01980  41.50 !  MAE of close        sp500    2026-11-22 15:14 -05:00',
        '! worse than its best baseline: see `hindcast show RUN`',
      ),
    );
    expect({ code, err }).toEqual({ code: 0, err: '' });
  });

  it('have no mark where each is better than its baselines', async () => {
    const engine = withRuns();
    engine.runs.set(3, cannedRun({ bestBaselineScore: 42, testOutcome: 'better' }));
    const { out } = await cli(['runs'], engine);
    expect(out).toContain('BEST   TEST  MEASURE');
    expect(out).not.toContain('!');
  });

  it('as JSON are an array with ISO times', async () => {
    const { out } = await cli(['runs', '--json'], withRuns());
    const runs = JSON.parse(out);
    expect(runs.map((run: { id: number }) => run.id)).toEqual([4, 3]);
    expect(runs[1]).toMatchObject({
      state: 'completed',
      startedAt: '2026-11-22T20:14:01.000Z',
      testScore: 41.5,
      bestBaseline: 'repeat',
      bestBaselineScore: 40.25,
      worseThanBaseline: true,
    });
    expect(runs[0]).toMatchObject({ bestBaseline: null, worseThanBaseline: false });
  });

  it('can be chosen by state and limited', async () => {
    const engine = withRuns();
    expect((await cli(['runs', '--state', 'queued', '--state', 'running'], engine)).out).not.toContain(
      'demo',
    );
    expect((await cli(['runs', '--state', 'failed'], engine)).out).toBe(
      'No run is failed; `hindcast runs` shows all.\n',
    );
    const { out, err } = await cli(['runs', '--limit', '1'], engine);
    expect(out.split('\n')).toHaveLength(3);
    expect(err).toBe('The newest 1 are shown; --limit N shows more.\n');
    expect(engine.calls.at(-1)?.input).toEqual({ limit: 2 });
  });

  it('fit the terminal, with a dimmed header but not with NO_COLOR', async () => {
    const { out } = await cli(['runs'], withRuns(), { isTerminal: true, width: 70 });
    expect(out.startsWith('\u001b[2mRUN')).toBe(true);
    for (const line of out.split('\n'))
      expect([...stripVTControlCharacters(line)].length).toBeLessThanOrEqual(70);
    const plain = await cli(['runs'], withRuns(), { isTerminal: true, environment: { NO_COLOR: '1' } });
    expect(plain.out).not.toContain('\u001b');
  });

  it('none yet', async () => {
    expect((await cli(['runs'])).out).toBe(
      'No runs yet: `hindcast train samples/sp500-lstm.json` makes one.\n',
    );
    expect((await cli(['runs', '--json'])).out).toBe('[]\n');
  });
});

describe('show', () => {
  it('shows a run', async () => {
    const { code, out } = await cli(['show', '3'], withRuns());
    expect(out).toBe(
      lines(
        'Run       3 "demo"',
        'State     completed',
        'Data      sp500, version 1',
        'Model     lstm, 4,645 parameters, seed 1',
        'Backend   simd 1, CPU, 2 threads',
        'Progress  epoch 2 of 2, step 222 of at most 222',
        'Loss      training 0.01250, validation 0.02010',
        'Made      2026-11-22 15:14 -05:00',
        'Started   2026-11-22 15:14 -05:00',
        'Ended     2026-11-22 15:15 -05:00',
        'Stored    123 kB; checkpoints: best at step 111',
        'Protocol  f00d0123456789ab',
        'Weights   SHA-256 beef',
        '',
        'PART    ROWS  WINDOWS  FROM        TO',
        'train  3,572    3,538  2000-01-03  2009-10-13',
        '',
        'PART        SCORES OF    MAE     RMSE',
        'validation  lstm       30.25 *      –',
        'validation  repeat     31.50        –',
        'test        lstm       41.50    60.12',
        'test        repeat     40.25    61.00',
        '* best: ahead by more than 1 %, and behind by no other metric; scores in the unit of close',
        'Skill by MAE −0.031 against repeat: 1 − error / error of the best baseline.',
        'Weights: of epoch 1, the best on validation (loss 0.01980).',
        '',
        'Worse than the baseline repeat: test MAE 41.50 against 40.25. Try the step subtract-last at the end of the pipeline, so that the model forecasts changes from the last row.',
        '',
        'See also --by-step, --by-series, --by-origin, --residuals, --metrics, --steps, --log and --config.',
      ),
    );
    expect(code).toBe(0);
  });

  it.each([
    { task: { kind: 'tag', input: 'text', labels: 'topics' }, table: 'PART   SAMPLES\ntrain    2,000\n' },
    { task: { kind: 'caption', input: 'image', target: 'caption' }, table: 'PART   IMAGES\ntrain   2,000\n' },
    { task: { kind: 'generate', input: 'text' }, table: 'PART   TEXTS  TOKENS\ntrain      1   2,000\n' },
  ])('counts what a $task.kind run reads, which has no times', async ({ task, table }) => {
    const engine = withRuns();
    const [train] = cannedRun().parts;
    engine.change(3, {
      configuration: ExperimentSchema.parse({
        name: 'demo',
        dataset: { name: 'd' },
        task,
        model: { kind: 'lstm', units: 32 },
      }),
      parts: [{ ...train!, rows: 1, windows: 2000, fromUs: null, toUs: null }],
    });
    const { out } = await cli(['show', '3'], engine);
    expect(out).toContain(`\n${table}`);
    expect(out).toMatch(/^Loss +training \S+, validation \S+ nats per (label|token)$/m);
    expect(out).toMatch(/the best on validation \(loss \S+ nats per (label|token)\)\./);
  });

  it('counts the windows that are scored', async () => {
    const run = cannedRun();
    const [train] = run.parts;
    const evaluation = { ...run.configuration.evaluation, dropPartialBatchOf: 32 };
    const engine = withRuns();
    engine.change(3, {
      configuration: { ...run.configuration, evaluation },
      parts: [train!, { ...train!, part: 'test', windows: 2857 }],
    });
    const { out } = await cli(['show', '3'], engine);
    expect(out).toMatch(/^train +3,572 +3,538 /m);
    expect(out).toMatch(/^test +3,572 +2,848 of 2,857 scored /m);
    expect(out).toContain(
      'Left out of test: 9 windows, the last partial batch of 32 (evaluation.dropPartialBatchOf).',
    );
  });

  it('shows each target of several, and marks nothing where a score is NaN', async () => {
    const engine = withRuns();
    const score = (subject: string, target: string | null, value: number) => ({
      part: 'test' as const,
      subject,
      metric: 'mae' as const,
      unit: 'original' as const,
      target,
      value,
      count: 1,
    });
    engine.change(3, {
      scores: [
        score('model', null, 2),
        score('model', 'a', Number.NaN),
        score('model', 'b', 3),
        score('repeat', 'b', Number.NaN),
        score('repeat', null, 1),
      ],
    });
    const { out } = await cli(['show', '3'], engine);
    expect(out).toContain(
      [
        'PART  SCORES OF              MAE',
        'test  lstm, all targets    2.000',
        'test  repeat, all targets  1.000 *',
        'test  lstm, a                NaN',
        'test  repeat, a                –',
        'test  lstm, b              3.000 *',
        'test  repeat, b              NaN',
      ].join('\n'),
    );
  });

  it('--metrics', async () => {
    const { out } = await cli(['show', '3', '--metrics'], withRuns());
    expect(out).toBe(
      lines(
        'epoch  trainLoss  validationLoss',
        '    1     0.5000          0.7500',
        '    2     0.2500             NaN',
      ),
    );
    const json = await cli(['show', '3', '--steps', '--json'], withRuns());
    expect(JSON.parse(json.out)).toEqual([
      { step: 1, trainLoss: 0.5, validationLoss: 0.75 },
      { step: 2, trainLoss: 0.25, validationLoss: null },
    ]);
  });

  it('--log asks page by page', async () => {
    const engine = withRuns();
    engine.emit({ type: 'run.created', runId, name: 'demo' });
    for (let step = 1; step <= 1000; step++) engine.emit({ type: 'run.checkpointed', runId, step });
    engine.emit({ type: 'run.ended', runId, state: 'diverged', reason: 'The loss was NaN.' });
    const { out } = await cli(['show', '3', '--log'], engine);
    const log = out.trimEnd().split('\n');
    expect(log).toHaveLength(1002);
    expect(log[0]).toBe('2026-11-22 15:14:00 -05:00  created as "demo"');
    expect(log[1000]).toBe('2026-11-22 15:14:00 -05:00  checkpoint at step 1,000');
    expect(log[1001]).toBe('2026-11-22 15:14:00 -05:00  diverged: The loss was NaN.');
  });

  it('--config is an experiment', async () => {
    const { out } = await cli(['show', '3', '--config'], withRuns());
    expect(JSON.parse(out)).toEqual(cannedRun().configuration);
  });

  it('says that there is no such run', async () => {
    const { code, out, err } = await cli(['show', 'x'], withRuns());
    expect({ code, out, err }).toEqual({
      code: 1,
      out: '',
      err: 'hindcast: There is no run "x"; `hindcast runs` lists them.\n',
    });
  });
});

describe('compare', () => {
  it('puts differences and scores side by side, protocol by protocol', async () => {
    const engine = withRuns();
    const [a, b] = [...engine.runs.values()].map(summaryOf);
    const row = (
      subject: string,
      runId: RunSummary['id'] | null,
      label: string,
      value: number,
      best: boolean,
    ) => ({
      subject,
      runId,
      studyId: null,
      label,
      metric: 'mae' as const,
      unit: 'original' as const,
      value,
      deviation: null,
      best,
    });
    engine.comparison = {
      runs: [a!, b!],
      studies: [],
      differences: [
        { path: 'model.units', values: [32, null] },
        { path: 'task.features', values: [['close'], 'x'] },
      ],
      protocols: [
        {
          remark: null,
          fingerprint: 'f00d0123456789ab',
          runs: [a!.id],
          rows: [
            row('model', a!.id, 'demo', 41.5, false),
            row('model', b!.id, 'demo', 42.5, false),
            row('repeat', null, 'repeat', 40.25, true),
          ],
        },
        { remark: null, fingerprint: null, runs: [b!.id], rows: [] },
      ],
    };
    engine.comparison.runs[1] = { ...b!, name: 'x'.repeat(176) };
    expect((await cli(['compare', '3', 'wide'], engine)).out).toContain(`  4  ${'x'.repeat(47)}…  queued`);
    engine.comparison.runs[1] = b!;
    const { code, out } = await cli(['compare', '3', 'wide'], engine);
    expect(out).toBe(
      lines(
        'RUN  NAME  STATE      DATASET   MODEL  PARAMETERS  EPOCHS  BEST VALIDATION',
        '  3  demo  completed  sp500 v1  lstm        4,645       2          0.01980',
        '  4  wide  queued 2   sp500 v1  lstm        4,645       0                –',
        '',
        'DIFFERENCE     RUN 3      RUN 4',
        'model.units    32         –',
        'task.features  ["close"]  x',
        '',
        'Test scores, protocol 1 (f00d01234567), run 3:',
        '          MAE',
        '3 demo  41.50',
        '4 demo  42.50',
        'repeat  40.25 *',
        '* best: ahead by more than 1 %, and behind by no other metric',
        'Skill by MAE: 3 demo −0.031, 4 demo −0.056 (1 − error / error of the best baseline).',
        '',
        'Test scores, protocol 2, run 4: none yet.',
        '',
        'Scores of different protocols are of different things: they are not ranked against each other.',
      ),
    );
    expect(code).toBe(0);
    expect(engine.calls.find(({ path }) => path === 'runs.compare')?.input).toEqual({ runs: [3, 4] });
    expect(JSON.parse((await cli(['compare', '3', '4', '--json'], engine)).out).protocols).toHaveLength(2);
  });
});

describe('rename, delete, queue', () => {
  it('renames', async () => {
    expect((await cli(['rename', '3', 'better name'], withRuns())).out).toBe('Run 3 is now "better name".\n');
  });

  it('deletes with --yes', async () => {
    const engine = withRuns();
    expect(await cli(['delete', '3', '--yes'], engine)).toMatchObject({
      code: 0,
      out: 'Deleted run 3 "demo".\n',
      err: '',
    });
    expect([...engine.runs.keys()]).toEqual([4]);
  });

  it.each([
    ['y', 0, true],
    ['Yes', 0, true],
    ['', 1, false],
    ['nay', 1, false],
  ])('deletes where the answer on a terminal is %j: exit code %i', async (answer, code, isDeleted) => {
    const engine = withRuns();
    const result = await cli(['delete', '3', '--json'], engine, { isTerminal: true, answer });
    expect(result.err).toBe('Delete run 3 "demo" (completed, 123 kB) for good? [y/N] ');
    expect(result.code).toBe(code);
    expect(JSON.parse(result.out)).toEqual({ deleted: isDeleted, run: 3 });
    expect(engine.runs.has(3)).toBe(!isDeleted);
  });

  it('shows and changes the queue', async () => {
    const engine = withRuns();
    engine.queue = { limit: 1, running: [3], queued: [4] };
    const { out } = await cli(['queue', '--limit', '2', '--move', '4', '--to', '1'], engine);
    expect(out).toBe(
      lines(
        'POSITION  RUN  NAME  LEFT',
        '  trains    3  demo     –',
        '       1    4  wide     –',
        '2 runs may train at once.',
      ),
    );
    expect(engine.calls.slice(0, 2)).toEqual([
      { path: 'queue.setLimit', input: { limit: 2 } },
      { path: 'queue.move', input: { run: 4, position: 1 } },
    ]);
    engine.queue = { limit: 1, running: [], queued: [] };
    expect((await cli(['queue'], engine)).out).toBe(
      'Nothing trains and nothing waits; 1 run may train at once.\n',
    );
  });
});

describe('folds', () => {
  it('stand side by side, the later ones with intervals', async () => {
    const { out } = await cli(['folds', 's1', 's2'], withRuns());
    expect(out.split('\n')[0]).toBe('Test MAE of each fold.');
    expect(out).toMatch(/fold 1 +2000-01-01 +2000-01-02 +24 +1\.500 +2\.000 +– +–/);
    expect(out).toMatch(/fold 2 +2000-01-03 +2000-01-04 +24 +2\.500 +3\.000 +88\.3 % +4\.000/);
    expect(out).toMatch(/mean +2\.000 +2\.500 +88\.3 % +4\.000/);
    expect(out).toContain('\nTold by mean.');
    expect((await cli(['folds', 's1', '--way', 'median', '--json'], withRuns())).out).toContain('median');
  });

  it('are refused by a metric that they lack', async () => {
    const { code, err } = await cli(['folds', 's1', '--metric', 'owa'], withRuns());
    expect([code, err]).toEqual([2, expect.stringContaining('not scored by "owa"; they are by mae')]);
  });
});

describe('a study', () => {
  const study = {
    id: StudyIdSchema.parse(2),
    name: 'both',
    kind: 'seeds',
    plan: { kind: 'seeds', seeds: [1, 2] },
    createdAtMs: cannedRun().createdAtMs,
    seedsAlone: true,
    searches: false,
    judges: false,
    hasFolds: false,
    hasOneConfiguration: true,
    hidesTest: false,
    open: false,
    runs: [3, 4].map((id) => RunIdSchema.parse(id)),
    findings: {
      test: { mean: 41, deviation: 0.5, count: 2, metric: 'mae', unit: 'original' },
      validation: null,
      note: null,
    },
  };
  const withStudy = () => {
    const engine = withRuns();
    engine.studies.push(study);
    for (const [index, run] of [...engine.runs.keys()].entries())
      engine.change(run, { studyId: study.id, studyPosition: index + 1 });
    return engine;
  };

  it('is one row of the list, with its runs below where that is asked for', async () => {
    const folded = (await cli(['runs'], withStudy())).out.split('\n');
    expect(folded[1]).toMatch(/^ s2 +both +lstm +1 queued, 1 completed .*41\.00 ± 0\.5000 +MAE of close/);
    expect(folded.slice(2).join('')).toBe('');
    const unfolded = (await cli(['runs', '--unfold'], withStudy())).out.split('\n');
    expect(unfolded.map((line) => line.trim().split(' ')[0])).toEqual(['RUN', 's2', '4', '3', '!', '']);
  });

  it('is shown, renamed and deleted by s2 or by its name', async () => {
    const { out } = await cli(['show', 's2'], withStudy());
    expect(out).toContain('41.00 ± 0.5000');
    expect(out).toContain('wide');
    expect((await cli(['rename', 'both', 'pair'], withStudy())).out).toBe('Study s2 is now "pair".\n');
    expect((await cli(['delete', 's2'], withStudy())).code).toBe(2);
    const engine = withStudy();
    expect((await cli(['delete', 's2', '--yes'], engine)).out).toBe(
      'Deleted study s2 "both" with its 2 runs.\n',
    );
    expect(engine.studies).toEqual([]);
  });

  it('stands for its runs in a comparison and in the queue', async () => {
    const engine = withStudy();
    engine.queue = { limit: 1, running: [3], queued: [4] };
    await cli(['queue', '--move', 's2', '--to', '1'], engine);
    expect(engine.calls.find(({ path }) => path === 'queue.move')?.input).toEqual({ run: 4, position: 1 });
    await cli(['compare', 's2', '5'], engine);
    expect(engine.calls.find(({ path }) => path === 'runs.compare')?.input).toEqual({ runs: ['s2', 5] });
  });

  it('is one row of a comparison: mean and deviation, and in one column what its runs differ in', async () => {
    const engine = withStudy();
    const [a, b] = [...engine.runs.values()];
    const row = (label: string, value: number, more: object = {}) => ({
      subject: 'model',
      runId: null,
      studyId: null,
      label,
      metric: 'mae',
      unit: 'original' as const,
      value,
      deviation: null,
      best: false,
      ...more,
    });
    const third = { ...a!, id: RunIdSchema.parse(5), name: 'other', studyId: null };
    engine.comparison = {
      runs: [a!, b!, third],
      studies: [{ id: study.id, name: 'both', runs: [a!.id, b!.id] }],
      differences: [
        { path: 'seed', values: [1, 2, 1] },
        { path: 'model.units', values: [8, 8, 16] },
      ],
      protocols: [
        {
          remark: null,
          fingerprint: 'f00d0123456789ab',
          runs: [a!.id, b!.id, third.id],
          rows: [
            row('both', 41, { studyId: study.id, deviation: 0.5 }),
            row('one', 40.5, { runId: a!.id }),
            row('two', 41.5, { runId: b!.id }),
            row('other', 44, { runId: third.id }),
          ],
        },
      ],
    };
    const { out } = await cli(['compare', 's2', '5'], engine);
    const found = out.split('\n').map((line) => line.trim().replace(/ {2,}/g, ' | '));
    expect(found).toContain('DIFFERENCE | STUDY s2 | RUN 5');
    expect(found).toContain('seed | 1, 2 | 1');
    expect(found).toContain('model.units | 8 | 16');
    expect(found).toContain('s2 both | 41.00 ± 0.5000');
    expect(found).toContain('3 one | 40.50');
    expect(found).toContain('5 other | 44.00');
  });
});

describe('import and datasets', () => {
  it('takes that there is no header, or where it is', async () => {
    const engine = fakeEngine();
    engine.importUpdates = [importedSp500];
    const asked = async (...options: string[]) => {
      const { code } = await cli(['import', 'some.tsv', ...options], engine);
      return [code, (engine.calls.at(-1)!.input as { options?: object }).options];
    };
    expect(await asked('--no-header')).toEqual([0, { headerLine: 0 }]);
    expect(await asked('--header-line', '2')).toEqual([0, { headerLine: 2 }]);
    expect(await asked()).toEqual([0, {}]);
    expect((await asked('--no-header', '--header-line', '2'))[0]).toBe(2);
  });

  it('reports what was found and what was set aside', async () => {
    const engine = fakeEngine();
    engine.importUpdates = [
      { type: 'progress', phase: 'storing', rows: 100, fraction: 0.5, secondsLeft: 2 },
      importedSp500,
    ];
    const { code, out } = await cli(
      [
        'import',
        'some.tsv',
        '--name',
        'x',
        '--delimiter',
        'tab',
        '--time-column',
        'd',
        '--layout',
        'long',
        '--series-column',
        's',
        '--time-zone',
        'Europe/Berlin',
        '--time-format',
        '%Y',
      ],
      engine,
    );
    expect(out).toBe(
      lines(
        'Imported "sp500", version 1: 5,104 rows, 1 series, 2 columns, 2000-01-03 to 2013-12-23, 1 day apart.',
        '',
        'COLUMN   KIND      MISSING    MIN   MEAN    MAX  CATEGORIES',
        'close    numeric         3  676.5  1,581  3,386',
        'weather  category        0      –      –      –  sun, rain',
        '',
        'Rows were out of order and were sorted.',
        '1 row of 5,105 was set aside:',
        '  line 17, column "close": not a number: 2000-01-25,n/a',
      ),
    );
    expect(code).toBe(0);
    expect(engine.calls[0]?.input).toEqual({
      source: { kind: 'file', path: join(process.cwd(), 'some.tsv') },
      name: 'x',
      options: {
        delimiter: '\t',
        timeColumn: 'd',
        layout: 'long',
        seriesColumn: 's',
        timeZone: 'Europe/Berlin',
        timeFormat: '%Y',
      },
    });
  });

  it('draws progress on a terminal', async () => {
    const engine = fakeEngine();
    engine.importUpdates = [
      { type: 'progress', phase: 'storing', rows: 1200, fraction: 0.5, secondsLeft: 2 },
      importedSp500,
    ];
    const { err } = await cli(['import', 'a.csv'], engine, { isTerminal: true });
    expect(err).toBe('\rstoring  50 %  1,200 rows  2 s left\u001b[K\r\u001b[K');
  });

  it('makes a named workspace that is missing', async () => {
    const engine = fakeEngine();
    engine.importUpdates = [importedSp500];
    const { code } = await cli(['import', 'a.csv', '--workspace', '/nowhere/new.hindcast'], engine);
    expect({ code, opened: engine.opened }).toEqual({ code: 0, opened: ['/nowhere/new.hindcast'] });
  });

  it('says that nothing was new', async () => {
    const engine = fakeEngine();
    engine.importUpdates = [{ ...importedSp500, created: false } as typeof importedSp500];
    expect((await cli(['import', 'a.csv'], engine)).out).toMatch(
      /^Nothing new: a\.csv has the same content as "sp500", version 1:/,
    );
  });

  it('warns of columns that the version before had', async () => {
    const engine = fakeEngine();
    engine.datasets.push(cannedDataset());
    const [close] = cannedDataset().columns;
    const dataset = cannedDataset({ version: 2, versions: 2, columns: [close!] });
    engine.importUpdates = [{ type: 'done', dataset, created: true }];
    const sentence = 'weather is missing; runs that use it cannot be repeated with this version.';
    const { code, err } = await cli(['import', 'a.csv'], engine);
    expect({ code, err }).toEqual({ code: 0, err: `warning: ${sentence}\n` });
    expect(engine.calls.at(-1)?.input).toEqual({ dataset: 1, version: 1 });
    const asJson = await cli(['import', 'a.csv', '--json'], engine);
    expect(JSON.parse(asJson.out).warnings).toEqual([sentence]);
    expect(asJson.err).toBe('');

    // Nothing new, or nothing missing: nothing to say.
    engine.importUpdates = [{ type: 'done', dataset, created: false }];
    expect((await cli(['import', 'a.csv'], engine)).err).toBe('');
    engine.importUpdates = [{ type: 'done', dataset: cannedDataset({ version: 2 }), created: true }];
    expect((await cli(['import', 'a.csv'], engine)).err).toBe('');
  });

  it('names the series and says whose columns are shown', async () => {
    const engine = fakeEngine();
    engine.importUpdates = [{ type: 'done', dataset: ofCities('Bonn', 'Oslo'), created: true }];
    const several = (await cli(['import', 'cities.csv'], engine)).out;
    expect(several).toContain('\n\nSeries by city: Bonn, Oslo\n\nColumns of Bonn (1 of 2 series):\nCOLUMN ');
    engine.importUpdates = [{ type: 'done', dataset: ofCities('Bonn'), created: true }];
    const one = (await cli(['import', 'cities.csv'], engine)).out;
    expect(one).toContain('\n\nSeries by city: Bonn\n\nCOLUMN ');
  });

  it('keeps names of series to a line and a width', async () => {
    const engine = fakeEngine();
    engine.importUpdates = [
      { type: 'done', dataset: ofCities('x\u001b[31m\ny', 'z'.repeat(100)), created: true },
    ];
    expect((await cli(['import', 'cities.csv'], engine)).out).toContain(
      `\nSeries by city: x [31m y, ${'z'.repeat(39)}…\n\nColumns of x [31m y (1 of 2 series):\n`,
    );
  });

  it('passes on what the engine refuses', async () => {
    const { code, err } = await cli(['import', '/x/missing.csv', '--json']);
    expect(JSON.parse(err)).toEqual({
      error: { code: 'file-missing', message: 'There is no file /x/missing.csv; check the path.' },
    });
    expect(code).toBe(1);
  });

  it('lists datasets', async () => {
    expect((await cli(['datasets'], withRuns())).out).toBe(
      lines(
        'DATASET  NAME   VERSION  STATE   ROWS  SERIES  COLUMNS  FROM        TO          STEP     SIZE  SET ASIDE',
        '      1  sp500        1  ready  5,104       1        2  2000-01-03  2013-12-23  1 day  245 kB          1',
      ),
    );
    expect((await cli(['datasets'])).out).toMatch(/^No datasets yet: `hindcast import FILE` makes one/);
  });

  it('shows a dataset, by name or number', async () => {
    const { out } = await cli(['datasets', 'sp500'], withRuns());
    expect(out).toContain(
      'Source   /data/sp500-2000.csv\nTimes    date, zone UTC, format detected\nLayout   wide\n',
    );
    expect(out).toContain('  line 17, column "close": not a number: 2000-01-25,n/a\n');
    expect((await cli(['datasets', '1'], withRuns())).out).toBe(out);
    const { recipe } = JSON.parse((await cli(['datasets', '1', '--json'], withRuns())).out);
    expect(recipe.timeColumn).toBe('date');
  });
});

describe('errors of a run', () => {
  it('by step: the first, the last and some between, of the model and the baselines', async () => {
    const { out } = await cli(['show', '3', '--by-step', '--top', '4', '--metric', 'mae'], withRuns());
    expect(out).toContain('MAE by steps ahead, test part');
    expect(out).toMatch(/^STEP +model +repeat$/m);
    expect(out.match(/^ *\d+ +\d/gm)!.map((line) => Number(line.trim().split(/ +/)[0]))).toEqual([
      1, 14, 27, 40,
    ]);
    expect(out).toMatch(/^ *40 +40\.00 +80\.00$/m);
    expect(out).toContain('… 36 more steps: --top 40 shows all.');
  });

  it('by series: the worst against its best baseline first, and how many more there are', async () => {
    const { out } = await cli(['show', '3', '--by-series', '--top', '2'], withRuns());
    const lines = out.split('\n').filter((line) => line.startsWith('store'));
    expect(lines.map((line) => line.slice(0, 8).trim())).toEqual(['store 3', 'store 2']);
    expect(lines[0]).toMatch(/13\.00 +repeat +10\.00 +\+30\.0 %$/);
    expect(out).toContain('… 28 more series: --top 30 shows all.');
    expect(out).toContain('Worse than the best baseline for 3 of 30 series by MAE.');
    const other = await cli(['show', '3', '--by-series', '--metric', 'rmse'], withRuns());
    expect(other.out).toContain('Better than the best baseline for every series by RMSE.');
  });

  it('by origin: the worst first, over the steps that are known', async () => {
    const { out } = await cli(['show', '3', '--by-origin'], withRuns());
    expect(out).toContain('Mean absolute error by origin, test part, 1 origin, in the unit of the data');
    expect(out).toMatch(/^2020-04-17T00:00:00Z +a,b +1\.125$/m);
    const { origins } = JSON.parse((await cli(['show', '3', '--by-origin', '--json'], withRuns())).out);
    expect(origins).toEqual([{ series: 'a,b', origin: '2020-04-17T00:00:00Z', means: [1.125], count: 1 }]);
  });

  it('as JSON everything is there, and what does not fit is refused', async () => {
    const steps = JSON.parse((await cli(['show', '3', '--by-step', '--json'], withRuns())).out);
    expect(steps).toMatchObject({ run: 3, part: 'test', horizon: 40, unit: 'original' });
    expect(steps.subjects[0].byStep.mae).toHaveLength(40);
    const all = JSON.parse((await cli(['show', '3', '--by-series', '--json'], withRuns())).out);
    expect(all.series).toHaveLength(30);
    const unknown = await cli(['show', '3', '--by-step', '--metric', 'rsme'], withRuns());
    expect(unknown.code).toBe(2);
    expect(unknown.err).toContain('was not scored by "rsme"');
    const alone = await cli(['show', '3', '--top', '3'], withRuns());
    expect(alone).toMatchObject({ code: 2 });
    expect(alone.err).toContain('--top needs --by-step, --by-series or --by-origin');
    const two = await cli(['show', '3', '--by-step', '--by-series'], withRuns());
    expect(two.err).toContain("--by-step and --by-series can't be used together");
  });
});

describe('forecast and export', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'hindcast-export-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const CSV = lines(
    'series,origin,time,step,target,forecast,actual,unit',
    '"a,b",2020-04-17T00:00:00Z,2020-04-18T00:00:00Z,1,close,2800.125,2799,unit of close',
    '"a,b",2020-04-17T00:00:00Z,2020-04-18T06:00:00Z,2,close,0.30000000000000004,,unit of close',
  );

  it('prints CSV', async () => {
    const engine = withRuns();
    const { code, out, err } = await cli(['forecast', '3', '--part', 'test'], engine);
    expect(out).toBe(CSV);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(engine.calls[0]?.input).toEqual({ run: 3, part: 'test' });
  });

  it('prints JSON', async () => {
    const { out } = await cli(['forecast', '3', '--json'], withRuns());
    expect(JSON.parse(out)).toEqual({
      run: 3,
      part: 'future',
      rows: 2,
      forecasts: [
        {
          series: 'a,b',
          origin: '2020-04-17T00:00:00Z',
          time: '2020-04-18T00:00:00Z',
          step: 1,
          target: 'close',
          forecast: 2800.125,
          actual: 2799,
        },
        {
          series: 'a,b',
          origin: '2020-04-17T00:00:00Z',
          time: '2020-04-18T06:00:00Z',
          step: 2,
          target: 'close',
          forecast: 0.30000000000000004,
          actual: null,
        },
      ],
    });
  });

  it('writes a file, and overwrites only with --force', async () => {
    const out = join(folder, 'f.csv');
    expect(await cli(['forecast', '3', '--out', out], withRuns())).toMatchObject({
      code: 0,
      out: `Wrote 2 forecasts to ${out}.\n`,
    });
    writeFileSync(out, 'mine');
    const engine = withRuns();
    const refused = await cli(['forecast', '3', '--out', out], engine);
    expect(refused).toMatchObject({
      code: 1,
      err: `hindcast: ${out} exists already; choose another path or add --force to overwrite.\n`,
    });
    expect(engine.calls).toEqual([]);
    expect(readFileSync(out, 'utf8')).toBe('mine');
    await cli(['forecast', '3', '--out', out, '--force'], withRuns());
    expect(readFileSync(out, 'utf8')).toBe(CSV);
    expect(readdirSync(folder)).toEqual(['f.csv']);
  });

  it('exports all files into a new folder', async () => {
    const out = join(folder, 'run-3');
    expect((await cli(['export', '3', '--format', 'csv', '--out', out], withRuns())).out).toBe(
      `Wrote 2 files to ${out} (25 B): forecasts.csv, scores.csv.\n`,
    );
    expect(readdirSync(out).sort()).toEqual(['forecasts.csv', 'scores.csv']);
    expect(readdirSync(folder)).toEqual(['run-3']);
  });

  it('leaves nothing where the engine refuses', async () => {
    for (const out of ['model', 'f.csv', 'run.html']) {
      const format = { model: 'tfjs', 'f.csv': 'csv', 'run.html': 'report' }[out]!;
      const { code } = await cli(
        ['export', '99', '--format', format, '--out', join(folder, out)],
        withRuns(),
      );
      expect(code).toBe(1);
    }
    expect(readdirSync(folder)).toEqual([]);
  });

  it('refuses a folder with something in it, and with --force leaves the other files alone', async () => {
    writeFileSync(join(folder, 'notes.txt'), 'mine');
    writeFileSync(join(folder, 'scores.csv'), 'old');
    const argv = ['export', '3', '--format', 'csv', '--out', folder];
    expect(await cli(argv, withRuns())).toMatchObject({
      code: 1,
      err: `hindcast: ${folder} is not empty; choose another path or add --force to overwrite.\n`,
    });
    expect(readdirSync(folder).sort()).toEqual(['notes.txt', 'scores.csv']);
    expect((await cli([...argv, '--force'], withRuns())).code).toBe(0);
    expect(readdirSync(folder).sort()).toEqual(['forecasts.csv', 'notes.txt', 'scores.csv']);
    expect(readFileSync(join(folder, 'scores.csv'), 'utf8')).toBe('scores.csv\n');
    expect(readFileSync(join(folder, 'notes.txt'), 'utf8')).toBe('mine');
  });

  it('exports the forecasts alone where the path ends in .csv', async () => {
    const out = join(folder, 'only.csv');
    const { code } = await cli(['export', '3', '--format', 'csv', '--out', out], withRuns());
    expect(readFileSync(out, 'utf8')).toBe('forecasts.csv\n');
    expect(code).toBe(0);
  });

  it('names a folder that is missing, and a file where a folder should be', async () => {
    const out = join(folder, 'no', 'x.csv');
    expect((await cli(['forecast', '3', '--out', out], withRuns())).err).toBe(
      `hindcast: ${out} can't be written, since there is no folder ${join(folder, 'no')}; make it first.\n`,
    );
    writeFileSync(join(folder, 'file'), '');
    expect(
      (await cli(['export', '3', '--format', 'csv', '--out', join(folder, 'file')], withRuns())).err,
    ).toBe(`hindcast: ${join(folder, 'file')} is a file; name a folder instead.\n`);
  });
});

describe('check', () => {
  it('says that the workspace is sound, or each finding', async () => {
    const engine = withRuns();
    expect(await cli(['check'], engine)).toMatchObject({
      code: 0,
      out: 'The workspace is sound; read in 0.3 s.\n',
    });
    engine.checks = [['First.', 'Second.']];
    const { code, out, err } = await cli(['check'], engine);
    expect({ code, out }).toEqual({ code: 1, out: 'First.\nSecond.\n' });
    expect(err).toContain('is damaged: 2 findings.');
    expect(engine.calls.some(({ path }) => path === 'workspace.repair')).toBe(false);
  });

  it('with --repair says first what it is going to do, then what was done and where the copy is', async () => {
    const engine = withRuns();
    engine.checks = [['An index contradicts its table.'], []];
    const { code, out, err } = await cli(['check', '--repair'], engine);
    expect(err).toContain(
      'Found:\n  An index contradicts its table.\nThe repair, after a copy of the workspace was made beside it:\n  Rebuild all indexes',
    );
    expect({ code, out }).toEqual({
      code: 0,
      out: lines(
        'The workspace as it was is kept as /data/demo.hindcast.before-repair.',
        'Done: Rebuild all indexes from their tables.',
        'The workspace is sound; read in 0.3 s.',
      ),
    });
  });
});

describe('doctor', () => {
  it('shows versions, workspace, disk use and backends', async () => {
    const engine = withRuns();
    engine.backends = [
      { name: 'simd', available: true, version: '1', device: 'CPU, 2 threads', reason: null, install: null },
      {
        name: 'tensorflow',
        available: false,
        version: null,
        device: null,
        reason: 'it is not installed.',
        install: 'npm install @tensorflow/tfjs-node@4.22.0',
      },
    ];
    const { code, out } = await cli(['doctor'], engine);
    expect(out).toBe(
      lines(
        'Hindcast  0.1.0',
        'Engine    in this process',
        'Node      24.21.0',
        'SQLite    3.51.0',
        'System    linux x64, 2 cores, 25.0 GB memory',
        'Threads   up to 2 for a run: 2 cores shared among 1 run at once; a small model takes fewer',
        '',
        'Workspace  /data/demo.hindcast',
        'Made       2026-11-22 15:14 -05:00, schema 1',
        'Holds      1 dataset, 1 run',
        'Disk use   12.3 MB: datasets 245 kB, metrics 1.0 MB, checkpoints 18.0 kB, free pages 16.4 kB, other 11.0 MB',
        'Check      everything is as it was stored; read in 0.3 s',
        '',
        'BACKEND     USABLE  VERSION  DEVICE',
        'simd        yes     1        CPU, 2 threads',
        'tensorflow  no      –        –',
        '',
        "tensorflow can't be used: it is not installed.",
        'To install it: npm install @tensorflow/tfjs-node@4.22.0',
      ),
    );
    expect(code).toBe(0);
    expect(JSON.parse((await cli(['doctor', '--json'], engine)).out)).toMatchObject({
      role: 'host',
      sqlite: '3.51.0',
      backends: { length: 2 },
    });
  });

  it('says what is damaged, and fails', async () => {
    const engine = withRuns();
    engine.checks = [['The data chunk 3 is not what was stored.']];
    const { code, out, err } = await cli(['doctor'], engine);
    expect(code).toBe(1);
    expect(out).toContain(
      'Check      1 finding; read in 0.3 s\n\nThe data chunk 3 is not what was stored.\n',
    );
    expect(err).toContain('`hindcast check --repair` repairs what can be repaired');
  });

  it('says how many threads a run gets, and why', async () => {
    const engine = withRuns();
    const threads = async () => /^Threads +(.*)$/m.exec((await cli(['doctor'], engine)).out)?.[1];
    engine.queue.running = [3, 4, 5];
    expect(await threads()).toBe(
      'up to 1 for a run: 2 cores shared among 3 runs at once; a small model takes fewer',
    );
    engine.threads = 4;
    expect(await threads()).toBe('4 for each run, as set in this workspace');
  });

  it('still speaks where the workspace does not open', async () => {
    const engine = fakeEngine();
    engine.openError = new HindcastError(
      'workspace-newer',
      'demo.hindcast comes from a newer version;\n update Hindcast.',
    );
    const { code, out, err } = await cli(['doctor'], engine);
    expect(out).toMatch(/^Node +24\.\d+\.\d+\nSystem .*\nWorkspace .* could not be opened\n$/);
    expect({ code, err }).toEqual({
      code: 1,
      err: 'hindcast: demo.hindcast comes from a newer version; update Hindcast.\n',
    });
  });
});
