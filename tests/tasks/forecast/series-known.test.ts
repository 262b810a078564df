// What says which series a window is of, by name or by features that do not change: encoder models and the encoder-decoder learn from it,
// beside inputs that are known ahead, and their training resumes bit for bit.
import { beforeAll, describe, expect, test } from 'vitest';
import { selectBackend } from '../../../engine/backends/select.ts';
import { createScoreKeeper } from '../../../engine/evaluation/score-keeper.ts';
import { createParameterSet } from '../../../engine/models/parameters.ts';
import { prepareFuture } from '../../../engine/tasks/forecast/ahead/future.ts';
import { audit } from '../../../engine/tasks/forecast/audit.ts';
import { prepareForecast } from '../../../engine/tasks/forecast/preparation/prepare.ts';
import { modelFor } from '../../../engine/tasks/forecast/training/model.ts';
import { forecastBatches } from '../../../engine/tasks/forecast/training/pass.ts';
import { createForecastTask } from '../../../engine/tasks/forecast/training/training.ts';
import { errorOf, makeExperiment, makeRandom, makeSeries } from '../../data/made-series.ts';
import { bitsOf, record } from '../../training/toy.ts';

beforeAll(() => selectBackend('simd', { allowFallback: false, threads: 1 }));

const ROWS = 150;

/** After `u` of any row, `y` lies there in one series and opposite in the other: only the series says which. */
function opposite(name: string, size: number, seed: number) {
  const random = makeRandom(seed);
  const u = Array.from({ length: ROWS }, () => random() - 0.5);
  const y = u.map((_, row) => (row === 0 ? 0 : Math.sign(size - 15) * u[row - 1]!) + 0.02 * random());
  const sizes = u.map((_, row) => (row % 50 === 7 ? Number.NaN : size));
  return makeSeries({ y, u, size: sizes, price: u.map((value) => 5 + value) }, { name });
}
const series = [opposite('small', 10, 3), opposite('large', 20, 4)];

const asked = (task: object, model: object = { kind: 'gru', units: 8 }, training: object = {}) =>
  makeExperiment(
    { features: ['y', 'u'], lookback: 3, horizon: 1, metrics: ['mae'], ...task },
    {
      model,
      pipeline: [{ step: 'fill' }, { step: 'standardize' }, { step: 'subtract-last' }],
      training: {
        epochs: 20,
        batchSize: 16,
        optimizer: { kind: 'adam', learningRate: 0.03 },
        earlyStopping: null,
        ...training,
      },
    },
  );

function trainable(experiment: ReturnType<typeof asked>) {
  const { task: given, training, evaluation } = experiment;
  const prepared = prepareForecast(experiment, series, 'made');
  const model = modelFor(experiment, prepared);
  const task = createForecastTask({
    prepared,
    model,
    task: given,
    batchSize: training.batchSize,
    createScorer: (part) => createScoreKeeper(prepared, part, evaluation, given),
  });
  return { prepared, model, task, training };
}

const byName = { seriesIdentity: true };
const bySize = { features: ['y', 'u', 'size'], staticFeatures: ['size'] };

describe.each([
  ['gru', { kind: 'gru', units: 8 }],
  ['attention', { kind: 'attention', units: 8, heads: 2 }],
  ['encoder-decoder', { kind: 'encoder-decoder', units: 8 }],
])('%s', (_name, model) => {
  test('learns what differs from series to series by their names or a static feature, and not without', async () => {
    const losses: number[] = [];
    for (const task of [{}, byName, bySize]) {
      const { epochs } = await record(trainable(asked(task, model)));
      // Columns of an epoch: training loss, validation loss, metrics.
      losses.push(Math.min(...epochs.map(({ values }) => values[1]!)));
    }
    const [without, named, sized] = losses as [number, number, number];
    expect(named).toBeLessThan(0.5 * without);
    expect(sized).toBeLessThan(0.5 * without);
  });

  test('a window of the same values is forecast otherwise as another series', async () => {
    const experiment = { ...asked(byName, model, { epochs: 4 }), pipeline: [] };
    const { prepared, model: made, task, training } = trainable(experiment);
    const { ended } = await record({ task, training });
    const { weight, dispose } = createParameterSet(made.specs, ended.last.weights);
    const [own, other] = ['small', 'large'].map((name) => {
      const future = prepareFuture(experiment, prepared.fitted, [{ ...series[0]!, name }]);
      const pass = { data: future, set: future.windows, model: made, weight, size: 1 };
      return [...forecastBatches(pass)][0]!.forecasts[0]!;
    });
    dispose();
    expect(Math.abs(own! - other!)).toBeGreaterThan(0.05);
  });

  test('resumes bit for bit, with inputs that are known ahead too', async () => {
    const all = {
      ...byName,
      ...bySize,
      features: ['y', 'u', 'size', 'price'],
      knownAhead: ['price'],
      calendar: ['weekday'],
    };
    const toy = trainable(asked(all, model, { epochs: 2, checkpointEverySteps: 5 }));
    expect(toy.prepared.inputNames).toEqual([
      'y',
      'u',
      'size',
      'price',
      'weekday sine',
      'weekday cosine',
      'is series small',
      'is series large',
      'price, 1 ahead',
      'weekday sine, 1 ahead',
      'weekday cosine, 1 ahead',
    ]);
    const straight = await record(toy);
    const stopped = await record(toy, { stopAt: 13 });
    const resumed = await record(toy, { checkpoint: stopped.checkpoints.at(-1)!.data });
    expect(stopped.checkpoints.at(-1)!.step).toBe(13);
    expect(bitsOf(resumed.ended.last.weights)).toEqual(bitsOf(straight.ended.last.weights));
    expect(resumed.epochs.at(-1)).toEqual(straight.epochs.at(-1));
  });
});

