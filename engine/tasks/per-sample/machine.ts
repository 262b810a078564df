// The model of prepared samples whose answers are numbers: trains, scores and answers. The half of such a task that needs TensorFlow.js.
import * as tf from '@tensorflow/tfjs-core';
import type { ExperimentOf } from '../../contract/experiment.ts';
import type { Loss } from '../../contract/losses.ts';
import type { Score } from '../../contract/run.ts';
import { AnswersFrame } from '../../contract/tasks/answers-frame.ts';
import type { SampleTable } from '../../data/samples/sample-table.ts';
import type { WeightLookup } from '../../models/parameters.ts';
import { createSequenceClassifier, type SequenceClassifier } from '../../models/sequence-classifier.ts';
import { huber } from '../../ops/losses/huber.ts';
import { meanAbsoluteError } from '../../ops/losses/mae.ts';
import { meanSquaredError } from '../../ops/losses/mse.ts';
import { sigmoidCrossEntropy } from '../../ops/losses/sigmoid-cross-entropy.ts';
import { readValues } from '../../ops/values.ts';
import type { TrainingTask, ValidationResult } from '../../training/task.ts';
import { bucketed, fieldOf, lengths, passes } from '../classify/batches.ts';
import type { FittedInput } from '../classify/inputs/input-kind.ts';
import type { ScoredPart, TaskMachine } from '../task-kind.ts';
import type { Outcome, OutcomeBaseline, Scored } from './outcome.ts';
import type { PreparedAnswers, ReadingTask } from './prepare.ts';

const SMALLEST_PASS = 64;

type LossOf = (answer: tf.Tensor2D, truth: tf.Tensor2D) => tf.Scalar;

/** Losses of numbers and of labels, by what the experiment calls them. */
const LOSSES: Readonly<Partial<Record<Loss, LossOf>>> = {
  mse: (answer, truth) => meanSquaredError(answer, truth),
  mae: (answer, truth) => meanAbsoluteError(answer, truth),
  huber: (answer, truth) => huber(answer, truth),
  'cross-entropy': (answer, truth) => sigmoidCrossEntropy(answer, truth),
};

type Experiment = ExperimentOf<ReadingTask & { readonly bestBy?: string }>;

interface ModelData {
  readonly input: Pick<FittedInput, 'shape'>;
  readonly outcome: Pick<Outcome, 'outputs' | 'writer'>;
  /** Of the longest sample. */
  readonly mostSteps: number;
}

export const modelFor = (
  { model, task }: Experiment,
  { input, outcome: { outputs, writer }, mostSteps }: ModelData,
): SequenceClassifier =>
  createSequenceClassifier(model, {
    input: input.shape,
    classes: outputs.length,
    mostSteps,
    readout: task.readout,
    writer,
  });

/** @throws HindcastError `invalid-input` for a model whose options do not suit samples */
export function openAnswers(experiment: Experiment, prepared: PreparedAnswers): TaskMachine {
  const { task, training } = experiment;
  const { input, outcome, parts } = prepared;
  const lengthOf = lengths(input);
  const longest = longestOf(parts, lengthOf);
  const model = modelFor(experiment, { input, outcome, mostSteps: longest });
  const size = Math.max(SMALLEST_PASS, training.batchSize);
  const answersOn = (part: ScoredPart, weight: WeightLookup) =>
    answersFor({ input, model, outcome, rows: parts[part], size }, weight);
  const saidOn = (part: ScoredPart, { answer }: OutcomeBaseline) =>
    Float64Array.from([...parts[part]].flatMap((row) => Array.from(answer(row))));
  const scoresOf = (scored: Scored, part: ScoredPart, subject: string): Score[] =>
    [...new Set(task.metrics)].map((metric) => ({
      part,
      subject,
      metric,
      unit: 'original',
      target: null,
      value: outcome.scoreOf(metric, scored),
      count: scored.count,
    }));
  let baselines: readonly OutcomeBaseline[] | undefined;
  return {
    model: {
      specs: model.specs,
      parameterCount: model.parameterCount,
      activationFloats: (batch) => model.activationFloats(batch, longest),
    },
    training: () => trainingTask({ experiment, prepared, model, size, lengthOf }),
    *score(weight, part) {
      const thresholds = yield* thresholdsOf(weight);
      const scored = scoredOf(prepared, part, yield* answersOn(part, weight));
      return scoresOf({ ...scored, thresholds }, part, 'model');
    },
    *scoreBaselines(part) {
      baselines ??= yield* outcome.fitBaselines();
      const scores: Score[] = [];
      for (const baseline of baselines) {
        // Thresholds of their own, chosen as those of the model.
        const thresholds = outcome.settle?.(scoredOf(prepared, 'validation', saidOn('validation', baseline)));
        const scored = scoredOf(prepared, part, saidOn(part, baseline));
        scores.push(...scoresOf({ ...scored, thresholds }, part, baseline.subject));
        yield;
      }
      return scores;
    },
    predict(weight, part) {
      const answers = finished(answersOn(part, weight));
      const thresholds = finished(thresholdsOf(weight));
      const { truth } = scoredOf(prepared, part, answers);
      const { table } = prepared;
      return AnswersFrame.encode(
        answersFrame({ table, outcome, part, rows: parts[part], truth, answers, thresholds }),
      );
    },
    exportModel: async (wanted) =>
      (await import('./export-answers.ts')).exportAnswers(
        {
          experiment,
          prepared,
          answersOn: (weight) => ({
            test: finished(answersOn('test', weight)),
            thresholds: finished(thresholdsOf(weight)),
          }),
        },
        wanted,
      ),
  };

  function* thresholdsOf(weight: WeightLookup) {
    if (!outcome.settle) return undefined;
    return outcome.settle(scoredOf(prepared, 'validation', yield* answersOn('validation', weight)));
  }
}

