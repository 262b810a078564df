// Trains a lab's model, for some epochs and without stopping early, and opens it with its first and with its last weights.
import { ExperimentSchema } from '../../contract/experiment/experiment.ts';
import { asForecastExperiment, type ForecastExperiment } from '../../contract/tasks/forecast-experiment.ts';
import type { Series } from '../../data/series.ts';
import {
  type Inspected,
  type OpenedModel,
  openModel,
  withWeights,
} from '../../inside/forecaster/inspected.ts';
import { initializeParameters, type NamedArray } from '../../models/parameters.ts';
import { openForecast } from '../../tasks/forecast/machine.ts';
import { prepareForecast } from '../../tasks/forecast/preparation/prepare.ts';
import { train } from '../../training/loop.ts';
import { seedRandomStreams } from '../../training/random-streams.ts';

/** Data and configuration of a lab, but for its model. */
export interface Problem {
  readonly series: Series;
  /** Fields of an experiment. */
  readonly task: object;
  readonly pipeline?: readonly object[];
  readonly split?: object;
  readonly epochs: number;
  readonly learningRate: number;
}

export interface Learnt {
  readonly opened: OpenedModel;
  readonly first: readonly NamedArray[];
  readonly last: readonly NamedArray[];
  /** Validation loss after each epoch; the loss of a training that diverged is missing. */
  readonly losses: readonly number[];
}

const BATCH = 32;

function experimentOf(problem: Problem, model: object): ForecastExperiment {
  const { task, pipeline, split, epochs, learningRate } = problem;
  const training = {
    epochs,
    batchSize: BATCH,
    optimizer: { kind: 'adam', learningRate },
    earlyStopping: null,
    probe: false,
  };
  return asForecastExperiment(
    ExperimentSchema.parse({
      name: 'lab',
      dataset: { name: 'lab' },
      task: { kind: 'forecast', metrics: ['mae'], ...task },
      ...(pipeline && { pipeline }),
      ...(split && { split }),
      model,
      training,
    }),
  );
}

/** @throws HindcastError for data that do not suit. */
export function openProblem(problem: Problem, model: object): OpenedModel {
  const experiment = experimentOf(problem, model);
  return openModel(experiment, prepareForecast(experiment, [problem.series], 'the lab'));
}

/** On the current backend. */
export async function learn(problem: Problem, model: object): Promise<Learnt> {
  const opened = openProblem(problem, model);
  const { experiment, prepared } = opened;
  const machine = openForecast({
    experiment,
    prepared,
    prepareWith: (pipeline) => prepareForecast({ ...experiment, pipeline }, [problem.series], 'the lab'),
  });
  const losses: number[] = [];
  let last: readonly NamedArray[] = [];
  const events = train({
    task: machine.training(),
    training: experiment.training,
    seed: experiment.seed,
    checkpoint: null,
    shouldStop: () => false,
    checkpointDue: () => false,
  });
  for await (const event of events) {
    if (event.type === 'epoch') losses.push(event.values[1]!);
    if (event.type === 'ended') last = event.last.weights;
  }
  return { opened, first: firstWeights(opened), last, losses };
}

/** Those that a training begins with. */
export function firstWeights({ model, experiment }: OpenedModel): NamedArray[] {
  return initializeParameters(model.specs, seedRandomStreams(experiment.seed).init);
}

/** The weights are tensors while `look` looks. */
export function lookInto<Seen>(
  opened: OpenedModel,
  weights: readonly NamedArray[],
  look: (inspected: Inspected) => Seen,
): Seen {
  const inspected = withWeights(opened, weights);
  try {
    return look(inspected);
  } finally {
    inspected.parameters.dispose();
  }
}
