// A labeller, step by step: what it reads of a text, and the shares of the labels of each step.
import type { Tensor3D } from '@tensorflow/tfjs-core';
import type { LabelExperiment } from '../../contract/tasks/label-experiment.ts';
import { cutSteps } from '../../data/samples/step-tokens.ts';
import type { StepRead } from '../../models/step-labeller.ts';
import { logSoftmax } from '../../ops/log-softmax.ts';
import { SHARES } from '../answer-scales.ts';
import type { ReadSample, SampleReadings, StepValues } from '../sample-reading.ts';
import { modelFor } from './model.ts';
import type { PreparedLabel } from './prepare.ts';
import { stepField, widthOf } from './step-batch.ts';

/** @throws HindcastError `invalid-input` for a model that does not answer each step */
export function labelReadings(experiment: LabelExperiment, prepared: PreparedLabel): SampleReadings {
  const { task } = experiment;
  const { classes, parts, table } = prepared;
  const { read, encode: encodeText } = prepared.input;
  const model = modelFor(experiment, { read, classes: classes.length });
  return {
    scale: SHARES,
    specs: model.specs,
    features: read.kind === 'rows' ? read.channels : model.specs[0]!.shape[1]!,
    unit: read.kind === 'rows' ? 'rows' : task.tokens.by,
    channels: channelsOf(read, task),
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
      const cut = cutSteps(task.tokens.by, text).slice(0, values.length / widthOf(read));
      return sampleOf(values, cut, { name: 'own text', next: new Int32Array(cut.length).fill(-1) });
    },
    answer(values, weight, pass) {
      return logSoftmax(model.answer(stepField(read, values), weight, pass)) as Tensor3D;
    },
  };
}

function channelsOf(read: StepRead, { window }: LabelExperiment['task']): readonly string[] {
  if (read.kind === 'tokens') return [];
  return window?.columns ?? Array.from({ length: read.channels }, (_, channel) => `number ${channel + 1}`);
}

function sampleOf(
  values: StepValues,
  labels: readonly string[],
  { name, next }: Pick<ReadSample, 'name' | 'next'>,
): ReadSample {
  const steps = labels.length;
  return { name, truth: null, values, steps, length: steps, before: 0, labels, next };
}
