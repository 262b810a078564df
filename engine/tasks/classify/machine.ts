// A classifier for prepared samples: trains, scores and answers. The half of the task that needs TensorFlow.js.
import * as tf from '@tensorflow/tfjs-core';
import type { Score } from '../../contract/run.ts';
import type { ClassifyExperiment } from '../../contract/tasks/classify-experiment.ts';
import { ClassifyFrame, type Decision } from '../../contract/tasks/classify-frame.ts';
import type { SampleTable } from '../../data/samples/sample-table.ts';
import type { RowClassifier } from '../../evaluation/classes/baselines/class-baseline.ts';
import { CLASS_BASELINES } from '../../evaluation/classes/baselines/registry.ts';
import { normalised } from '../../evaluation/classes/normalised.ts';
import type { ScoredClasses } from '../../evaluation/classes/scored-classes.ts';
import { bestThreshold } from '../../evaluation/classes/threshold.ts';
import type { WeightLookup } from '../../models/parameters.ts';
import type { SequenceClassifier } from '../../models/sequence-classifier.ts';
import { readValues } from '../../ops/values.ts';
import type { TrainingTask, ValidationResult } from '../../training/task.ts';
import { columnOf } from '../sample-split.ts';
import type { ScoredPart, TaskMachine } from '../task-kind.ts';
import { bucketed, fieldOf, lengths, passes } from './batches.ts';
import { type ClassLoss, createClassLoss } from './class-loss.ts';
import type { FittedInput } from './inputs/input-kind.ts';
import { findClassMetric, scoresOf } from './metrics.ts';
import { modelFor } from './model.ts';
import type { PreparedClassify } from './prepare.ts';
import { BEFORE } from './window-samples.ts';

const SMALLEST_PASS = 64;

/** @throws HindcastError `invalid-input` for a model whose options do not suit samples */
export function openClassify(experiment: ClassifyExperiment, prepared: PreparedClassify): TaskMachine {
  const { task, training } = experiment;
  const { input, classes, labels, parts } = prepared;
  const lengthOf = lengths(input);
  const longest = longestOf(parts, lengthOf);
  const model = modelFor(experiment, { input, classes: classes.length, mostSteps: longest });
  const counts = classes.map((_, one) =>
    parts.train.reduce((sum, row) => sum + (labels[row] === one ? 1 : 0), 0),
  );
  const loss = createClassLoss(task, counts);
  const size = Math.max(SMALLEST_PASS, training.batchSize);
  const scoredOf = (part: ScoredPart, probabilities: Float64Array, threshold?: number): ScoredClasses => ({
    count: parts[part].length,
    classes: classes.length,
    positive: prepared.positive,
    threshold,
    truth: Int32Array.from(parts[part], (row) => labels[row]!),
    probabilities,
  });
  /** Of the samples of a part. */
  const answers = (part: ScoredPart, weight: WeightLookup) =>
    answersFor({ input, model, rows: parts[part], classes: classes.length, size }, weight);
  /** Chosen on validation, where the task decides by one. */
  function* thresholdOf(weight: WeightLookup) {
    if (task.decision !== 'threshold') return undefined;
    return bestThreshold(scoredOf('validation', yield* answers('validation', weight)));
  }
  const said = (part: ScoredPart, answer: RowClassifier) => {
    const probabilities = new Float64Array(parts[part].length * classes.length);
    for (const [index, row] of parts[part].entries()) probabilities.set(answer(row), index * classes.length);
    return probabilities;
  };
  let baselines: readonly { readonly subject: string; readonly answer: RowClassifier }[] | undefined;
  return {
    model: {
      specs: model.specs,
      parameterCount: model.parameterCount,
      activationFloats: (batch) => model.activationFloats(batch, longest),
    },
    training: () => trainingTask({ experiment, prepared, model, loss, size, lengthOf, scoredOf }),
    *score(weight, part) {
      const threshold = yield* thresholdOf(weight);
      const scored = scoredOf(part, yield* answers(part, weight), threshold);
      return scoresOf(scored, { part, subject: 'model', metrics: task.metrics });
    },
    *scoreBaselines(part) {
      baselines ??= yield* fitBaselines(experiment, prepared);
      const scores: Score[] = [];
      for (const { subject, answer } of baselines) {
        // A threshold of their own, chosen as that of the model.
        const threshold =
          task.decision === 'threshold'
            ? bestThreshold(scoredOf('validation', said('validation', answer)))
            : undefined;
        const scored = scoredOf(part, said(part, answer), threshold);
        scores.push(...scoresOf(scored, { part, subject, metrics: task.metrics }));
        yield;
      }
      return scores;
    },
    predict,
    exportModel: async (wanted) =>
      (await import('./export-classifier.ts')).exportClassifier(
        { experiment, prepared, predict: (weight) => predict(weight, 'test') },
        wanted,
      ),
  };

  function predict(weight: WeightLookup, part: ScoredPart): Uint8Array<ArrayBuffer> {
    const found = finished(answers(part, weight));
    const threshold = finished(thresholdOf(weight));
    return ClassifyFrame.encode(
      classifyFrame({
        prepared,
        part,
        label: task.label,
        rows: parts[part],
        probabilities: found,
        truth: scoredOf(part, found).truth,
        decision: threshold === undefined ? undefined : { class: prepared.positive, threshold },
      }),
    );
  }
}

