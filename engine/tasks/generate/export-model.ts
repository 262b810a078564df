// A trained language model as files that stock TensorFlow.js loads: one step of the model, its vocabulary, and a program that writes with them.
// The files are loaded again on TensorFlow.js's own backend, and must give the probabilities that the run gives.
import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { selectBackend } from '../../backends/select.ts';
import { isRecurrent } from '../../contract/experiment/model.ts';
import type { ExportedFile } from '../../contract/processes/jobs/export.ts';
import type { GenerateExperiment } from '../../contract/tasks/generate-experiment.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import { UNKNOWN } from '../../data/samples/text-tokens.ts';
import { openLayersModel, saveLayersModel } from '../../export/tfjs/artifacts.ts';
import { jsonFile, largestOf, layersFiles, requireSame, textFile } from '../../export/tfjs/exported-files.ts';
import { generateScript } from '../../export/tfjs/generate-script.ts';
import { recurrentGraph } from '../../export/tfjs/model-graph.ts';
import { lookUp } from '../../export/tfjs/net.ts';
import { firstStatesOf, type OneStepBody, oneStepModel } from '../../export/tfjs/one-step-graph.ts';
import type { LanguageModel } from '../../models/language-model.ts';
import { createParameterSet, type NamedArray } from '../../models/parameters.ts';
import { TOKEN_TABLE } from '../../models/readers/tokens.ts';
import { HEAD } from '../../models/writers/writer.ts';
import { softmax } from '../../ops/softmax.ts';
import { readValues } from '../../ops/values.ts';
import { decodeWeights } from '../../training/weights.ts';
import type { ModelExport } from '../task-kind.ts';
import type { PreparedGenerate } from './prepare.ts';

/** Tokens of the test part whose probabilities are compared. */
const CHECKED = 200;

export interface OpenGenerate {
  readonly experiment: GenerateExperiment;
  readonly prepared: PreparedGenerate;
  readonly model: LanguageModel;
}

/** @throws HindcastError `conflict` for a model without such a form, and `internal` where the files say something else. */
export async function exportLanguageModel(
  open: OpenGenerate,
  { trained, about, threads }: ModelExport,
): Promise<ExportedFile[]> {
  const { experiment, prepared, model } = open;
  const body = bodyOf(experiment);
  const weights = decodeWeights(trained.weights);
  const tokens = checkedTokens(prepared, body);
  await selectBackend(experiment.backend, { allowFallback: experiment.allowBackendFallback, threads });
  const ours = probabilitiesOf(model, weights, tokens);
  await selectBackend('cpu', { allowFallback: false, threads });
  const made = oneStepModel({
    body,
    array: lookUp(weights),
    table: TOKEN_TABLE,
    head: HEAD,
    isTied: experiment.task.tied,
  });
  const files = await saveLayersModel(made);
  made.dispose();
  const firstStates = firstStatesOf(body);
  const loaded = await openLayersModel(files);
  const largestDifference = compared(loaded, { tokens, ours, firstStates });
  loaded.dispose();
  const verified = { tokens: tokens.length, ...requireSame(largestDifference) };
  return [
    ...layersFiles(files),
    jsonFile('vocabulary.json', vocabularyOf(prepared, body)),
    textFile('generate.js', 'text/javascript', generateScript(prepared.tokens, 'attention' in body)),
    jsonFile('about.json', { ...about, verified, experiment }),
  ];
}

function bodyOf({ model, task }: GenerateExperiment): OneStepBody {
  if (model.kind === 'attention') return { attention: model, window: task.window };
  if (isRecurrent(model)) return { ...recurrentGraph(model), bidirectional: false };
  const message = `There is no form for TensorFlow.js of a language model of the kind "${model.kind}"; export a run with rnn, gru, lstm or attention.`;
  throw new HindcastError('conflict', message, { details: { model: model.kind } });
}

/** The beginning of the test part, from the end sign before its first text; no more than attention sees at once. */
function checkedTokens({ documents, stretches }: PreparedGenerate, body: OneStepBody): Int32Array {
  const [first] = stretches.test;
  if (!first) return new Int32Array();
  const { row, from, to } = first;
  const most = 'attention' in body ? Math.min(body.window, CHECKED) : CHECKED;
  return documents.tokensOf(row).slice(from - 1, Math.min(to, from - 1 + most));
}

/** [tokens, vocabulary] of the token after each, from an empty state. */
function probabilitiesOf(
  model: LanguageModel,
  weights: readonly NamedArray[],
  tokens: Int32Array,
): Float32Array {
  const parameters = createParameterSet(model.specs, weights);
  try {
    return readValues(() => {
      const x = tf.tensor2d(tokens, [1, tokens.length], 'int32');
      return softmax(model.answer({ x }, { weight: parameters.weight, pass: {} }).logits);
    });
  } finally {
    parameters.dispose();
  }
}

interface Compared {
  readonly tokens: Int32Array;
  readonly ours: Float32Array;
  readonly firstStates: readonly (readonly number[])[];
}

/** The largest difference of a probability, token by token with the states that the step before gave. */
function compared(loaded: LayersModel, { tokens, ours, firstStates }: Compared): number {
  const width = ours.length / tokens.length;
  let states: tf.Tensor[] = firstStates.map((shape) => tf.zeros([1, ...shape]));
  let largest = 0;
  for (const [at, token] of tokens.entries()) {
    const before = states;
    const [p, ...after] = tf.tidy(() => loaded.predict([tf.tensor2d([[token]]), ...before]) as tf.Tensor[]);
    largest = Math.max(largest, largestOf(ours.subarray(at * width, (at + 1) * width), p!.dataSync()));
    tf.dispose([p!, ...before]);
    states = after;
  }
  tf.dispose(states);
  return largest;
}

function vocabularyOf({ tokens, coder }: PreparedGenerate, body: OneStepBody) {
  const { by, lowerCase, merges = [] } = tokens;
  // By number: the unknown token, those of the texts, the end sign.
  const all = [coder.textOf(UNKNOWN), ...tokens.tokens, coder.textOf(coder.end)];
  return {
    by,
    lowerCase,
    merges,
    tokens: all,
    unknown: UNKNOWN,
    end: coder.end,
    firstStates: firstStatesOf(body),
    ...('attention' in body && { window: body.window }),
  };
}
