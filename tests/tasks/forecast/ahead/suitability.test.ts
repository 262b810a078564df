// New data beside the training data of a model: other kinds of columns are refused; missing, new or irregular rows are noted.
import { describe, expect, test } from 'vitest';
import type { PipelineStep } from '../../../../engine/contract/experiment/pipeline.ts';
import type { Series } from '../../../../engine/data/series.ts';
import { prepareFuture } from '../../../../engine/tasks/forecast/ahead/future.ts';
import { prepareForecast } from '../../../../engine/tasks/forecast/preparation/prepare.ts';
import { errorOf, makeExperiment, makeSeries, wave } from '../../../data/made-series.ts';

const pipeline: PipelineStep[] = [
  { step: 'fill', method: 'forward' },
  { step: 'one-hot' },
  { step: 'standardize', scope: 'all' },
];
const task = { targets: ['y'], features: ['y', 'x', 'weather'], lookback: 6, horizon: 2 };
const experiment = makeExperiment(task, { pipeline });
const y = wave(60, 1);
const weather = y.map((_, row) => ['sun', 'rain'][row % 2]!);
const x = wave(60, 2);
const { fitted } = prepareForecast(experiment, [makeSeries({ y, x, weather })], 'made');

const recent = (changes: Partial<Record<'x' | 'y' | 'weather', number[] | string[]>>): Series =>
  makeSeries(
    { y: y.slice(0, 20), x: x.slice(0, 20), weather: weather.slice(0, 20), ...changes },
    { name: 'new' },
  );

const notesOf = (series: Series) => prepareFuture(experiment, fitted, [series]).notes;

describe('new data', () => {
  test('like those of the training need no word', () => {
    expect(notesOf(recent({}))).toEqual([]);
  });

  test('with values missing in the look-back are noted, and not before it', () => {
    const missing = (...rows: number[]) =>
      notesOf(recent({ y: y.slice(0, 20).map((value, row) => (rows.includes(row) ? NaN : value)) }));
    expect(missing(3, 13)).toEqual([]);
    expect(missing(3, 14, 19)).toEqual([
      '"y" of series "new" lacks 2 of its last 6 values, which are filled as in training.',
    ]);
  });

  test('with a category that the model has never seen are noted', () => {
    const hail = (row: number) => notesOf(recent({ weather: weather.slice(0, 20).with(row, 'hail') }));
    expect(hail(2)).toEqual([]);
    expect(hail(18)).toEqual([
      '"weather" of series "new" holds "hail", which the model has never seen and takes for none of "rain", "sun".',
    ]);
  });

  const jumping = (days: bigint, before: number): Series => {
    const series = recent({});
    const times = series.times.map((time, row) => (row < before ? time : time + days * 86_400_000_000n));
    return { ...series, times };
  };

  test('with a gap in the look-back are put on the time grid, which is noted', () => {
    expect(notesOf(jumping(2n, 12))).toEqual([]);
    expect(notesOf(jumping(2n, 17))).toEqual([
      'Series "new" has a gap in time after 2000-01-17: 2 of its last 6 rows are missing and are filled as in training.',
    ]);
  });

  test('whose rows count as neighbours: a jump in the look-back is noted', () => {
    const byRows = makeExperiment({ ...task, gaps: 'rows' }, { pipeline });
    const notes = (days: bigint) => prepareFuture(byRows, fitted, [jumping(days, 16)]).notes;
    expect(notes(4n)).toEqual([]);
    expect(notes(5n)).toEqual([
      expect.stringMatching(
        /^The rows of series "new" jump from \S+ to \S+; the model takes them for neighbours\.$/,
      ),
    ]);
  });

  test.each([
    [{ x: weather.slice(0, 20) }, /holds text such as "\w+", but the model was trained on numbers/],
    [{ weather: y.slice(0, 20) }, /holds numbers, but the model was trained on the categories "rain", "sun"/],
  ])('with a column of another kind are refused', (changes, message) => {
    const error = errorOf(() => prepareFuture(experiment, fitted, [recent(changes)]));
    expect(error.code).toBe('invalid-input');
    expect(error.message).toMatch(message);
  });
});
