import { describe, expect, test } from 'vitest';
import type { DatasetSummary } from '../../engine/contract/datasets/dataset.ts';
import { ExperimentSchema } from '../../engine/contract/experiment/experiment.ts';
import { LossSchema } from '../../engine/contract/experiment/losses.ts';
import { ModelSchema } from '../../engine/contract/experiment/model.ts';
import { OptimizerSchema, ScheduleSchema } from '../../engine/contract/experiment/training.ts';
import { RunIdSchema } from '../../engine/contract/values/ids.ts';
import { completeExperiment } from '../../engine/defaults/experiment.ts';
import { hrefOf, parseRoute } from '../../renderer/app/router.ts';
import { draftFromRun, valueAt, withStep, withValue } from '../../renderer/features/design/draft.ts';
import {
  LOSSES,
  MODEL_TEXTS,
  OPTIMIZER_TEXTS,
  OPTIMIZERS,
  SCHEDULE_TEXTS,
  SCHEDULES,
} from '../../renderer/features/design/field-texts.ts';
import {
  MODEL_FIELDS,
  OPTIMIZER_FIELDS,
  SCHEDULE_FIELDS,
} from '../../renderer/features/design/schema-fields.ts';
import { clipLine, clipWords, linesOf, onEpochs } from '../../renderer/features/run/curve-lines.ts';
import { filterRuns, type ListedRun } from '../../renderer/features/runs/run-filter.ts';
import { joined } from '../../renderer/tasks/forecast/forecast-lines.ts';
import { suggestForecast } from '../../renderer/tasks/forecast/suggest.ts';
import { withFollowingName, withoutSeed } from '../../renderer/tasks/screens-of.ts';

const runs = [
  {
    id: 1,
    name: 'Apple',
    state: 'completed',
    datasetName: 'co2',
    modelKind: 'lstm',
    testScore: null,
    testOutcome: 'worse',
    bestBaseline: 'repeat',
    bestBaselineScore: 2,
    seed: 1,
    tags: ['paper'],
    note: '',
  },
  {
    id: 2,
    name: 'pear',
    state: 'failed',
    datasetName: 'sp500',
    testScore: 1,
    testOutcome: 'better',
    bestBaseline: 'repeat',
    bestBaselineScore: 2,
    modelKind: 'gru',
    seed: 2,
    tags: [],
    note: '',
  },
  {
    id: 3,
    name: 'plum',
    state: 'running',
    datasetName: 'sp500',
    modelKind: 'lstm',
    testScore: null,
    testOutcome: null,
    bestBaseline: null,
    bestBaselineScore: null,
    seed: 12,
    tags: [],
    note: '',
  },
] as unknown as ListedRun[];

describe('the filter of runs', () => {
  test.each([
    ['', 'all', [1, 2, 3]],
    ['APP', 'all', [1]],
    ['lstm sp500', 'all', [3]],
    ['state:failed', 'all', [2]],
    ['tag:paper', 'all', [1]],
    ['baseline:worse', 'all', [1]],
    ['baseline:better', 'all', [2]],
    ['seed:1 model:lstm', 'all', [1, 3]],
    ['unknown:x', 'all', []],
    ['', 'active', [3]],
    ['#2', 'all', [2]],
    ['2', 'all', [1, 2]],
    ['id:1', 'all', [1]],
    ['#1', 'broken', []],
    ['"apple"', 'all', [1]],
    ['tag:"pap', 'all', [1]],
    ['tag:"paper x"', 'all', []],
    ['""', 'all', [1, 2, 3]],
    ['', 'finished', [1]],
    ['', 'broken', [2]],
  ] as const)('%j in %s: %j', (text, group, ids) => {
    expect(filterRuns(runs, text, group).map(({ id }) => id)).toEqual(ids);
  });
});

describe('addresses', () => {
  test('there and back, whatever a name holds', () => {
    const href = hrefOf(['data', 'a/b ü?'], { x: '1,2', empty: '' });
    const { path, query } = parseRoute(href);
    expect(path).toEqual(['data', 'a/b ü?']);
    expect(Object.fromEntries(query)).toEqual({ x: '1,2' });
    expect(parseRoute('')).toMatchObject({ path: [] });
  });
});

