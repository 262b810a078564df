// Experiments recorded before an option existed are read with the value they were computed with; new ones get its default.
import { expect, test } from 'vitest';
import { ExperimentSchema } from '../../../engine/contract/experiment/experiment.ts';
import type { Model } from '../../../engine/contract/experiment/model.ts';
import {
  asRecorded,
  RecordedExperimentSchema,
} from '../../../engine/contract/experiment/recorded-experiment.ts';

const old = {
  name: 'old',
  dataset: { name: 'data' },
  task: { kind: 'forecast', targets: ['y'], lookback: 4, horizon: 2 },
  split: { kind: 'fraction', train: 0.7, validation: 0.15 },
  model: { kind: 'lstm', units: 4 },
};

test('rows were neighbours, and each series was cut at its own share', () => {
  expect(RecordedExperimentSchema.parse(old)).toMatchObject({
    task: { gaps: 'rows' },
    split: { cut: 'series' },
  });
  expect(ExperimentSchema.parse(old)).toMatchObject({ task: { gaps: 'grid' }, split: { cut: 'time' } });
});

test('what is recorded is kept, and other kinds of split have no such option', () => {
  const date = { kind: 'date', validationFrom: '2001', testFrom: '2002' };
  const recorded = { ...old, task: { ...old.task, gaps: 'grid' }, split: date };
  expect(RecordedExperimentSchema.parse(recorded)).toMatchObject({ task: { gaps: 'grid' }, split: date });
  const now = ExperimentSchema.parse(old);
  expect(RecordedExperimentSchema.parse(now)).toEqual(now);
});

test('what is no experiment is refused as ever', () => {
  expect(RecordedExperimentSchema.safeParse(null).success).toBe(false);
  expect(RecordedExperimentSchema.safeParse({ ...old, task: 'forecast' }).success).toBe(false);
});

test('an old training had no probe, and is recorded as it was; a new one has it by default', () => {
  const { probe: _probe, ...training } = ExperimentSchema.parse(old).training;
  const recorded = RecordedExperimentSchema.parse({ ...old, training });
  expect(recorded.training.probe).toBe(false);
  expect(asRecorded(recorded)).toEqual({ ...recorded, training });
  expect(ExperimentSchema.parse(old).training.probe).toBe(true);
  for (const probe of [true, false]) {
    const now = ExperimentSchema.parse({ ...old, training: { probe } });
    expect(RecordedExperimentSchema.parse(asRecorded(now))).toEqual(now);
  }
});

test('a plain network without a gain of its first weights is recorded as it was before there was one', () => {
  const { recurrentGain, ...model } = ExperimentSchema.parse({ ...old, model: { kind: 'rnn', units: 4 } })
    .model as Extract<Model, { kind: 'rnn' }>;
  expect(recurrentGain).toBe(1);
  const plain = ExperimentSchema.parse({ ...old, model });
  expect(asRecorded(plain)).toMatchObject({ model });
  expect((asRecorded(plain) as { model: object }).model).not.toHaveProperty('recurrentGain');
  const louder = ExperimentSchema.parse({ ...old, model: { ...model, recurrentGain: 1.5 } });
  expect(RecordedExperimentSchema.parse(asRecorded(louder))).toEqual(louder);
});
