// A classifier, step by step: what it reads of a sample, and the shares of the classes.
import type { Tensor3D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { ClassifyExperiment } from '../../contract/tasks/classify-experiment.ts';
import { logSoftmax } from '../../ops/log-softmax.ts';
import { SHARES } from '../answer-scales.ts';
import { readSamples } from '../per-sample/read-samples.ts';
import { longestOf, modelFor } from '../per-sample/sample-model.ts';
import type { SampleReadings } from '../sample-reading.ts';
import { fieldOf } from './batches.ts';
import type { PreparedClassify } from './prepare.ts';

/** @throws HindcastError `invalid-input` for a model whose options do not suit samples */
export function classifyReadings(experiment: ClassifyExperiment, prepared: PreparedClassify): SampleReadings {
  const { task } = experiment;
  const { input, classes, labels, parts, table } = prepared;
  const mostSteps = longestOf(parts, input);
  const model = modelFor(experiment, { input, classes: classes.length, mostSteps });
  const truthOf = (row: number) => classes[labels[row]!] ?? null;
  return {
    ...readSamples({ task, table, input, parts, truthOf, channels: task.window?.columns }),
    scale: SHARES,
    specs: model.specs,
    choices: classes,
    answer(values, weight, pass) {
      const given = { ...input, encode: (row: number) => values[row]! };
      const rows = values.map((_, row) => row);
      const logs = logSoftmax(model.answer(fieldOf(given, rows), weight, pass));
      return tf.reshape(logs, [values.length, 1, classes.length]) as Tensor3D;
    },
  };
}
