// A model that says labels or a value of a sample, step by step: what it reads, and what it would say after each step.
import type { Tensor2D, Tensor3D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { ExperimentOf } from '../../contract/experiment/experiment.ts';
import type { OutputWriter } from '../../models/sequence-classifier.ts';
import { logSoftmax } from '../../ops/log-softmax.ts';
import { LABELS, valueScale } from '../answer-scales.ts';
import { fieldOf } from '../classify/batches.ts';
import type { AnswerScale, SampleReadings } from '../sample-reading.ts';
import type { Outcome } from './outcome.ts';
import type { PreparedAnswers } from './prepare.ts';
import { readSamples } from './read-samples.ts';
import { longestOf, modelFor } from './sample-model.ts';
import type { ReadingTask } from './split-parts.ts';

/** @throws HindcastError `invalid-input` for a model whose options do not suit samples */
export function answerReadings(
  experiment: ExperimentOf<ReadingTask>,
  prepared: PreparedAnswers,
): SampleReadings {
  const { input, outcome, parts, table } = prepared;
  const model = modelFor(experiment, {
    input,
    classes: outcome.outputs.length,
    mostSteps: longestOf(parts, input),
    writer: outcome.writer,
  });
  const { scale, answerOf, truthOf } = SAID[outcome.writer](outcome);
  return {
    ...readSamples({ task: experiment.task, table, input, parts, truthOf }),
    scale,
    specs: model.specs,
    choices: outcome.outputs,
    answer(values, weight, pass) {
      const given = { ...input, encode: (row: number) => values[row]! };
      const rows = values.map((_, row) => row);
      const answers = answerOf(model.answer(fieldOf(given, rows), weight, pass));
      return tf.reshape(answers, [values.length, 1, outcome.outputs.length]) as Tensor3D;
    },
  };
}

interface Said {
  readonly scale: AnswerScale;
  /** Of what the model writes [batch, outputs]. */
  answerOf(written: Tensor2D): tf.Tensor;
  truthOf(row: number): string | null;
}

const labels = ({ outputs, truthOf }: Outcome): Said => ({
  scale: LABELS,
  answerOf: logSigmoid,
  truthOf(row) {
    const truth = truthOf(row);
    return outputs.filter((_, label) => truth[label] === 1).join(', ') || 'none';
  },
});

const values = ({ answered, truthOf }: Outcome): Said => ({
  scale: valueScale((value) => answered(Float64Array.of(value))[0]!),
  answerOf: (written) => written,
  truthOf: (row) => String(truthOf(row)[0]),
});

const SAID: Readonly<Record<OutputWriter, (outcome: Outcome) => Said>> = { labels, values, classes: labels };

/** ln(1 / (1 + e^-x)) as the softmax of x and 0. */
function logSigmoid(x: Tensor2D): tf.Tensor {
  const beside = tf.stack([x, tf.zerosLike(x)], 2); // [batch, outputs, 2]
  return tf.slice(logSoftmax(beside as Tensor3D), [0, 0, 0], [-1, -1, 1]);
}
