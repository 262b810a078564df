// Samples whose answers are probabilities of classes: how these are learned, decided and put into frames.

import type * as tf from '@tensorflow/tfjs-core';
import type { ClassifyExperiment } from '../../contract/tasks/classify-experiment.ts';
import { ClassifyFrame, type Decision } from '../../contract/tasks/classify-frame.ts';
import type { UnknownItems } from '../../contract/tasks/unknown-items.ts';
import type { SampleTable } from '../../data/samples/sample-table.ts';
import { CLASS_BASELINES } from '../../evaluation/classes/baselines/registry.ts';
import { normalised } from '../../evaluation/classes/normalised.ts';
import type { ScoredClasses } from '../../evaluation/classes/scored-classes.ts';
import { bestThreshold } from '../../evaluation/classes/threshold.ts';
import { openSampleMachine, type SampleBaseline } from '../per-sample/sample-machine.ts';
import { byOutput } from '../per-sample/sample-model.ts';
import { columnOf } from '../sample-split.ts';
import type { ScoredPart, TaskMachine } from '../task-kind.ts';
import { type ClassLoss, createClassLoss } from './class-loss.ts';
import { findClassMetric } from './metrics.ts';
import type { PreparedClassify } from './prepare.ts';
import { BEFORE } from './window-samples.ts';

/** @throws HindcastError `invalid-input` for a model whose options do not suit samples */
export function openClassify(experiment: ClassifyExperiment, prepared: PreparedClassify): TaskMachine {
  const { task } = experiment;
  const { classes, labels, parts, positive } = prepared;
  const counts = classes.map((_, one) =>
    parts.train.reduce((sum, row) => sum + (labels[row] === one ? 1 : 0), 0),
  );
  const loss = createClassLoss(task, counts);
  const labelsOf = (rows: Int32Array) => Int32Array.from(rows, (row) => labels[row]!);
  const scored = (part: ScoredPart, probabilities: Float64Array, threshold?: number): ScoredClasses => ({
    count: parts[part].length,
    classes: classes.length,
    positive,
    threshold,
    truth: labelsOf(parts[part]),
    probabilities,
  });
  return openSampleMachine<ScoredClasses, number>(
    { experiment, prepared },
    {
      outputs: classes.length,
      writer: 'classes',
      truthOf: (rows) => loss.truthOf(labelsOf(rows)),
      lossOf: (answer: tf.Tensor2D, truth) => loss.mean(answer, truth),
      answered: (values) => normalised(values, classes.length),
      scored,
      ...(task.decision === 'threshold' && { settle: bestThreshold }),
      validated(probabilities) {
        const found = scored('validation', probabilities);
        return { loss: meanLoss(loss, found), scored: found };
      },
      metric: findClassMetric,
      fitBaselines: () => fitBaselines(experiment, prepared),
      frame: (part, probabilities, threshold) =>
        ClassifyFrame.encode(
          classifyFrame({
            prepared,
            part,
            label: task.label,
            rows: parts[part],
            probabilities,
            truth: labelsOf(parts[part]),
            decision: threshold === undefined ? undefined : { class: positive, threshold },
          }),
        ),
      exportModel: async (answersOn, wanted) =>
        (await import('./export-classifier.ts')).exportClassifier(
          { experiment, prepared, answersOn },
          wanted,
        ),
    },
  );
}

function meanLoss(loss: ClassLoss, { truth, probabilities, classes }: ScoredClasses): number {
  let sum = 0;
  let weights = 0;
  for (const [index, label] of truth.entries()) {
    sum += loss.ofSample(probabilities.subarray(index * classes, (index + 1) * classes), label);
    weights += loss.weightOf(label);
  }
  return sum / weights;
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
  readonly unknown?: UnknownItems | undefined;
}

export function classifyFrame(given: Answered): ClassifyFrame {
  const { prepared, part, label, rows, truth, probabilities, decision, unknown } = given;
  const { table, classes } = prepared;
  return {
    header: {
      part,
      label,
      classes: [...classes],
      names: Array.from(rows, (row) => table.names[row]!),
      groups: Array.from(rows, (row) => table.groups[row]!),
      ...(decision && { decision }),
      ...(unknown && { unknown }),
    },
    columns: { sample: rows.slice(), truth, probability: byOutput(probabilities, classes.length) },
  };
}

/** Those that suit the samples, fitted on the training part. */
function* fitBaselines(
  { task }: ClassifyExperiment,
  { table, classes, labels, parts }: PreparedClassify,
): Generator<void, SampleBaseline[], void> {
  const given = {
    columns: [columnOf(table, task.input)],
    classes: classes.length,
    labels,
    before: beforeIn(table, classes),
    train: [...parts.train],
    validation: [...parts.validation],
  };
  const fitted: SampleBaseline[] = [];
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
