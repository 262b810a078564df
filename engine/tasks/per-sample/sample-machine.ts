// Trains, scores and answers for any task that says something of each sample. What the task says, how that is learned and how it is scored
// comes in as an `AnswerKind`. The half of such a task that needs TensorFlow.js.
import * as tf from '@tensorflow/tfjs-core';
import type { ExperimentOf } from '../../contract/experiment/experiment.ts';
import type { Score } from '../../contract/runs/run.ts';
import type { Part } from '../../data/prepared.ts';
import type { WeightLookup } from '../../models/parameters.ts';
import type { OutputWriter, SequenceClassifier } from '../../models/sequence-classifier.ts';
import type { TrainingTask, ValidationResult } from '../../training/task.ts';
import { bucketed, fieldOf, lengths } from '../classify/batches.ts';
import type { FittedInput } from '../classify/inputs/input-kind.ts';
import { finished } from '../finished.ts';
import { partScores } from '../part-scores.ts';
import type { ModelExport, ScoredPart, TaskMachine } from '../task-kind.ts';
import { answersFor, longestOf, modelFor } from './sample-model.ts';
import type { ReadingTask } from './split-parts.ts';

const SMALLEST_PASS = 64;

/** What is answered in numbers: [samples, outputs]. `Scored` are answers beside the truth; `Cut` is what they are decided by. */
export interface AnswerKind<Scored, Cut> {
  readonly outputs: number;
  readonly writer: OutputWriter;
  /** What the model is to say of rows, on the current backend; the caller disposes of it. */
  truthOf(rows: Int32Array): tf.Tensor;
  /** The mean over the batch, on the tape. */
  lossOf(answer: tf.Tensor2D, truth: tf.Tensor): tf.Scalar;
  /** [..., outputs] of the model, as answers are. */
  answered(values: Float64Array): Float64Array;
  scored(part: ScoredPart, answers: Float64Array, cut?: Cut): Scored;
  /** Chosen on validation; absent where nothing is decided. */
  settle?(validation: Scored): Cut | undefined;
  /** The loss of the validation part, and what the metrics of an epoch are taken from. */
  validated(answers: Float64Array): { readonly loss: number; readonly scored: Scored };
  metric(name: string): { readonly label: string; value(scored: Scored): number };
  /** Of what needs no training, fitted on the training part; each `next` does a part of the work. */
  fitBaselines(): Generator<void, readonly SampleBaseline[], void>;
  /** The encoded frame that the kind's own views decode. */
  frame(part: ScoredPart, answers: Float64Array, cut?: Cut): Uint8Array<ArrayBuffer>;
  exportModel(
    answersOn: AnswersOn<Cut>,
    wanted: ModelExport,
  ): ReturnType<NonNullable<TaskMachine['exportModel']>>;
}

export interface SampleBaseline {
  readonly subject: string;
  /** [outputs] */
  answer(row: number): ArrayLike<number>;
}

/** Of the test part by the run's own kernels. */
export type AnswersOn<Cut> = (weight: WeightLookup) => {
  readonly test: Float64Array;
  readonly cut: Cut | undefined;
};

interface Opened {
  readonly experiment: ExperimentOf<ReadingTask & { readonly bestBy?: string }>;
  readonly prepared: {
    readonly input: FittedInput;
    readonly parts: Readonly<Record<Part, Int32Array>>;
  };
}

/** @throws HindcastError `invalid-input` for a model whose options do not suit samples */
export function openSampleMachine<Scored, Cut>(
  { experiment, prepared }: Opened,
  kind: AnswerKind<Scored, Cut>,
): TaskMachine {
  const { task, training } = experiment;
  const { input, parts } = prepared;
  const { outputs, writer, answered } = kind;
  const longest = longestOf(parts, input);
  const model = modelFor(experiment, { input, classes: outputs, writer, mostSteps: longest });
  const size = Math.max(SMALLEST_PASS, training.batchSize);
  const answersOn = (part: ScoredPart, weight: WeightLookup) =>
    answersFor({ input, model, outputs, answered, rows: parts[part], size }, weight);
  function* cutOf(weight: WeightLookup) {
    if (!kind.settle) return undefined;
    return kind.settle(kind.scored('validation', yield* answersOn('validation', weight)));
  }
  const said = (part: ScoredPart, { answer }: SampleBaseline) => {
    const answers = new Float64Array(parts[part].length * outputs);
    for (const [index, row] of parts[part].entries()) answers.set(answer(row), index * outputs);
    return answers;
  };
  const scoresOf = (scored: Scored, part: ScoredPart, subject: string): Score[] =>
    partScores({ part, subject, metrics: task.metrics, count: parts[part].length }, (metric) =>
      kind.metric(metric).value(scored),
    );
  let baselines: readonly SampleBaseline[] | undefined;
  return {
    model: {
      specs: model.specs,
      parameterCount: model.parameterCount,
      activationFloats: (batch) => model.activationFloats(batch, longest),
    },
    training: () =>
      trainingTask({
        experiment,
        prepared,
        kind,
        model,
        validationOn: (weight) => answersOn('validation', weight),
      }),
    *score(weight, part) {
      const cut = yield* cutOf(weight);
      return scoresOf(kind.scored(part, yield* answersOn(part, weight), cut), part, 'model');
    },
    *scoreBaselines(part) {
      baselines ??= yield* kind.fitBaselines();
      const scores: Score[] = [];
      for (const baseline of baselines) {
        // Decided by thresholds of its own, chosen as those of the model.
        const cut = kind.settle?.(kind.scored('validation', said('validation', baseline)));
        scores.push(...scoresOf(kind.scored(part, said(part, baseline), cut), part, baseline.subject));
        yield;
      }
      return scores;
    },
    predict: (weight, part) => kind.frame(part, finished(answersOn(part, weight)), finished(cutOf(weight))),
    exportModel: (wanted) =>
      kind.exportModel(
        (weight) => ({ test: finished(answersOn('test', weight)), cut: finished(cutOf(weight)) }),
        wanted,
      ),
  };
}

interface Trained<Scored, Cut> extends Opened {
  readonly kind: AnswerKind<Scored, Cut>;
  readonly model: SequenceClassifier;
  validationOn(weight: WeightLookup): Generator<void, Float64Array, void>;
}

function trainingTask<Scored, Cut>(given: Trained<Scored, Cut>): TrainingTask {
  const { experiment, prepared, kind, model } = given;
  const { metrics, augment, bestBy = 'loss' } = experiment.task;
  const isAugmented = Object.values(augment).some(Boolean);
  const { input, parts } = prepared;
  const lengthOf = lengths(input);
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
      const truth = kind.truthOf(rows);
      return {
        count: rows.length,
        loss: (weight, pass) => kind.lossOf(model.answer(field, weight, pass), truth),
        dispose: () => tf.dispose([field.x, truth, ...(field.mask ? [field.mask] : [])]),
      };
    },
    ...(bestBy !== 'loss' && { watches: `${kind.metric(bestBy).label} on validation` }),
    validate: (weight) => validate(given, weight),
  };
}

function* validate<Scored, Cut>(
  { experiment, kind, validationOn }: Trained<Scored, Cut>,
  weight: WeightLookup,
): Generator<void, ValidationResult, void> {
  const { loss, scored } = kind.validated(yield* validationOn(weight));
  const { metrics, bestBy = 'loss' } = experiment.task;
  const value = (name: string) => kind.metric(name).value(scored);
  // All of these are better where they are higher.
  return { loss, metrics: metrics.map(value), watched: bestBy === 'loss' ? undefined : -value(bestBy) };
}
