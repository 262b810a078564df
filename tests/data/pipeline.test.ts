// Each step of the pipeline: its effect on the inputs, and forecasts that return to original units.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PipelineStep } from '../../engine/contract/experiment/pipeline.ts';
import { createSums, statisticsOf } from '../../engine/data/pipeline/sums.ts';
import type { PreparedForecast } from '../../engine/data/prepared.ts';
import type { Series } from '../../engine/data/series.ts';
import { prepareForecast } from '../../engine/tasks/forecast/preparation/prepare.ts';
import { type MadeColumns, makeExperiment, makeSeries, wave } from './made-series.ts';

interface Setup {
  readonly columns?: MadeColumns;
  readonly series?: readonly Series[];
  readonly features?: readonly string[];
  readonly targets?: readonly string[];
  readonly pipeline: readonly PipelineStep[];
}

/** Look-back 1, so that the inputs of the window with origin `row` are the model's view of that row. */
function prepare({ columns = {}, series, features = ['y'], targets = ['y'], pipeline }: Setup) {
  const task = { features, targets, lookback: 1, horizon: 1 };
  const rest = { pipeline, split: { kind: 'fraction', train: 0.5, validation: 0.25 } };
  return prepareForecast(makeExperiment(task, rest), series ?? [makeSeries(columns)], 'made');
}

/** Inputs of each row of a series that is an origin, by row. */
function inputRows(prepared: PreparedForecast, series = 0): Record<number, number[]> {
  const rows: Record<number, number[]> = {};
  const batch = prepared.createBatch(1);
  for (const set of Object.values(prepared.windows)) {
    set.origin.forEach((origin, index) => {
      if (set.series[index] !== series) return;
      prepared.gather(set, [index], batch);
      rows[origin] = Array.from(batch.inputs);
    });
  }
  return rows;
}

const column = (rows: Record<number, number[]>, input = 0) => Object.values(rows).map((row) => row[input]);

