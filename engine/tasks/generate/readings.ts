// A language model, step by step: what it reads of a text, and the shares of what comes next.
import type { Tensor3D } from '@tensorflow/tfjs-core';
import type { GenerateExperiment } from '../../contract/tasks/generate-experiment.ts';
import type { TextCoder } from '../../data/samples/text-tokens.ts';
import { UNKNOWN } from '../../data/samples/text-tokens.ts';
import { logSoftmax } from '../../ops/log-softmax.ts';
import { SHARES } from '../answer-scales.ts';
import type { ReadSample, SampleReadings } from '../sample-reading.ts';
import { framed } from './documents.ts';
import { modelFor } from './model.ts';
import type { PreparedGenerate } from './prepare.ts';
import { textBatch } from './text-batch.ts';

/** @throws HindcastError `invalid-input` for a model that cannot say what comes next */
export function generateReadings(experiment: GenerateExperiment, prepared: PreparedGenerate): SampleReadings {
  const { task } = experiment;
  const { coder, documents, stretches, table } = prepared;
  const model = modelFor(experiment, coder.size);
  // Attention sees its window alone.
  const mostSteps = model.state.layers > 0 ? Number.POSITIVE_INFINITY : task.window;
  return {
    scale: SHARES,
    specs: model.specs,
    features: model.specs[0]!.shape[1]!,
    unit: task.tokens.by,
    channels: [],
    stepSeconds: null,
    choices: Array.from({ length: coder.size }, (_, token) => signOf(coder, token)),
    answers: 'next',
    reach: task.window,
    samples: {
      train: stretches.train.length,
      validation: stretches.validation.length,
      test: stretches.test.length,
    },
    sample({ part, index, from, most }) {
      const { row, from: first, to } = stretches[part][index]!;
      const tokens = documents.tokensOf(row);
      // Step by step a token is read, and the one after it said: those of the stretch are said.
      const begin = Math.min(first - 1 + from, to - 2);
      const end = Math.min(begin + Math.min(most, mostSteps), to - 1);
      return {
        ...sampleOf(coder, tokens.subarray(begin, end), tokens.subarray(begin + 1, end + 1)),
        name: table.names[row]!,
        length: to - first,
        before: begin - (first - 1),
      };
    },
    ofText(text) {
      const all = framed(coder.encode(text), coder.end).subarray(0, -1);
      const tokens = all.subarray(Math.max(0, all.length - mostSteps));
      const next = Int32Array.from(tokens, (_, step) => tokens[step + 1] ?? -1);
      return { ...sampleOf(coder, tokens, next), name: 'own text' };
    },
    answer(values, weight, pass) {
      const windows = values.map((inputs) => ({
        inputs: inputs as Int32Array,
        targets: inputs as Int32Array,
      }));
      const { x, mask } = textBatch(windows);
      return logSoftmax(model.answer({ x, mask }, { weight, pass }).logits) as Tensor3D;
    },
  };
}

function sampleOf(coder: TextCoder, tokens: Int32Array, next: Int32Array): ReadSample {
  return {
    name: '',
    truth: null,
    values: tokens.slice(),
    steps: tokens.length,
    length: tokens.length,
    before: 0,
    labels: Array.from(tokens, (token) => signOf(coder, token)),
    next: next.map((token) => (token === UNKNOWN ? -1 : token)),
  };
}

/** The end of a text is a sign of its own. */
const signOf = (coder: TextCoder, token: number): string =>
  token === coder.end ? '\u23ce' : coder.textOf(token);
