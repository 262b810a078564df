// What is wrong with data as a run would use them: said in a note before it trains, and kept out of the loss that chooses its epoch.
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Series } from '../../../../engine/data/series.ts';
import type { ForecastModel } from '../../../../engine/models/forecast-model.ts';
import { prepareForecast } from '../../../../engine/tasks/forecast/preparation/prepare.ts';
import { createForecastTask } from '../../../../engine/tasks/forecast/training/training.ts';
import { type MadeColumns, makeExperiment, makeRandom, makeSeries, wave } from '../../../data/made-series.ts';
import { useCpu } from '../../../training/toy.ts';

const ROWS = 100;
/** Constant in training (70 rows), far away after it. */
const lateJump = Array.from({ length: ROWS }, (_, row) => (row < 70 ? 0 : 1000 + row));
const standardized = (scope = 'series') => [{ step: 'standardize', scope }];

function prepare(
  series: readonly Series[],
  task: Readonly<Record<string, unknown>> = {},
  pipeline: readonly object[] = standardized(),
) {
  return prepareForecast(makeExperiment(task, { pipeline }), series, 'made');
}

/** Of a model that always answers 0. */
function validationLoss(prepared: ReturnType<typeof prepare>): number {
  const { horizon, targetNames } = prepared;
  const predict = ({ x }: { x: tf.Tensor3D }) => tf.zeros([x.shape[0], horizon, targetNames.length]);
  const model = { specs: [], predict } as unknown as ForecastModel;
  const task = { loss: 'mse' as const, huberDelta: 1, metrics: [] };
  const createScorer = () => ({ add() {}, finish: () => [] });
  const pass = createForecastTask({ prepared, model, task, batchSize: 32, createScorer }).validate(() => {
    throw new Error('no weights');
  });
  for (let next = pass.next(); ; next = pass.next()) if (next.done) return next.value.loss;
}

describe('a target that is constant in training', () => {
  beforeAll(useCpu);
  const a = makeSeries({ y: wave(ROWS) }, { name: 'a' });
  const late = (name: string) => makeSeries({ y: lateJump }, { name });

  test('of some series is left out of the validation loss, and named once', () => {
    const prepared = prepare([a, late('b'), late('c')]);
    expect(validationLoss(prepared)).toBe(validationLoss(prepare([a])));
    expect(validationLoss(prepared)).toBeLessThan(10);
    const noted = prepared.notes.filter((note) => note.includes('The validation loss'));
    expect(noted).toEqual([
      'The target "y" of series "b", "c" is constant in the training part: there is nothing to learn from. The validation loss, by which the best epoch is chosen, leaves it out, since it could not be scaled and would count in its raw unit.',
    ]);
  });

  test('of several targets is left out, however it is scaled', () => {
    const columns = { y: wave(ROWS), z: lateJump };
    for (const step of ['standardize', 'min-max']) {
      const prepared = prepare([makeSeries(columns)], { targets: ['y', 'z'] }, [{ step, scope: 'all' }]);
      expect(prepared.unjudged).toEqual([{ series: 0, target: 1 }]);
      expect(validationLoss(prepared)).toBeLessThan(10);
    }
  });

  test('counts where it has the unit of the others, and where nothing else is known', () => {
    expect(prepare([a, late('b')], {}, standardized('all')).unjudged).toBeUndefined();
    expect(prepare([a, late('b')], {}, []).unjudged).toBeUndefined();
    expect(prepare([late('b'), late('c')]).unjudged).toBeUndefined();
    const unknownLater = wave(ROWS).map((value, row) => (row < 70 ? value : Number.NaN));
    const hidden = makeSeries({ y: unknownLater, x: wave(ROWS) }, { name: 'a' });
    const other = makeSeries({ y: lateJump, x: wave(ROWS) }, { name: 'b' });
    const features = { features: ['x'] };
    expect(prepare([hidden, other], features).unjudged).toBeUndefined();
  });
});