describe('fill', () => {
  const y = [NaN, 2, 4, NaN, NaN, 9, NaN, 8, NaN, 1, 1, 1];
  const filled = (method: 'forward' | 'mean' | 'zero') =>
    column(
      inputRows(
        prepare({ columns: { x: y, y: wave(12) }, features: ['x'], pipeline: [{ step: 'fill', method }] }),
      ),
    );
  // Training rows are the first six; their known mean is (2 + 4 + 9) / 3 = 5.
  test('forward: the last value before, the training mean where there is none', () => {
    expect(filled('forward')).toEqual([5, 2, 4, 4, 4, 9, 9, 8, 8, 1, 1]);
  });
  test('mean: the training mean', () => {
    expect(filled('mean')).toEqual([5, 2, 4, 5, 5, 9, 5, 8, 5, 1, 1]);
  });
  test('zero', () => {
    expect(filled('zero')).toEqual([0, 2, 4, 0, 0, 9, 0, 8, 0, 1, 1]);
  });

  test('a filled target stays masked, and no estimate is made from filled cells', () => {
    const values = [1, NaN, NaN, NaN, 3, 5, 5, NaN, 5, 5, 5, 5];
    const prepared = prepare({
      columns: { y: values },
      pipeline: [
        { step: 'fill', method: 'forward' },
        { step: 'standardize', scope: 'series' },
      ],
    });
    const { train } = prepared.windows;
    const batch = prepared.createBatch(train.count);
    prepared.gather(train, Array.from(train.origin.keys()), batch);
    // Origins 0 to 2 have missing targets and are left out; what remains are origins 3 and 4.
    expect(Array.from(train.origin)).toEqual([3, 4]);
    const std = Math.sqrt(8 / 3);
    expect(batch.targets[0]).toBeCloseTo((3 - 3) / std, 6);
    expect(batch.targets[1]).toBeCloseTo((5 - 3) / std, 6);
    const validation = prepared.createBatch(prepared.windows.validation.count);
    prepared.gather(prepared.windows.validation, [0, 1, 2], validation);
    expect(Array.from(validation.mask)).toEqual([1, 0, 1]);
    expect(validation.targets[1]).toBe(0);
  });

  test('categories: forward, the most frequent, or none', () => {
    const weather = [null, 'sun', 'rain', null, 'sun', 'sun', null, 'fog', null, 'rain', 'sun', 'sun'];
    const of = (method: 'forward' | 'mean' | 'zero') =>
      prepare({
        columns: { weather, y: wave(12) },
        features: ['weather'],
        pipeline: [{ step: 'fill', method }, { step: 'one-hot' }],
      });
    expect(of('forward').inputNames).toEqual(['weather=rain', 'weather=sun']);
    const rain = [1, 0];
    const sun = [0, 1];
    const none = [0, 0];
    expect(Object.values(inputRows(of('forward')))).toEqual([
      sun,
      sun,
      rain,
      rain,
      sun,
      sun,
      sun,
      none,
      none,
      rain,
      sun,
    ]);
    expect(Object.values(inputRows(of('mean')))[3]).toEqual(sun);
    expect(Object.values(inputRows(of('zero')))[3]).toEqual(none);
  });

  test('each series is filled with its own estimate', () => {
    const numbers = (value: number) => [NaN, ...new Array<number>(11).fill(value)];
    const words = (value: string) => [null, ...new Array<string>(11).fill(value)];
    const low = makeSeries({ x: numbers(1), w: words('sun'), y: wave(12) }, { name: 'low' });
    const high = makeSeries({ x: numbers(9), w: words('fog'), y: wave(12) }, { name: 'high' });
    const pipeline: PipelineStep[] = [{ step: 'fill', method: 'mean' }, { step: 'one-hot' }];
    const prepared = prepare({ series: [low, high], features: ['x', 'w'], pipeline });
    expect(prepared.inputNames).toEqual(['x', 'w=fog', 'w=sun']);
    expect(inputRows(prepared, 0)[0]).toEqual([1, 0, 1]);
    expect(inputRows(prepared, 1)[0]).toEqual([9, 1, 0]);
  });

  test('a category from all series, the first by name of equally frequent ones, may be new to a series', () => {
    const words = ['b', 'b', 'a', 'a', 'c', null];
    const full = makeSeries({ w: [...words, ...words], y: wave(12) }, { name: 'full' });
    const none = makeSeries({ w: [...new Array<null>(11).fill(null), 'z'], y: wave(12) }, { name: 'none' });
    const pipeline: PipelineStep[] = [{ step: 'fill', method: 'mean' }, { step: 'one-hot' }];
    const prepared = prepare({ series: [full, none], features: ['w'], pipeline });
    expect(inputRows(prepared, 1)[0]).toEqual([1, 0, 0]);
  });

  test('no category stays none in a series that lacks one of the categories', () => {
    const full = makeSeries({ w: ['a', ...new Array<string>(11).fill('b')], y: wave(12) }, { name: 'full' });
    const partly = makeSeries(
      { w: [null, ...new Array<string>(11).fill('b')], y: wave(12) },
      { name: 'partly' },
    );
    const pipeline: PipelineStep[] = [{ step: 'fill', method: 'zero' }, { step: 'one-hot' }];
    const prepared = prepare({ series: [full, partly], features: ['w'], pipeline });
    expect(inputRows(prepared, 1)[0]).toEqual([0, 0]);
  });

  test('a series without training values of its own falls back on all series', () => {
    const empty = makeSeries({ x: new Array<number>(12).fill(NaN), y: wave(12) }, { name: 'empty' });
    const full = makeSeries({ x: new Array<number>(12).fill(4), y: wave(12) }, { name: 'full' });
    const prepared = prepare({
      series: [empty, full],
      features: ['x'],
      pipeline: [{ step: 'fill', method: 'forward' }],
    });
    expect(column(inputRows(prepared, 0))).toEqual(new Array(11).fill(4));
  });
});

describe('one-hot', () => {
  test('names come in order of name, whatever the codes of each series', () => {
    const first = makeSeries({ y: wave(8), w: ['b', 'a', 'c', 'a', 'a', 'a', 'd', 'd'] }, { name: 'first' });
    const second = makeSeries(
      { y: wave(8), w: ['c', 'b', 'c', 'b', 'b', 'b', 'b', 'b'] },
      { name: 'second' },
    );
    const prepared = prepare({
      series: [first, second],
      features: ['w', 'y'],
      pipeline: [{ step: 'one-hot' }],
    });
    expect(prepared.inputNames).toEqual(['w=a', 'w=b', 'w=c', 'y']);
    expect(inputRows(prepared, 0)[0]!.slice(0, 3)).toEqual([0, 1, 0]);
    expect(inputRows(prepared, 1)[0]!.slice(0, 3)).toEqual([0, 0, 1]);
    // `d` occurs only after the training part.
    expect(inputRows(prepared, 0)[6]!.slice(0, 3)).toEqual([0, 0, 0]);
  });
});