/** Answers to a part beside what is true. */
function scoredOf({ outcome, parts }: PreparedAnswers, part: ScoredPart, answers: Float64Array): Scored {
  const truth = Float64Array.from([...parts[part]].flatMap((row) => Array.from(outcome.truthOf(row))));
  return { count: parts[part].length, truth, answers };
}

interface Framed {
  readonly table: SampleTable;
  readonly outcome: Pick<Outcome, 'column' | 'outputs'>;
  readonly part: 'test' | 'validation' | 'future';
  readonly rows: Int32Array;
  /** [rows, outputs] */
  readonly truth: Float64Array;
  readonly answers: Float64Array;
  readonly thresholds?: readonly number[] | undefined;
}

export function answersFrame(given: Framed): AnswersFrame {
  const { table, outcome, part, rows, truth, answers, thresholds } = given;
  const { outputs } = outcome;
  const columnsOf = (all: Float64Array) =>
    outputs.map((_, output) =>
      Float64Array.from({ length: rows.length }, (_row, index) => all[index * outputs.length + output]!),
    );
  return {
    header: {
      part,
      target: outcome.column,
      outputs: [...outputs],
      names: Array.from(rows, (row) => table.names[row]!),
      groups: Array.from(rows, (row) => table.groups[row]!),
      ...(thresholds && { thresholds: [...thresholds] }),
    },
    columns: { sample: rows.slice(), truth: columnsOf(truth), answer: columnsOf(answers) },
  };
}

function longestOf(parts: PreparedAnswers['parts'], lengthOf: (row: number) => number): number {
  let longest = 1;
  for (const rows of Object.values(parts)) for (const row of rows) longest = Math.max(longest, lengthOf(row));
  return longest;
}

interface Answering {
  readonly input: FittedInput;
  readonly model: SequenceClassifier;
  readonly outcome: Pick<Outcome, 'outputs' | 'answered'>;
  readonly rows: Int32Array;
  readonly size: number;
}

/** [rows, outputs]; each `next` does a batch. */
export function* answersFor(
  { input, model, outcome, rows, size }: Answering,
  weight: WeightLookup,
): Generator<void, Float64Array, void> {
  const answers = new Float64Array(rows.length * outcome.outputs.length);
  let at = 0;
  for (const some of passes(input, rows, size)) {
    const found = readValues(() => model.predict(fieldOf(input, some), weight));
    answers.set(outcome.answered(Float64Array.from(found)), at);
    at += found.length;
    yield;
  }
  return answers;
}

export function finished<Result>(work: Generator<void, Result, void>): Result {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

interface Trained {
  readonly experiment: Experiment;
  readonly prepared: PreparedAnswers;
  readonly model: SequenceClassifier;
  readonly size: number;
  lengthOf(row: number): number;
}

function trainingTask(given: Trained): TrainingTask {
  const { experiment, prepared, model, lengthOf } = given;
  const { metrics, augment, bestBy = 'loss' } = experiment.task;
  const isAugmented = Object.values(augment).some(Boolean);
  const { input, outcome, parts } = prepared;
  const lossOf = LOSSES[experiment.task.loss]!;
  return {
    specs: model.specs,
    trainExamples: parts.train.length,
    metricNames: metrics.map((metric) => `validation${metric[0]!.toUpperCase()}${metric.slice(1)}`),
    ...(experiment.training.shuffle && {
      arrange: (order, batchSize) => bucketed(order, batchSize, (example) => lengthOf(parts.train[example]!)),
    }),
    loadBatch(indices, draw) {
      const rows = Int32Array.from(indices, (index) => parts.train[index]!);
      const { shape, encode, augmented } = input;
      const read = isAugmented && augmented ? (row: number) => augmented(row, draw) : encode;
      const field = fieldOf({ shape, encode: read }, rows);
      const learned = Float32Array.from([...rows].flatMap((row) => Array.from(outcome.learnedOf(row))));
      const truth = tf.tensor2d(learned, [rows.length, outcome.outputs.length]);
      return {
        count: rows.length,
        loss: (weight, pass) => lossOf(model.answer(field, weight, pass), truth),
        dispose: () => tf.dispose([field.x, truth, ...(field.mask ? [field.mask] : [])]),
      };
    },
    ...(bestBy !== 'loss' && { watches: `${bestBy} on validation` }),
    validate: (weight) => validate(given, weight),
  };
}

function* validate(
  { experiment, prepared, model, size }: Trained,
  weight: WeightLookup,
): Generator<void, ValidationResult, void> {
  const { input, outcome, parts } = prepared;
  const rows = parts.validation;
  const answers = yield* answersFor({ input, model, outcome, rows, size }, weight);
  const width = outcome.outputs.length;
  let sum = 0;
  for (const [index, row] of rows.entries())
    sum += outcome.costOf(answers.subarray(index * width, (index + 1) * width), row);
  const scored = scoredOf(prepared, 'validation', answers);
  const thresholds = outcome.settle?.(scored);
  const scoreOf = (metric: string) => outcome.scoreOf(metric, { ...scored, thresholds });
  const { metrics, bestBy = 'loss' } = experiment.task;
  return {
    loss: sum / rows.length,
    metrics: metrics.map(scoreOf),
    // All of these are better where they are higher.
    watched: bestBy === 'loss' ? undefined : -scoreOf(bestBy),
  };
}
