// What answers a hand in Play: forecast and one gate of an LSTM of 64 units over 168 steps, here in this process or page.

import { registerSimdBackend } from '../../../engine/backends/simd/index.ts';
import { PlayChoiceSchema } from '../../../engine/contract/inside/play.ts';
import { asForecastExperiment } from '../../../engine/contract/tasks/forecast-experiment.ts';
import { type Inspected, openModel, withWeights } from '../../../engine/inside/forecaster/inspected.ts';
import { play } from '../../../engine/inside/views/forecast-play.ts';
import { initializeParameters } from '../../../engine/models/parameters.ts';
import { prepareForecast } from '../../../engine/tasks/forecast/preparation/prepare.ts';
import { seedRandomStreams } from '../../../engine/training/random-streams.ts';
import { choiceOf, subjectOf } from '../../inside/subject.ts';

export const LSTM = { kind: 'lstm', units: 64 };
export const DAY = { lookback: 168, horizon: 24 };

export interface Answered {
  /** Milliseconds until the model can be asked: data prepared, kernels compiled. */
  readonly openMs: number;
  /** Of each answer. */
  readonly answerMs: readonly number[];
}

export async function answered(repeats: number): Promise<Answered> {
  const startedAt = performance.now();
  const inspected = await opened();
  const openMs = performance.now() - startedAt;
  const answerMs: number[] = [];
  for (let index = 0; index < repeats; index++) {
    const edits = [{ kind: 'move' as const, input: 'level', row: 100, by: index / 100, reach: 0 }];
    const askedAt = performance.now();
    play(inspected, { ...choiceOf({ edits }), ...PlayChoiceSchema.parse({ states: { what: 'f' } }) });
    answerMs.push(performance.now() - askedAt);
  }
  return { openMs, answerMs };
}

/** With weights from a seed. A page has no tasks of other kinds to load, so it is opened without them. */
async function opened(): Promise<Inspected> {
  const subject = subjectOf({ model: LSTM, task: DAY, rows: 4_000 });
  const experiment = asForecastExperiment(subject.experiment);
  const data = await subject.readData();
  if (data.kind !== 'series') throw new Error('this subject has series');
  await registerSimdBackend({ threads: 1 });
  const model = openModel(experiment, prepareForecast(experiment, data.series, data.name));
  return withWeights(model, initializeParameters(model.model.specs, seedRandomStreams(experiment.seed).init));
}