describe('scaling', () => {
  const series = [
    makeSeries({ y: [1, 3, 1, 3, 7, 9, 2, 2] }, { name: 'low' }),
    makeSeries({ y: [10, 30, 10, 30, 70, 90, 20, 20] }, { name: 'high' }),
  ];
  test('standardize by series: training mean 0 and population deviation 1', () => {
    const prepared = prepare({ series, pipeline: [{ step: 'standardize', scope: 'series' }] });
    const expected = [-1, 1, -1, 1, 5, 7, 0];
    expect(column(inputRows(prepared, 0))).toEqual(expected);
    expect(column(inputRows(prepared, 1))).toEqual(expected);
  });
  test('standardize over all series', () => {
    const prepared = prepare({ series, pipeline: [{ step: 'standardize', scope: 'all' }] });
    const all = [1, 3, 1, 3, 10, 30, 10, 30];
    const mean = all.reduce((sum, value) => sum + value) / 8;
    const std = Math.sqrt(all.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 8);
    expect(inputRows(prepared, 1)[4]![0]).toBeCloseTo((70 - mean) / std, 5);
    expect(inputRows(prepared, 0)[4]![0]).toBeCloseTo((7 - mean) / std, 5);
  });
  test('min-max by series and over all', () => {
    const bySeries = prepare({ series, pipeline: [{ step: 'min-max', scope: 'series' }] });
    expect(column(inputRows(bySeries, 1))).toEqual([0, 1, 0, 1, 3, 4, 0.5]);
    const overAll = prepare({ series, pipeline: [{ step: 'min-max', scope: 'all' }] });
    expect(inputRows(overAll, 1)[1]![0]).toBe(1);
    expect(inputRows(overAll, 0)[0]![0]).toBe(0);
    expect(inputRows(overAll, 0)[1]![0]).toBeCloseTo(2 / 29, 6);
  });
  test.each(['standardize', 'min-max'] as const)('%s leaves a constant column finite and says so', (step) => {
    const prepared = prepare({
      columns: { y: wave(12), x: [0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.4, 0.1, 0.1, 0.1, 0.1, 0.1] },
      features: ['x'],
      pipeline: [{ step, scope: 'series' }],
    });
    expect(column(inputRows(prepared)).slice(0, 7)).toEqual([0, 0, 0, 0, 0, 0, Math.fround(0.4 - 0.1)]);
    expect(prepared.notes.join()).toContain('"x" of series "main" is constant in the training part');
  });
  test('a constant target is noted', () => {
    const values = wave(12).map((value, row) => (row < 6 ? 5 : value));
    const { notes } = prepare({ columns: { y: values }, pipeline: [] });
    expect(notes.join()).toContain('The target "y" of series "main" is constant in the training part');
  });
});

describe('log', () => {
  test('without columns it takes those that are positive in training', () => {
    const prepared = prepare({
      columns: { y: wave(12), x: wave(12).map((value) => value - 11) },
      features: ['x', 'y'],
      pipeline: [{ step: 'log' }],
    });
    const rows = inputRows(prepared);
    expect(rows[2]![1]).toBeCloseTo(Math.log(wave(12)[2]!), 6);
    expect(rows[2]![0]).toBeCloseTo(wave(12)[2]! - 11, 6);
  });
});

