// What-ifs change one thing each, keep the seed, and are experiments that the engine takes.
import { expect, test } from 'vitest';
import { type Experiment, ExperimentSchema } from '../../engine/contract/experiment/experiment.ts';
import { whatIfs } from '../../renderer/features/inside/what-ifs.ts';

const experimentWith = (model: object, training: object = {}): Experiment =>
  ExperimentSchema.parse({
    name: 'mine',
    dataset: { name: 'data' },
    task: { kind: 'forecast', targets: ['y'], lookback: 24, horizon: 3 },
    model,
    training,
    seed: 7,
  });

const labelsOf = (experiment: Experiment) => whatIfs(experiment, 24).map(({ label }) => label);

test.each([
  [{ kind: 'rnn', units: 8, layers: 2, recurrentInitializer: 'glorot' }, {}],
  [{ kind: 'gru', units: 8, bidirectional: true }, { clipNorm: null }],
  [{ kind: 'lstm', units: 8, chronoSteps: 12, truncateSteps: 6 }, {}],
])('each of %o is taken as it is, and differs in model or training alone', (model, training) => {
  const experiment = experimentWith(model, training);
  const offered = whatIfs(experiment, 24);
  expect(offered.length).toBeGreaterThan(3);
  for (const { label, experiment: changed } of offered) {
    expect(ExperimentSchema.parse(changed)).toEqual(changed);
    expect(changed.name).toBe(`mine, ${label}`);
    const { name: _name, model: changedModel, training: changedTraining, ...rest } = changed;
    expect(experiment).toMatchObject(rest);
    const isModelKept = JSON.stringify(changedModel) === JSON.stringify(experiment.model);
    const isTrainingKept = JSON.stringify(changedTraining) === JSON.stringify(experiment.training);
    expect([isModelKept, isTrainingKept].filter(Boolean), label).toHaveLength(1);
    // Size and reading stay.
    expect(changedModel).toMatchObject({ units: 8, segment: null });
  }
});

test('what the run has already is not offered', () => {
  expect(labelsOf(experimentWith({ kind: 'lstm', units: 8 }))).toEqual([
    'RNN instead of LSTM',
    'GRU instead of LSTM',
    'Glorot recurrent weights',
    'chrono biases up to 24 steps',
    'clipping at 0.25',
    'no clipping',
  ]);
  const bare = labelsOf(
    experimentWith({ kind: 'rnn', units: 8, recurrentInitializer: 'identity' }, { clipNorm: null }),
  );
  expect(bare.slice(2)).toEqual(['orthogonal recurrent weights', 'clipping at 1']);
  expect(labelsOf(experimentWith({ kind: 'attention', units: 8 }))).toEqual([]);
});