describe('gaps in time', () => {
  const holed = (keep: (row: number) => boolean, columns: MadeColumns = { y: wave(900) }): Series => {
    const whole = makeSeries(columns, { stepUs: 3_600_000_000n });
    const rows = Array.from(whole.times.keys()).filter(keep);
    return {
      ...whole,
      times: BigInt64Array.from(rows, (row) => whole.times[row]!),
      columns: whole.columns.map((one) => ({
        ...one,
        values: Float64Array.from(rows, (row) => one.values[row]!),
      })),
    };
  };
  const fill = [{ step: 'fill' }];
  const said = (series: Series, task: Readonly<Record<string, unknown>> = {}) =>
    prepare([series], { lookback: 24, ...task }, fill).notes.filter((note) =>
      note.startsWith('Gaps in time'),
    );

  test('that leave few windows are counted part by part, with the cure', () => {
    // 60 rows in a row once in each part, else 8 of every 11 hours.
    const isWhole = (row: number) => [100, 660, 800].some((from) => row >= from && row < from + 60);
    const [note, ...more] = said(holed((row) => isWhole(row) || row % 11 < 8));
    expect(more).toEqual([]);
    expect(note).toMatch(
      /^Gaps in time leave few windows of those that the rows would give: training \d+ of \d+, validation \d+ of \d+, test \d+ of \d+, because no window crosses a gap longer than 2 rows\. Set task\.crossGaps to 3 so that windows cross most gaps, with the step fill/,
    );
    const [, few, all] = /training (\d+) of (\d+)/.exec(note!)!.map(Number);
    expect(few).toBeLessThan(60);
    expect(all).toBeGreaterThan(400);
  });

  test('that cost little, or that windows cross, are not', () => {
    expect(said(holed((row) => row < 300 || row >= 310))).toEqual([]);
    expect(
      said(
        holed((row) => row % 11 < 8),
        { crossGaps: 3 },
      ),
    ).toEqual([]);
    expect(said(holed(() => true))).toEqual([]);
  });
});

describe('values that 32-bit numbers cannot tell apart', () => {
  const random = makeRandom(5);
  const shifted = (offset: number) => wave(ROWS).map((value) => offset + value + random());
  const said = (
    columns: MadeColumns,
    pipeline: readonly object[],
    task: Readonly<Record<string, unknown>> = {},
  ) => prepare([makeSeries(columns)], task, pipeline).notes.filter((note) => note.includes('32-bit'));

  test('are named with their column and the cure, as input and as target', () => {
    expect(said({ y: shifted(1e12) }, [])).toEqual([
      expect.stringMatching(
        /^"y" of series "main" varies by about \d(\.\d)? around 1000000000000, where the model's 32-bit numbers lie 66000 apart, .*: add the step standardize to the pipeline\.$/,
      ),
    ]);
    expect(said({ y: wave(ROWS), x: shifted(-1e9) }, [], { features: ['x', 'y'] })).toHaveLength(1);
  });

  test('are no longer so once shifted, and were not so where they are merely large', () => {
    expect(said({ y: shifted(1e12) }, standardized())).toEqual([]);
    expect(said({ y: shifted(1e12) }, [{ step: 'subtract-last' }])).toEqual([]);
    expect(said({ y: wave(ROWS).map((value) => value * 1e12) }, [])).toEqual([]);
    expect(said({ y: wave(ROWS).map(() => 1e12) }, [])).toEqual([]);
  });
});

test('a value far from all others is named with its time, as input and as target', () => {
  const spiked = wave(ROWS).map((value, row) => (row === 9 ? 1e9 : value));
  const said = (columns: MadeColumns, task: Readonly<Record<string, unknown>> = {}) =>
    prepare([makeSeries(columns)], task).notes.filter((note) => note.includes('far from all others'));
  expect(said({ y: spiked })).toEqual([
    expect.stringMatching(
      /^"y" of series "main": 1 value is far from all others, .*: 1000000000 \(2000-01-10\)\. .*read it as missing\.$/,
    ),
  ]);
  expect(said({ y: wave(ROWS), x: spiked }, { features: ['x'] })).toHaveLength(1);
  expect(said({ y: wave(ROWS), x: spiked })).toEqual([]);
});