describe('subtract-last', () => {
  test('subtracts the value at the origin from numeric inputs and targets, indicators stay', () => {
    const y = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048];
    const task = { features: ['y', 'w'], targets: ['y'], lookback: 2, horizon: 2 };
    const w = y.map((_, row) => (row % 2 === 0 ? 'even' : 'odd'));
    const rest = {
      pipeline: [{ step: 'one-hot' }, { step: 'subtract-last' }],
      split: { kind: 'fraction', train: 0.5, validation: 0.25 },
    };
    const prepared = prepareForecast(makeExperiment(task, rest), [makeSeries({ y, w })], 'made');
    const batch = prepared.createBatch(1);
    prepared.gather(prepared.windows.train, [1], batch);
    expect(prepared.windows.train.origin[1]).toBe(2);
    expect(Array.from(batch.inputs)).toEqual([2 - 4, 0, 1, 0, 1, 0]);
    expect(Array.from(batch.targets)).toEqual([8 - 4, 16 - 4]);
  });

  test('a missing value at the origin: the last known one before it; of no value at all: the filled one', () => {
    const y = [NaN, NaN, 3, NaN, 5, 6, 7, 8, NaN, NaN, 11, 12];
    const prepared = prepare({
      columns: { y },
      pipeline: [{ step: 'fill', method: 'zero' }, { step: 'subtract-last' }],
    });
    const rows = inputRows(prepared);
    expect(rows[1]).toEqual([0]);
    expect(rows[4]).toEqual([0]);
    // Row 3 is filled with 0 as an input, but the last known value is that of row 2.
    expect(rows[3]).toEqual([-3]);
    const set = prepared.windows.test;
    const back = prepared.toOriginal(set, Array.from(set.origin.keys()), new Float32Array(set.count));
    expect(Array.from(set.origin)).toEqual([8, 9, 10]);
    expect(Array.from(back)).toEqual([8, 8, 11]);
  });

  test('before the first known value the filled one is the reference', () => {
    const columns = { x: [NaN, 2, 4, ...wave(9)], y: wave(12) };
    const pipeline: PipelineStep[] = [{ step: 'fill', method: 'mean' }, { step: 'subtract-last' }];
    expect(inputRows(prepare({ columns, features: ['x'], pipeline }))[0]).toEqual([0]);
  });

  test('a target that is no feature has a reference of its own', () => {
    const y = [5, NaN, 7, 8, 9, 10, 11, NaN, 13, 14, 15, 16];
    const prepared = prepare({
      columns: { y, x: wave(12) },
      features: ['x'],
      pipeline: [{ step: 'subtract-last', columns: ['y'] }],
    });
    const batch = prepared.createBatch(1);
    // Origin 1 (missing) is the first: the target of origin 0 is missing.
    prepared.gather(prepared.windows.train, [0], batch);
    expect(prepared.windows.train.origin[0]).toBe(1);
    expect(Array.from(batch.targets)).toEqual([7 - 5]);
    expect(batch.inputs[0]).toBe(Math.fround(wave(12)[1]!));
  });
});

describe('difference', () => {
  test('inputs are changes in units of their deviation in the training part, targets changes from the last row', () => {
    const y = [1, 2, 4, 7, 11, 16, 22, 29, 37, 46, 56, 1000];
    const task = { features: ['y', 'w'], targets: ['y'], lookback: 2, horizon: 2 };
    const w = y.map((_, row) => (row % 2 === 0 ? 'even' : 'odd'));
    const rest = {
      pipeline: [{ step: 'one-hot' }, { step: 'difference' }],
      split: { kind: 'fraction', train: 0.5, validation: 0.25 },
    };
    const prepared = prepareForecast(makeExperiment(task, rest), [makeSeries({ y, w })], 'made');
    const batch = prepared.createBatch(1);
    prepared.gather(prepared.windows.train, [1], batch);
    // Rows 1 and 2; the six training rows have the changes 1 to 5.
    expect(Array.from(batch.inputs)).toEqual([1 / Math.SQRT2, 0, 1, 2 / Math.SQRT2, 1, 0].map(Math.fround));
    expect(Array.from(batch.targets)).toEqual([7 - 4, 11 - 4]);
  });

  test('the first row has no change, a constant column keeps its unit, a filled value changes as it was filled', () => {
    const columns = { y: wave(12), k: Array.from({ length: 12 }, () => 5), x: [1, NaN, 3, ...wave(9)] };
    const pipeline: PipelineStep[] = [{ step: 'fill', method: 'forward' }, { step: 'difference' }];
    const rows = inputRows(prepare({ columns, features: ['k', 'x'], pipeline }));
    expect(rows[0]).toEqual([0, 0]);
    expect(Object.values(rows).every(([k]) => k === 0)).toBe(true);
    expect(rows[1]![1]).toBe(0);
    expect(rows[2]![1]).toBeGreaterThan(0);
  });

  test('it stands last, and alone', () => {
    const run = (pipeline: PipelineStep[]) => () => prepare({ columns: { y: wave(12) }, pipeline });
    const scaled: PipelineStep = { step: 'standardize', scope: 'series' };
    expect(run([{ step: 'difference' }, scaled])).toThrow('move difference to the end');
    expect(run([{ step: 'difference' }, { step: 'subtract-last' }])).toThrow('leave one of them out');
  });
});

