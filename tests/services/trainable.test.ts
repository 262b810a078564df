// What would make a run fail and can be known before: the check of a draft, the start of a run, of a duplicate and of a study refuse it
// in the same sentence, and nothing is made.
import { describe, expect, test } from 'vitest';
import { parseRunList } from '../../engine/contract/runs/run-list.ts';
import type { EngineContext } from '../../engine/services/context.ts';
import { checkExperiment } from '../../engine/services/runs/experiment-check.ts';
import { startRun } from '../../engine/services/runs/runs.ts';
import {
  duplicateTrainableRun,
  startTrainableRun,
  startTrainableStudy,
} from '../../engine/services/runs/trainable.ts';
import { importColumns } from './dataset.ts';
import { createTestEngine, runJobHere } from './fixture.ts';

const ROWS = 100;
const column = (value: (row: number) => number) => Array.from({ length: ROWS }, (_, row) => value(row));
const wave = (row: number) => Math.sin(row / 3);
const COLUMNS = {
  level: column(wave),
  rain: column((row) => (row % 4) * 2.5),
  dry: column((row) => (row % 4 === 0 ? 1 : 0)),
  wet: column((row) => (row % 4 === 0 ? 0 : 1)),
  constant: column(() => 3),
  untested: column((row) => (row < 85 ? wave(row) : Number.NaN)),
  unjudged: column((row) => (row >= 70 && row < 85 ? Number.NaN : wave(row))),
  late: column((row) => (row < 70 ? Number.NaN : wave(row))),
  empty: column(() => Number.NaN),
  lateShare: column((row) => (row < 95 ? row % 2 : 0.4)),
  otherShare: column((row) => (row < 95 ? 1 - (row % 2) : 0.6)),
};

function design(task: object, rest: object = {}) {
  return {
    name: 'tried',
    dataset: { name: 'weather' },
    task: { kind: 'forecast', targets: ['level'], lookback: 4, horizon: 2, ...task },
    model: { kind: 'lstm', units: 2 },
    training: { epochs: 1, batchSize: 16 },
    ...rest,
  };
}

function createEngine() {
  const engine = createTestEngine();
  importColumns(engine.workspace, 'weather', COLUMNS);
  return { ...engine, runJob: runJobHere };
}

const runsOf = ({ workspace }: EngineContext) => parseRunList(workspace.runs.listText());
const shares = (...targets: string[]) => design({ targets, loss: 'cross-entropy' }, { pipeline: [] });
const fractions = (train: number, validation: number) => ({ split: { kind: 'fraction', train, validation } });

const writer = { name: 'tried', dataset: { name: 'weather' }, task: { kind: 'generate', input: 'level' } };

