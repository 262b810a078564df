// A labeller, step by step: what it reads of a text, and the shares of the labels of each step.
import type { Tensor3D } from '@tensorflow/tfjs-core';
import type { LabelExperiment } from '../../contract/tasks/label-experiment.ts';
import { createStepTokenizer, cutSteps } from '../../data/samples/step-tokens.ts';
import { createEncoder } from '../../data/samples/vocabulary.ts';
import { logSoftmax } from '../../ops/log-softmax.ts';
import type { ReadSample, SampleReadings } from '../sample-reading.ts';
import { modelFor } from './model.ts';
import type { PreparedLabel } from './prepare.ts';
import { tokenField } from './step-batch.ts';

/** @throws HindcastError `invalid-input` for a model that does not answer each step */
export function labelReadings(experiment: LabelExperiment, prepared: PreparedLabel): SampleReadings {
  const { task } = experiment;
  const { classes, parts, table, fitted } = prepared;
  const model = modelFor(experiment, { tokens: prepared.tokens, classes: classes.length });
  const encodeText = createEncoder(fitted, createStepTokenizer(task.tokens), task.mostSteps);
  return {
    specs: model.specs,
    features: model.specs[0]!.shape[1]!,
    unit: task.tokens.by,
    channels: [],
    stepSeconds: null,
    choices: classes,
    answers: 'label',
    samples: { train: parts.train.length, validation: parts.validation.length, test: parts.test.length },
    sample({ part, index }) {
      const row = parts[part][index]!;
      const known = { name: table.names[row]!, next: prepared.labelsOf(row) };
      return sampleOf(prepared.encode(row), prepared.textsOf(row), known);
    },
    ofText(text) {
      const values = encodeText(text);
      const cut = cutSteps(task.tokens.by, text).slice(0, values.length);
      return sampleOf(values, cut, { name: 'own text', next: new Int32Array(values.length).fill(-1) });
    },
    answer(values, weight, pass) {
      const { x, mask } = tokenField(values.map((tokens) => Int32Array.from(tokens)));
      return logSoftmax(model.answer({ x, mask }, weight, pass)) as Tensor3D;
    },
  };
}

function sampleOf(
  values: Int32Array,
  labels: readonly string[],
  { name, next }: Pick<ReadSample, 'name' | 'next'>,
): ReadSample {
  const steps = values.length;
  return { name, truth: null, values, steps, length: steps, before: 0, labels, next };
}