const positiveSteps: PipelineStep[][] = [
  [{ step: 'standardize', scope: 'series' }],
  [{ step: 'standardize', scope: 'all' }],
  [{ step: 'min-max', scope: 'series' }],
  [{ step: 'log' }],
  [{ step: 'subtract-last' }],
  [{ step: 'difference' }],
  [{ step: 'log' }, { step: 'standardize', scope: 'series' }, { step: 'difference' }],
  [{ step: 'fill', method: 'mean' }, { step: 'log' }, { step: 'min-max', scope: 'all' }],
  [{ step: 'log' }, { step: 'standardize', scope: 'series' }, { step: 'subtract-last' }],
  [{ step: 'standardize', scope: 'series' }, { step: 'min-max', scope: 'all' }, { step: 'subtract-last' }],
];

describe('original units', () => {
  test.each(positiveSteps.map((steps) => [steps.map((step) => step.step).join(', '), steps] as const))(
    'targets come back from %s',
    (_name, pipeline) => {
      fc.assert(
        fc.property(
          fc.array(fc.double({ min: 0.5, max: 2000, noNaN: true }), { minLength: 24, maxLength: 40 }),
          fc.integer({ min: 1, max: 3 }),
          (values, horizon) => {
            const made = [0, 1].map((index) =>
              makeSeries(
                { y: values.map((value) => value + index * 100), z: values.map((value) => 1 / value) },
                { name: `s${index}` },
              ),
            );
            const task = { targets: ['z', 'y'], lookback: 2, horizon };
            const prepared = prepareForecast(makeExperiment(task, { pipeline }), made, 'made');
            checkRoundTrip(prepared);
          },
        ),
        { numRuns: 25, seed: 8 },
      );
    },
  );
});

/** The model-unit targets of a window, taken as its forecast, are its true values in original units. */
function checkRoundTrip(prepared: PreparedForecast): void {
  const { horizon, targetNames, series, windows } = prepared;
  for (const set of Object.values(windows)) {
    const indices = Array.from(set.origin.keys());
    const batch = prepared.createBatch(set.count);
    prepared.gather(set, indices, batch);
    const back = prepared.toOriginal(set, indices, batch.targets);
    back.forEach((value, cell) => {
      const index = Math.floor(cell / (horizon * targetNames.length));
      const step = Math.floor(cell / targetNames.length) % horizon;
      const { actuals } = series[set.series[index]!]!;
      const values = actuals[cell % targetNames.length]!;
      const actual = values[set.origin[index]! + 1 + step]!;
      // Relative to the largest value of the column: what is subtracted or shifted by float32 is of that size.
      const size = Math.max(...values);
      expect(Math.abs(value - actual)).toBeLessThanOrEqual(1e-6 * size);
    });
  }
}

describe('sums', () => {
  test('keep what plain addition loses', () => {
    const sums = createSums(1);
    for (const value of [1e100, 1, -1e100, 1]) sums.add(0, value);
    expect(sums.total(0)).toBe(2);
  });
  test('infinite and NaN addends show', () => {
    const sums = createSums(3);
    for (const value of [1, Infinity, 2]) sums.add(0, value);
    for (const value of [1, NaN, 2]) sums.add(1, value);
    for (const value of [Infinity, -Infinity]) sums.add(2, value);
    expect([sums.total(0), sums.total(1), sums.total(2)]).toEqual([Infinity, NaN, NaN]);
  });
  test('statistics of a large offset are exact, of nothing NaN, of a constant without rounding', () => {
    const { mean, std } = statisticsOf([Float64Array.of(1e9 + 1, NaN, 1e9 + 3), Float64Array.of(1e9 + 5)]);
    expect(mean).toBe(1e9 + 3);
    expect(std).toBeCloseTo(Math.sqrt(8 / 3), 12);
    expect(statisticsOf([Float64Array.of(NaN)])).toMatchObject({ count: 0, mean: NaN });
    expect(statisticsOf([new Float64Array(49).fill(0.1)])).toMatchObject({ mean: 0.1, std: 0 });
    // Their squares are too small for a number.
    expect(statisticsOf([Float64Array.of(1e-310, 3e-310)]).std / 1e-310).toBeCloseTo(1, 6);
  });
});

