// A translator, step by step: the text that it reads, then the one that it writes, and the shares of what it writes next.
import type { Tensor3D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { TranslateExperiment } from '../../contract/tasks/translate-experiment.ts';
import { UNKNOWN } from '../../data/samples/text-tokens.ts';
import type { WeightLookup } from '../../models/parameters.ts';
import type { Pass } from '../../models/pass.ts';
import { logSoftmax } from '../../ops/log-softmax.ts';
import type { ReadSample, SampleReadings } from '../sample-reading.ts';
import { modelFor } from './model.ts';
import { tokenField } from './pair-batch.ts';
import { framed, type PreparedTranslate } from './prepare.ts';
import { readable } from './translate-text.ts';
import { writeTexts } from './writer.ts';

/** Shown for the end sign that the first token is written after. */
const BEGIN_SIGN = '\u2192';

/** @throws HindcastError `invalid-input` for a model that writes no text */
export function translateReadings(
  experiment: TranslateExperiment,
  prepared: PreparedTranslate,
): SampleReadings {
  const { task } = experiment;
  const { source, target, parts, table } = prepared;
  const model = modelFor(experiment, { source: source.size, target: target.size });
  // Layers that look at what was read come first, then those of the encoder among themselves.
  const decoderLayers = experiment.model.kind === 'attention' ? experiment.model.layers : 1;
  const sampleOf = (name: string, read: Int32Array, written: Int32Array): ReadSample => {
    const inputs = written.subarray(0, -1);
    const values = Int32Array.from([...read, ...inputs]);
    const next = new Int32Array(values.length).fill(-1);
    next.set(
      written.subarray(1).map((token) => (token === UNKNOWN ? -1 : token)),
      read.length,
    );
    const labels = [
      ...Array.from(read, source.shown),
      BEGIN_SIGN,
      ...Array.from(inputs.subarray(1), target.shown),
    ];
    const steps = values.length;
    return { name, truth: null, values, steps, length: steps, before: 0, labels, next, source: read.length };
  };
  return {
    specs: model.specs,
    features: model.specs[0]!.shape[1]!,
    unit: task.tokens.by,
    channels: [],
    stepSeconds: null,
    choices: Array.from({ length: target.size }, (_, token) => target.shown(token)),
    answers: 'next',
    samples: { train: parts.train.length, validation: parts.validation.length, test: parts.test.length },
    translator: { bidirectional: task.bidirectional },
    sample({ part, index }) {
      const row = parts[part][index]!;
      return sampleOf(table.names[row]!, prepared.sourceOf(row), prepared.targetOf(row));
    },
    ofText(text, weight) {
      const read = readable(text, source, task.mostSteps);
      return sampleOf('own text', read, framed(write(read, weight), target.end));
    },
    answer(values, weight, pass, steps) {
      const all = values as readonly Int32Array[];
      const { onAttention } = pass;
      const reading: Pass = {
        ...pass,
        onAttention: onAttention && ((layer, weights) => onAttention(decoderLayers + layer, weights)),
      };
      const read = tokenField(all.map((tokens) => tokens.subarray(0, steps)));
      const memory = model.encode(read, weight, reading);
      const written = tokenField(all.map((tokens) => tokens.subarray(steps))).x;
      const { logits } = model.decode(written, memory, { weight, pass });
      // What is read is not answered.
      const unanswered = tf.zeros([values.length, steps, target.size]);
      return tf.concat([unanswered, logSoftmax(logits)], 1) as Tensor3D;
    },
  };

  function write(read: Int32Array, weight: WeightLookup): Int32Array {
    const { beam: width, lengthPenalty, mostSteps: most } = task;
    const work = writeTexts(model, weight, [read], {
      width,
      lengthPenalty,
      most,
      end: target.end,
      fieldOf: tokenField,
    });
    let next = work.next();
    while (!next.done) next = work.next();
    return Int32Array.from(next.value[0]?.[0]?.tokens ?? []);
  }
}