describe('drafts', () => {
  const dataset = {
    name: 'sp500',
    frequency: '1 day',
    rows: 5_105,
    series: 1,
    startUs: Date.UTC(2000, 0, 3) * 1000,
    endUs: Date.UTC(2020, 3, 17) * 1000,
    columns: [
      { name: 'volume', kind: 'numeric' },
      { name: 'close', kind: 'numeric' },
      { name: 'note', kind: 'category' },
    ],
  } as DatasetSummary;

  test('a suggestion forecasts what one would, and fits the frequency', () => {
    const draft = suggestForecast(dataset);
    expect(valueAt(draft, 'task.targets')).toEqual(['close']);
    expect(valueAt(draft, 'task.lookback')).toBe(30);
    expect(valueAt(draft, 'dataset.name')).toBe('sp500');
  });

  test('a suggestion forecasts changes, and makes inputs of categories only where there are any', () => {
    const stepsOf = (of: DatasetSummary) => {
      const draft = suggestForecast(of);
      expect(ExperimentSchema.safeParse(draft).error).toBeUndefined();
      return ExperimentSchema.parse(completeExperiment(draft, of)).pipeline.map(({ step }) => step);
    };
    expect(stepsOf(dataset)).toEqual(['fill', 'one-hot', 'standardize', 'subtract-last']);
    const columns = dataset.columns.filter(({ kind }) => kind === 'numeric');
    expect(stepsOf({ ...dataset, columns })).toEqual(['fill', 'standardize', 'subtract-last']);
  });

  test('a suggestion reads all columns of what is measured every day, and of prices the target alone', () => {
    const inputs = (changes: Partial<DatasetSummary>) =>
      valueAt(suggestForecast({ ...dataset, ...changes }), 'task.features');
    // Five of seven days.
    expect(inputs({})).toEqual(['close']);
    const day = 86_400e6;
    const columns = ['rain', 'temp_max', 'kind'].map((name) => ({ name, kind: 'numeric' as const }));
    const everyDay = { columns, rows: 1_461, startUs: 0, endUs: 1_460 * day };
    expect(inputs(everyDay)).toEqual(['temp_max', 'rain', 'kind']);
    const wide = Array.from({ length: 9 }, (_, index) => ({ name: `c${index}`, kind: 'numeric' as const }));
    expect(inputs({ ...everyDay, columns: wide })).toEqual(['c0']);
  });

  test('an automatic name has data, target, model and size, and follows edits until the user gives one', () => {
    const draft = suggestForecast(dataset);
    expect(draft.name).toBe('sp500 close lstm 32');
    const gru = withFollowingName(draft, withValue(draft, 'model', { kind: 'gru', units: 48 }));
    expect(gru.name).toBe('sp500 close gru 48');
    const two = withFollowingName(gru, withValue(gru, 'task.targets', ['a', 'b', 'c']));
    expect(two.name).toBe('sp500 a b +1 gru 48');
    const named = withFollowingName(two, { ...two, name: 'mine' });
    expect(withFollowingName(named, withValue(named, 'model.units', 8)).name).toBe('mine');
    // While a field is emptied the name is shorter, and comes back with it.
    const emptied = withFollowingName(gru, withValue(gru, 'model.units', null));
    expect(emptied.name).toBe('sp500 close gru');
    expect(withFollowingName(emptied, withValue(emptied, 'model.units', 8)).name).toBe('sp500 close gru 8');
  });

  test('a draft of a run of a study is named without its seed, an own name stays', () => {
    const draft = suggestForecast(dataset);
    expect(withoutSeed({ ...draft, name: `${draft.name} seed 2` }).name).toBe(draft.name);
    expect(withoutSeed({ ...draft, name: 'lucky seed 2' }).name).toBe('lucky seed 2');
  });

  test('a step that is added comes before subtract-last, which must stay the last one', () => {
    const [fill, log, last] = [{ step: 'fill' }, { step: 'log' }, { step: 'subtract-last' }];
    expect(withStep([fill, last], log)).toEqual([fill, log, last]);
    expect(withStep([fill], log)).toEqual([fill, log]);
    expect(withStep([fill], last)).toEqual([fill, last]);
    expect(withStep([], last)).toEqual([last]);
  });

  test('a value is changed where it is, made where it is not, and taken away', () => {
    const draft = { name: 'x', training: { epochs: 3, batchSize: 8 }, pipeline: [{ step: 'fill' }] };
    expect(withValue(draft, 'training.epochs', 5)).toEqual({
      ...draft,
      training: { epochs: 5, batchSize: 8 },
    });
    expect(Object.keys(withValue(draft, 'training.epochs', 5))).toEqual(['name', 'training', 'pipeline']);
    expect(withValue(draft, 'evaluation.scale', 'standardized')).toMatchObject({
      evaluation: { scale: 'standardized' },
    });
    expect(withValue(draft, 'training.epochs', undefined)).toMatchObject({ training: { batchSize: 8 } });
    expect(withValue(draft, 'pipeline.0.method', 'mean')).toMatchObject({
      pipeline: [{ step: 'fill', method: 'mean' }],
    });
    expect(draft.training.epochs).toBe(3);
  });

  test('a copy of a run takes the newest version of the data', () => {
    const draft = draftFromRun(
      { name: 'old', dataset: { name: 'a', version: 3, sample: 's' }, seed: 4 },
      'new',
    );
    expect(draft).toEqual({ name: 'new', dataset: { name: 'a', sample: 's' }, seed: 4 });
  });

  test('every option of every model, optimizer and schedule has a field, a name and a sentence', () => {
    for (const [schema, kinds, texts] of [
      [ModelSchema, MODEL_FIELDS, MODEL_TEXTS],
      [OptimizerSchema, OPTIMIZER_FIELDS, OPTIMIZER_TEXTS],
      [ScheduleSchema, SCHEDULE_FIELDS, SCHEDULE_TEXTS],
    ] as const) {
      for (const option of schema.options) {
        const { kind, ...shape } = option.shape;
        const fields = kinds.get(kind.value);
        expect(
          fields?.map(({ name }) => name),
          kind.value,
        ).toEqual(Object.keys(shape));
        for (const { name, fields: parts } of fields ?? []) {
          expect(texts[name]?.help, `${kind.value} ${name}`).toMatch(/^[A-Z].*\.$/);
          for (const part of parts) expect(texts[`${name}.${part.name}`]?.help, part.name).toMatch(/\.$/);
        }
      }
    }
    expect(Object.keys(OPTIMIZERS)).toEqual([...OPTIMIZER_FIELDS.keys()]);
    expect(Object.keys(SCHEDULES)).toEqual([...SCHEDULE_FIELDS.keys()]);
    expect(LOSSES.map(({ value }) => value)).toEqual(LossSchema.options);
  });

  test('every architecture of the contract has fields', () => {
    expect([...MODEL_FIELDS.keys()]).toContain('lstm');
    for (const [kind, fields] of MODEL_FIELDS) expect(fields.length, kind).toBeGreaterThan(1);
    expect(MODEL_FIELDS.get('lstm')?.map(({ name }) => name)).toContain('units');
    expect(MODEL_FIELDS.get('lstm')?.find(({ name }) => name === 'layers')).toMatchObject({ type: 'whole' });
  });
});