const REFUSED: Readonly<Record<string, [configuration: object, field: string, says: RegExp]>> = {
  'a look-back longer than the data': [
    design({ lookback: 500 }),
    'task.lookback',
    /training part of weather has 70 rows \(of 100\).*look-back 500 \+ horizon 2 = 502/,
  ],
  'a look-back and a horizon that only together are too long': [
    design({ lookback: 60, horizon: 15 }),
    'task.lookback',
    /look-back 60 \+ horizon 15 = 75/,
  ],
  'segments where a text is learned': [
    { ...writer, model: { kind: 'lstm', units: 2, segment: { length: 4, stride: 2 } } },
    'model.segment',
    /^Only models of windows of series have a use for model\.segment/,
  ],
  'columns by themselves where a text is learned': [
    { ...writer, model: { kind: 'gru', units: 2, channelIndependent: true } },
    'model.channelIndependent',
    /it would change nothing/,
  ],
  'a solution in one step where classes are learned': [
    { ...writer, task: { kind: 'classify', window: {} }, model: { kind: 'linear', fit: 'ridge' } },
    'model.fit',
    /^No model of the task "classify" has a use for model\.fit/,
  ],
  'a causal encoder of what is translated': [
    {
      ...writer,
      task: { kind: 'translate', input: 'level', target: 'rain' },
      model: { kind: 'attention', units: 2, heads: 1, causal: true },
    },
    'model.causal',
    /^No model of the task "translate" has a use for model\.causal, here it would change nothing/,
  ],
  'a horizon longer than the data': [design({ horizon: 99_999 }), 'task.horizon', /horizon 99,999/],
  'a horizon longer than the part before the test': [
    design({ horizon: 16 }),
    'task.horizon',
    /the validation part of weather has 15 rows/,
  ],
  'a horizon longer than the test part': [
    design({ horizon: 12 }, fractions(0.7, 0.2)),
    'split',
    /the test part of weather has 10 rows/,
  ],
  'a split that leaves too small a validation part': [
    design({}, fractions(0.7, 0.01)),
    'split',
    /the validation part of weather has 1 row \(of 100\)/,
  ],
  'a split that leaves no test part': [
    design({}, { split: { kind: 'count', train: 70, validation: 30 } }),
    'split',
    /the test part of weather has 0 rows/,
  ],
  'a date outside the data': [
    design({}, { split: { kind: 'date', validationFrom: '1970-02-01', testFrom: '1999-01-01' } }),
    'split.testFrom',
    /lies outside the data/,
  ],
  'a column that is not there': [design({ targets: ['levle'] }), 'task.targets', /no column "levle"/],
  'a feature that is not there': [design({ features: ['levle'] }), 'task.features', /no column "levle"/],
  'a series that is not there': [design({ series: ['snow'] }), 'task.series', /no series "snow"/],
  'a target without any value': [
    design({ targets: ['empty'] }),
    'task.targets',
    /No window of the training part of weather has a known target/,
  ],
  'one of two targets without any value': [
    design({ targets: ['level', 'empty'] }),
    'task.targets',
    /"empty".*no value/,
  ],
  'a feature without any value': [
    design({ features: ['level', 'empty'] }),
    'task.features',
    /"empty".*no value/,
  ],
  'a target without a value to train on': [
    design({ targets: ['late'], features: ['level'] }),
    'task.targets',
    /No window of the training part of weather has a known target/,
  ],
  'no known test value': [
    design({ targets: ['untested'] }),
    'split',
    /None of the 14 test windows has a known target value, so there would be no score/,
  ],
  'no known validation value': [
    design({ targets: ['unjudged'] }),
    'split',
    /None of the 14 validation windows has a known target value, so no epoch can be judged/,
  ],
  'cross-entropy of amounts of rain': [
    shares('rain'),
    'task.loss',
    /The loss cross-entropy needs targets that are 1 .* at 1970-01-05 rain is 0; choose another task\.loss/,
  ],
  'cross-entropy of classes that the pipeline scales': [
    { ...shares('dry', 'wet'), pipeline: [{ step: 'standardize' }] },
    'task.loss',
    /the pipeline changes them: dry is 1\.69967, wet is -1\.69967; leave the targets out of the steps/,
  ],
  'cross-entropy of what is no class in the test part alone': [
    shares('lateShare', 'otherShare'),
    'task.loss',
    /at 1970-04-06 lateShare is 0\.4, otherShare is 0\.6/,
  ],
  'a season longer than the data': [
    design({}, { evaluation: { season: 365 } }),
    'evaluation.season',
    /evaluation\.season is 365 rows, but weather has 100/,
  ],
  'a batch that drops every test window': [
    design({}, { evaluation: { dropPartialBatchOf: 64 } }),
    'evaluation.dropPartialBatchOf',
    /none would be scored/,
  ],
  'a segment longer than the look-back': [
    design({}, { model: { kind: 'lstm', units: 2, segment: { length: 8, stride: 8 } } }),
    'model.segment.length',
    /A segment of 8 steps does not fit into a look-back of 4/,
  ],
  'columns apart that are not the same': [
    design({ features: ['rain'] }, { model: { kind: 'lstm', units: 2, channelIndependent: true } }),
    'model.channelIndependent',
    /forecasts each column from itself/,
  ],
  'a model larger than the memory': [
    design({}, { model: { kind: 'lstm', units: 4096, layers: 16 }, training: { batchSize: 4_000_000 } }),
    'model',
    /needs about .* of memory/,
  ],
};

test('a name of digits is refused by the check as it is at the start, with what the training costs', async () => {
  for (const name of ['12', ' 007 ', 's3']) {
    const engine = createEngine();
    const configuration = { ...design({}), name };
    const { usable, issues, estimate } = await checkExperiment(engine, configuration, undefined);
    expect(usable, name).toBe(false);
    expect(issues).toEqual([
      { field: 'name', message: expect.stringContaining('must not look like the number') },
    ]);
    expect(estimate).not.toBeNull();
    await expect(startTrainableRun(engine, { configuration }, undefined)).rejects.toThrow(
      /must not look like/,
    );
  }
});