describe('robust', () => {
  const y = [1, 2, 3, 4, 5, 1000, 7, -1, 3, 3, 3, 3];
  test('median and quartiles of the training part; forecasts return to the unit', () => {
    const prepared = prepare({ columns: { y }, pipeline: [{ step: 'robust', scope: 'series' }] });
    // Of 1, 2, 3, 4, 5, 1000: median 3.5, quartiles 2.25 and 4.75.
    const scaled = column(inputRows(prepared)) as number[];
    expect(scaled.slice(0, 6)).toEqual([1, 2, 3, 4, 5, 1000].map((v) => expect.closeTo((v - 3.5) / 2.5, 4)));
  });

  test('where half of the values are the same, the deviation is the scale', () => {
    const flat = [5, 5, 5, 5, 5, 11, 5, 5, 5, 5, 5, 5];
    const scaled = column(
      inputRows(prepare({ columns: { y: flat }, pipeline: [{ step: 'robust', scope: 'series' }] })),
    ) as number[];
    expect(scaled[5]).toBeCloseTo(6 / Math.sqrt(5), 5);
  });
});

describe('clip', () => {
  const x = [0, 1, 2, 3, 4, 100, -50, 500, 2, NaN, 2, 2];
  const step = { step: 'clip', share: 0.2 } as const;
  test('inputs stay within quantiles of the training part, a missing one stays missing', () => {
    const rows = inputRows(
      prepare({
        columns: { x, y: wave(12) },
        features: ['x'],
        pipeline: [step, { step: 'fill', method: 'zero' }],
      }),
    );
    // Of 0, 1, 2, 3, 4, 100: the quantiles 0.2 and 0.8 are 1 and 4.
    expect(column(rows)).toEqual([1, 1, 2, 3, 4, 4, 1, 4, 2, 0, 2]);
  });

  test('no target is clipped', () => {
    const own = [0, 1, 2, 3, 4, 100, -50, 500, 2, 2, 2, 2];
    expect(column(inputRows(prepare({ columns: { y: own }, pipeline: [step] })))).toEqual(own.slice(0, 11));
    const named = () => prepare({ columns: { y: own }, pipeline: [{ ...step, columns: ['y'] }] });
    expect(named).toThrow('targets are never clipped');
  });
});

describe('missing-indicator', () => {
  const x = [1, NaN, 3, 4, 5, 6, NaN, 8, 9, 9, 9, 9];
  const whole = [...Array(12).keys()];
  const rowsOf = (pipeline: readonly PipelineStep[]) =>
    prepare({ columns: { x, whole, y: wave(12) }, features: ['x', 'whole'], pipeline });

  test('1 where the value is missing, before and after it is filled; none for a whole input', () => {
    const fill = { step: 'fill', method: 'zero' } as const;
    for (const pipeline of [
      [{ step: 'missing-indicator' }, fill],
      [fill, { step: 'missing-indicator' }],
    ] as const) {
      const prepared = rowsOf(pipeline);
      const rows = inputRows(prepared);
      expect(rows[1]).toEqual([0, 1, 1]);
      expect(rows[6]).toEqual([0, 1, 6]);
      expect(rows[7]).toEqual([8, 0, 7]);
    }
  });

  test('a scaling of the column leaves the indicator alone', () => {
    const rows = inputRows(
      rowsOf([
        { step: 'missing-indicator' },
        { step: 'fill', method: 'mean' },
        { step: 'standardize', scope: 'series', columns: ['x'] },
      ]),
    );
    expect([rows[1]![1], rows[2]![1]]).toEqual([1, 0]);
  });
});
