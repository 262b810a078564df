// Samples whose answers are labels or values: how these are learned, decided and put into frames.

import * as tf from '@tensorflow/tfjs-core';
import type { ExperimentOf } from '../../contract/experiment/experiment.ts';
import type { Loss } from '../../contract/experiment/losses.ts';
import { AnswersFrame } from '../../contract/tasks/answers-frame.ts';
import type { UnknownItems } from '../../contract/tasks/unknown-items.ts';
import type { SampleTable } from '../../data/samples/sample-table.ts';
import { huber } from '../../ops/losses/huber.ts';
import { meanAbsoluteError } from '../../ops/losses/mae.ts';
import { meanSquaredError } from '../../ops/losses/mse.ts';
import { sigmoidCrossEntropy } from '../../ops/losses/sigmoid-cross-entropy.ts';
import type { ScoredPart, TaskMachine } from '../task-kind.ts';
import type { Outcome, Scored } from './outcome.ts';
import type { PreparedAnswers } from './prepare.ts';
import { openSampleMachine } from './sample-machine.ts';
import { byOutput } from './sample-model.ts';
import type { ReadingTask } from './split-parts.ts';

type LossOf = (answer: tf.Tensor2D, truth: tf.Tensor2D) => tf.Scalar;

/** Losses of numbers and of labels, by what the experiment calls them. */
const LOSSES: Readonly<Partial<Record<Loss, LossOf>>> = {
  mse: (answer, truth) => meanSquaredError(answer, truth),
  mae: (answer, truth) => meanAbsoluteError(answer, truth),
  huber: (answer, truth) => huber(answer, truth),
  'cross-entropy': (answer, truth) => sigmoidCrossEntropy(answer, truth),
};

type Experiment = ExperimentOf<ReadingTask & { readonly bestBy?: string }>;

/** @throws HindcastError `invalid-input` for a model whose options do not suit samples */
export function openAnswers(experiment: Experiment, prepared: PreparedAnswers): TaskMachine {
  const { table, outcome, parts } = prepared;
  const width = outcome.outputs.length;
  const lossOf = LOSSES[experiment.task.loss]!;
  const valuesOf = (rows: Int32Array, of: (row: number) => ArrayLike<number>) => {
    const values = new Float64Array(rows.length * width);
    for (const [index, row] of rows.entries()) values.set(of(row), index * width);
    return values;
  };
  const scored = (part: ScoredPart, answers: Float64Array, thresholds?: readonly number[]): Scored => ({
    count: parts[part].length,
    truth: valuesOf(parts[part], outcome.truthOf),
    answers,
    thresholds,
  });
  return openSampleMachine<Scored, readonly number[]>(
    { experiment, prepared },
    {
      outputs: width,
      writer: outcome.writer,
      truthOf: (rows) =>
        tf.tensor2d(Float32Array.from(valuesOf(rows, outcome.learnedOf)), [rows.length, width]),
      // Made by `truthOf`.
      lossOf: (answer, truth) => lossOf(answer, truth as tf.Tensor2D),
      answered: outcome.answered,
      scored,
      ...(outcome.settle && { settle: outcome.settle }),
      validated(answers) {
        let sum = 0;
        for (const [index, row] of parts.validation.entries())
          sum += outcome.costOf(answers.subarray(index * width, (index + 1) * width), row);
        const found = scored('validation', answers);
        return {
          loss: sum / parts.validation.length,
          scored: { ...found, thresholds: outcome.settle?.(found) },
        };
      },
      metric: outcome.metric,
      fitBaselines: outcome.fitBaselines,
      frame(part, answers, thresholds) {
        const { truth } = scored(part, answers);
        return AnswersFrame.encode(
          answersFrame({ table, outcome, part, rows: parts[part], truth, answers, thresholds }),
        );
      },
      exportModel: async (answersOn, wanted) =>
        (await import('./export-answers.ts')).exportAnswers({ experiment, prepared, answersOn }, wanted),
    },
  );
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
  readonly unknown?: UnknownItems | undefined;
}

export function answersFrame(given: Framed): AnswersFrame {
  const { table, outcome, part, rows, truth, answers, thresholds, unknown } = given;
  const { outputs } = outcome;
  return {
    header: {
      part,
      target: outcome.column,
      outputs: [...outputs],
      names: Array.from(rows, (row) => table.names[row]!),
      groups: Array.from(rows, (row) => table.groups[row]!),
      ...(thresholds && { thresholds: [...thresholds] }),
      ...(unknown && { unknown }),
    },
    columns: {
      sample: rows.slice(),
      truth: byOutput(truth, outputs.length),
      answer: byOutput(answers, outputs.length),
    },
  };
}