describe('refused before there is a run', () => {
  test.each(Object.entries(REFUSED))('%s', async (_name, [configuration, field, says]) => {
    const engine = createEngine();
    const { usable, issues } = await checkExperiment(engine, configuration, undefined);
    expect(usable).toBe(false);
    expect(issues).toEqual([{ field, message: expect.stringMatching(says) }]);
    const sentence = expect.objectContaining({ message: issues[0]!.message });
    await expect(startTrainableRun(engine, { configuration }, undefined)).rejects.toEqual(sentence);
    const plan = { kind: 'seeds', seeds: [1, 2] };
    await expect(startTrainableStudy(engine, { configuration, plan }, undefined)).rejects.toEqual(sentence);
    expect(runsOf(engine)).toEqual([]);
    expect(engine.workspace.studies.list()).toEqual([]);
    // One that was to be ready has got no run.
    const given = engine.trainers.flatMap(({ received }) => received.map(({ type }) => type));
    expect(given.filter((type) => type !== 'prepare')).toEqual([]);
  });
});

describe('allowed', () => {
  test.each<[string, object]>([
    ['a batch larger than the windows', design({}, { training: { epochs: 1, batchSize: 100_000 } })],
    ['a stride longer than the training part', design({ stride: 1_000 })],
    ['the longest look-back that fits', design({ lookback: 68 })],
    ['the longest horizon that fits', design({ horizon: 15 })],
    ['a season of all rows but one', design({}, { evaluation: { season: 99 } })],
    ['cross-entropy of classes', shares('dry', 'wet')],
  ])('%s', async (_name, configuration) => {
    const engine = createEngine();
    expect((await checkExperiment(engine, configuration, undefined)).issues).toEqual([]);
    const run = await startTrainableRun(engine, { configuration }, undefined);
    expect(runsOf(engine).map(({ id }) => id)).toEqual([run.id]);
  });

  test('a constant target, with a note', async () => {
    const { usable, estimate } = await checkExperiment(
      createEngine(),
      design({ targets: ['constant'] }),
      undefined,
    );
    expect(usable).toBe(true);
    expect(estimate?.notes.join()).toContain(
      '"constant" of series "weather" is constant in the training part',
    );
  });
});

test('a run that failed on its data is not made once more by a duplicate', async () => {
  const engine = createEngine();
  const failed = startRun(engine, design({ lookback: 500 }), undefined);
  await expect(duplicateTrainableRun(engine, { run: failed.id }, undefined)).rejects.toThrow('500');
  expect(runsOf(engine)).toHaveLength(1);
});

test('a start that is cancelled makes no run', async () => {
  const engine = createTestEngine();
  const stop = new AbortController();
  const started = startTrainableRun(
    engine,
    { configuration: { ...design({}), dataset: { name: 'waves' } } },
    stop.signal,
  );
  stop.abort();
  await expect(started).rejects.toMatchObject({ code: 'cancelled' });
  expect(runsOf(engine)).toEqual([]);
});

describe('the training process of a run', () => {
  const waves = {
    ...design({}),
    task: { ...design({}).task, targets: ['level'] },
    dataset: { name: 'waves' },
  };

  test('starts while the experiment is checked, and is given the run', async () => {
    const engine = createTestEngine();
    const started = startTrainableRun({ ...engine, runJob: runJobHere }, { configuration: waves }, undefined);
    expect(engine.trainers.map(({ received }) => received)).toEqual([[{ type: 'prepare' }]]);
    await started;
    expect(engine.trainers).toHaveLength(1);
    expect(engine.trainers[0]!.received.map(({ type }) => type)).toEqual(['prepare', 'train']);
  });

  test('ends where the run is refused, and one that has died gets no run', async () => {
    const engine = { ...createTestEngine(), runJob: runJobHere };
    const refused = { ...waves, task: { ...waves.task, lookback: 500 } };
    await expect(startTrainableRun(engine, { configuration: refused }, undefined)).rejects.toThrow('500');
    expect(await engine.trainers[0]!.exited).toMatchObject({ signal: 'SIGKILL' });
    const started = startTrainableRun(engine, { configuration: waves }, undefined);
    engine.trainers[1]!.end({ code: 1, signal: null });
    await started;
    expect(engine.trainers[2]!.received.map(({ type }) => type)).toEqual(['train']);
  });

  test('does not start where another run trains', async () => {
    const engine = { ...createTestEngine(), runJob: runJobHere };
    engine.supervisor.setLimit(1);
    await startTrainableRun(engine, { configuration: waves }, undefined);
    await startTrainableRun(engine, { configuration: waves }, undefined);
    expect(engine.trainers).toHaveLength(1);
  });
});