interface Answered {
  readonly prepared: Pick<PreparedClassify, 'table' | 'classes'>;
  readonly part: 'test' | 'validation' | 'future';
  readonly label: string;
  readonly rows: Int32Array;
  readonly truth: Int32Array;
  /** [rows, classes] */
  readonly probabilities: Float64Array;
  readonly decision?: Decision | undefined;
}

export function classifyFrame({
  prepared,
  part,
  label,
  rows,
  truth,
  probabilities,
  decision,
}: Answered): ClassifyFrame {
  const { table, classes } = prepared;
  return {
    header: {
      part,
      label,
      classes: [...classes],
      names: Array.from(rows, (row) => table.names[row]!),
      groups: Array.from(rows, (row) => table.groups[row]!),
      ...(decision && { decision }),
    },
    columns: {
      sample: rows.slice(),
      truth,
      probability: classes.map((_, one) =>
        Float64Array.from(
          { length: rows.length },
          (_row, index) => probabilities[index * classes.length + one]!,
        ),
      ),
    },
  };
}

function longestOf(parts: PreparedClassify['parts'], lengthOf: (row: number) => number): number {
  let longest = 1;
  for (const rows of Object.values(parts)) for (const row of rows) longest = Math.max(longest, lengthOf(row));
  return longest;
}

interface Answering {
  readonly input: FittedInput;
  readonly model: SequenceClassifier;
  readonly rows: Int32Array;
  readonly classes: number;
  readonly size: number;
}

/** [rows, classes] probabilities; each `next` does a batch. */
export function* answersFor(
  { input, model, rows, classes, size }: Answering,
  weight: WeightLookup,
): Generator<void, Float64Array, void> {
  const probabilities = new Float64Array(rows.length * classes);
  let at = 0;
  for (const some of passes(input, rows, size)) {
    const found = readValues(() => model.predict(fieldOf(input, some), weight));
    probabilities.set(normalised(Float64Array.from(found), classes), at);
    at += found.length;
    yield;
  }
  return probabilities;
}

export function finished<Result>(work: Generator<void, Result, void>): Result {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

interface Trained {
  readonly experiment: ClassifyExperiment;
  readonly prepared: PreparedClassify;
  readonly model: SequenceClassifier;
  readonly loss: ClassLoss;
  readonly size: number;
  lengthOf(row: number): number;
  scoredOf(part: ScoredPart, probabilities: Float64Array): ScoredClasses;
}

function trainingTask(given: Trained): TrainingTask {
  const { experiment, prepared, model, loss, lengthOf } = given;
  const { metrics, bestBy, augment } = experiment.task;
  const isAugmented = Object.values(augment).some(Boolean);
  const { input, labels, parts } = prepared;
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
      const truth = loss.truthOf(Int32Array.from(rows, (row) => labels[row]!));
      return {
        count: rows.length,
        loss: (weight, pass) => loss.mean(model.answer(field, weight, pass), truth),
        dispose: () => tf.dispose([field.x, truth, ...(field.mask ? [field.mask] : [])]),
      };
    },
    ...(bestBy !== 'loss' && { watches: `${findClassMetric(bestBy).label} on validation` }),
    validate: (weight) => validate(given, weight),
  };
}

function* validate(
  { experiment, prepared, model, loss, size, scoredOf }: Trained,
  weight: WeightLookup,
): Generator<void, ValidationResult, void> {
  const { input, classes, parts } = prepared;
  const pass = answersFor({ input, model, rows: parts.validation, classes: classes.length, size }, weight);
  const probabilities = yield* pass;
  const scored = scoredOf('validation', probabilities);
  let sum = 0;
  let weights = 0;
  for (const [index, label] of scored.truth.entries()) {
    sum += loss.ofSample(probabilities.subarray(index * classes.length, (index + 1) * classes.length), label);
    weights += loss.weightOf(label);
  }
  const { metrics: names, bestBy } = experiment.task;
  const metrics = names.map((metric) => findClassMetric(metric).value(scored));
  // All of these are better where they are higher.
  const watched = bestBy === 'loss' ? undefined : -findClassMetric(bestBy).value(scored);
  return { loss: sum / weights, metrics, watched };
}

/** Those that suit the samples, fitted on the training part. */
function* fitBaselines({ task }: ClassifyExperiment, { table, classes, labels, parts }: PreparedClassify) {
  const given = {
    columns: [columnOf(table, task.input)],
    classes: classes.length,
    labels,
    before: beforeIn(table, classes),
    train: [...parts.train],
    validation: [...parts.validation],
  };
  const fitted: { readonly subject: string; readonly answer: RowClassifier }[] = [];
  for (const { subject, learn } of CLASS_BASELINES) {
    const answer = yield* learn(given);
    if (answer) fitted.push({ subject, answer });
  }
  return fitted;
}

/** Of windows of series the class before the answer, for persistence. */
function beforeIn({ columns }: SampleTable, classes: readonly string[]): Int32Array | undefined {
  const column = columns.find(({ name }) => name === BEFORE);
  if (column?.kind !== 'category') return undefined;
  return Int32Array.from(column.codes, (code) => classes.indexOf(column.categories[code] ?? ''));
}