describe('lines of charts', () => {
  const frame = {
    header: {
      runId: RunIdSchema.parse(1),
      scope: 'epoch',
      names: ['validationLoss'],
      rows: 2,
      from: 1,
      to: 2,
    },
    columns: {
      index: Float64Array.of(1, 2),
      mean: [Float64Array.of(3, 4)],
      min: [Float64Array.of(3, 4)],
      max: [Float64Array.of(3, 4)],
    },
  } as const;

  test('epochs lie at their last steps', () => {
    const view = { axis: 'step', stepsPerEpoch: 10 } as const;
    const [line] = linesOf(onEpochs(frame, view), { validationLoss: ['v', '--c'] }, view, { dots: true });
    expect(Array.from(line?.x ?? [])).toEqual([10, 20]);
    const byEpoch = { axis: 'epoch', stepsPerEpoch: 10 } as const;
    expect(
      Array.from(linesOf(onEpochs(frame, byEpoch), { validationLoss: ['v', '--c'] }, byEpoch)[0]?.x ?? []),
    ).toEqual([1, 2]);
  });

  test('where gradients are clipped is a line from end to end, and a share in words', () => {
    const norms = [{ y: [0.1, 0.2] }];
    const [line] = clipLine(0.5, [0, 40], norms);
    expect([Array.from(line!.x), Array.from(line!.y)]).toEqual([
      [0, 40],
      [0.5, 0.5],
    ]);
    expect(clipLine(null, [0, 40], norms)).toEqual([]);
    expect(clipLine(1, undefined, norms)).toEqual([]);
    // No norm comes near it: its line would flatten them.
    expect(clipLine(1, [0, 40], norms)).toEqual([]);
    expect(clipWords(1, 0.125)).toBe('12.5 % of steps clipped at 1');
    expect(clipWords(null, null)).toBeNull();
  });

  test('a forecast begins at the last known value', () => {
    const { NaN: none } = Number;
    expect(Array.from(joined(Float64Array.of(none, none, 5, 6), Float64Array.of(1, 2, 3, 4)))).toEqual([
      none,
      2,
      5,
      6,
    ]);
  });
});