describe('a static feature', () => {
  const inputs = (task: object) => {
    const prepared = prepareForecast(asked(task), series, 'made');
    const batch = prepared.createBatch(1);
    const at = prepared.inputNames.indexOf('size');
    return {
      notes: prepared.notes,
      of: [0, 1].map((wanted) => {
        prepared.gather(prepared.windows.test, [prepared.windows.test.series.indexOf(wanted)], batch);
        return [0, 1, 2].map((row) => batch.inputs[row * prepared.inputNames.length + at]);
      }),
    };
  };

  test('is scaled over all series, filled, and not levelled by any step', () => {
    expect(inputs(bySize).of).toEqual([
      [-1, -1, -1],
      [1, 1, 1],
    ]);
  });

  test('that is not named is scaled away, as a note says', () => {
    const { of, notes } = inputs({ features: ['y', 'u', 'size'] });
    expect(of.flat()).toEqual([0, 0, 0, 0, 0, 0]);
    expect(notes.filter((note) => note.includes('"size" is constant in each series'))).toHaveLength(1);
    expect(notes.join()).toContain('name it in task.staticFeatures');
  });

  test('says nothing where there is one series, as its name does not', () => {
    const { notes } = prepareForecast(asked({ ...byName, ...bySize }), [series[0]!], 'made');
    expect(notes).toContain(
      'task.seriesIdentity and task.staticFeatures tell the model nothing: there is one series.',
    );
    expect(inputs(bySize).notes.join()).not.toContain('tell the model nothing');
  });

  test('is known after the origin: an audit keeps it', () => {
    const task = asked(bySize);
    const { leaks } = audit({
      runId: 1,
      series,
      knownAhead: ['size'],
      prepare: (given) => prepareForecast(task, given, 'made'),
      forecast: () => Float64Array.of(0),
      uniform: makeRandom(2),
    });
    expect(leaks).toEqual([]);
  });

  test.each([
    [{ staticFeatures: ['y'] }, 'names "y", which is forecast'],
    [{ staticFeatures: ['sise'] }, 'names "sise", which is none of task.features'],
    [
      { ...bySize, staticFeatures: ['u'] },
      /names "u", but in series "small" it is .* at 2000-01-01 and .* at 2000-01-02: /,
    ],
    [{ ...bySize, knownAhead: ['size'] }, 'which task.knownAhead names too'],
  ])('is refused before a run is made: %j', (task, message) => {
    const error = errorOf(() => prepareForecast(asked(task), series, 'made'));
    expect(error.code).toBe('invalid-input');
    expect(error.message).toMatch(message);
  });

  test('is nothing that a step which levels windows can name', () => {
    const experiment = makeExperiment(bySize, { pipeline: [{ step: 'revin', columns: ['size'] }] });
    expect(() => prepareForecast(experiment, series, 'made')).toThrow(
      'cannot act on "size": it does not change over a series (task.staticFeatures)',
    );
  });
});

test('a stride longer than the training part is noted', () => {
  const notesOf = (stride: number) => prepareForecast(asked({ stride }), series, 'made').notes.join();
  expect(notesOf(1_000)).toContain(
    'task.stride of 1,000 rows is longer than the training part: one window of each series trains.',
  );
  expect(notesOf(5)).not.toContain('task.stride');
});
