// A trained translator as files that stock TensorFlow.js loads: its encoder, one step of its decoder, both vocabularies, and a program that
// translates with them. The files are loaded again on TensorFlow.js's own backend, and must give the probabilities that the run gives.
import * as tf from '@tensorflow/tfjs-core';
import { selectBackend } from '../../backends/select.ts';
import type { ExportedFile } from '../../contract/processes/jobs/export.ts';
import type { TranslateExperiment } from '../../contract/tasks/translate-experiment.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import { type TextTokens, UNKNOWN, UNKNOWN_SIGN } from '../../data/samples/text-tokens.ts';
import { type LayersModelFiles, openLayersModel, saveLayersModel } from '../../export/tfjs/artifacts.ts';
import { jsonFile, largestOf, layersFiles, requireSame, textFile } from '../../export/tfjs/exported-files.ts';
import { lookUp } from '../../export/tfjs/net.ts';
import { translateScript } from '../../export/tfjs/translate-script.ts';
import { translatorModels } from '../../export/tfjs/translator-graph.ts';
import { createParameterSet, type NamedArray } from '../../models/parameters.ts';
import type { Translator } from '../../models/translation/translator.ts';
import { softmax } from '../../ops/softmax.ts';
import { readValues } from '../../ops/values.ts';
import { decodeWeights } from '../../training/weights.ts';
import type { ModelExport } from '../task-kind.ts';
import { mostStepsOf } from './model.ts';
import { targetBatch, tokenField } from './pair-batch.ts';
import type { PreparedTranslate } from './prepare.ts';
import type { ReadPairs } from './read-pairs.ts';

/** Pairs of the test part whose probabilities are compared. */
export const CHECKED = 20;

export interface OpenTranslate {
  readonly experiment: TranslateExperiment;
  readonly prepared: PreparedTranslate;
  readonly model: Translator;
}

/** @throws HindcastError `internal` where the files say something else. */
export async function exportTranslator(
  { experiment, prepared, model }: OpenTranslate,
  wanted: ModelExport,
): Promise<ExportedFile[]> {
  const { task } = experiment;
  const rows = prepared.parts.test.slice(0, CHECKED);
  const { encoder, decoder, form, verified } = await exportedModels(
    {
      experiment,
      model,
      pairs: Array.from(rows, (row) => [prepared.sourceOf(row), prepared.targetOf(row)]),
      fieldOf: tokenField,
      inputsOf: (source) => [tf.tensor2d(source, [1, source.length])],
      mostSteps: mostStepsOf(experiment),
    },
    wanted,
  );
  const vocabulary = {
    source: vocabularyOf(prepared.fitted.source, prepared.source.end),
    target: vocabularyOf(prepared.fitted.target, prepared.target.end),
    ...form,
    mostSteps: task.mostSteps,
  };
  return [
    ...layersFiles(encoder, 'encoder'),
    ...layersFiles(decoder, 'decoder'),
    jsonFile('vocabulary.json', vocabulary),
    textFile(
      'translate.js',
      'text/javascript',
      translateScript(prepared.fitted.source, prepared.fitted.target),
    ),
    jsonFile('about.json', { ...wanted.about, verified, experiment }),
  ];
}

type Pair<Read> = readonly [source: Read, target: Int32Array];

interface Exporting<Read> extends Pick<ReadPairs<Read>, 'fieldOf'> {
  readonly experiment: Pick<TranslateExperiment, 'model' | 'backend' | 'allowBackendFallback'> & {
    readonly task: Pick<TranslateExperiment['task'], 'bidirectional' | 'attentionScores'>;
  };
  readonly model: Translator;
  readonly pairs: readonly Pair<Read>[];
  /** As the exported encoder reads it, each [1, ...]. */
  inputsOf(source: Read): tf.Tensor[];
  readonly patchFeatures?: number | undefined;
  readonly hasHints?: boolean | undefined;
  /** Most steps that the model was made for. */
  readonly mostSteps: number;
}

/** Encoder and decoder, checked against the run; `form`: what a program has to know of them. @throws HindcastError as `exportTranslator` does */
export async function exportedModels<Read extends { readonly length: number }>(
  {
    experiment,
    model,
    pairs,
    fieldOf,
    inputsOf,
    patchFeatures,
    hasHints = false,
    mostSteps,
  }: Exporting<Read>,
  { trained, threads }: Pick<ModelExport, 'trained' | 'threads'>,
) {
  const { task } = experiment;
  const { model: written } = experiment;
  if (written.kind !== 'encoder-decoder' && written.kind !== 'attention')
    throw new HindcastError('internal', `A model of the kind "${written.kind}" writes no text.`);
  const weights = decodeWeights(trained.weights);
  await selectBackend(experiment.backend, { allowFallback: experiment.allowBackendFallback, threads });
  const ours = probabilitiesOf({ model, pairs, fieldOf }, weights);
  await selectBackend('cpu', { allowFallback: false, threads });
  const made = translatorModels({
    model: written,
    mostSteps,
    bidirectional: task.bidirectional,
    attentionScores: task.attentionScores,
    patchFeatures,
    hasHints,
    array: lookUp(weights),
  });
  const encoder = await saveLayersModel(made.encoder);
  const decoder = await saveLayersModel(made.decoder);
  made.encoder.dispose();
  made.decoder.dispose();
  const form = { hasAttention: model.hasAttention, firstStates: made.firstStates };
  const largestDifference = await compared({
    encoder,
    decoder,
    form,
    hasHints,
    pairs,
    ours,
    inputsOf,
  });
  const verified = { pairs: pairs.length, ...requireSame(largestDifference) };
  return { encoder, decoder, form, verified };
}

/** Of each pair [tokens, vocabulary], each token after the true ones before it. */
function probabilitiesOf<Read>(
  { model, pairs, fieldOf }: Pick<Exporting<Read>, 'model' | 'pairs' | 'fieldOf'>,
  weights: readonly NamedArray[],
): Float32Array[] {
  const parameters = createParameterSet(model.specs, weights);
  try {
    return pairs.map(([source, target]) =>
      readValues(() => {
        const memory = model.encode(fieldOf([source]), parameters.weight, {});
        const { inputs } = targetBatch([target]);
        const { logits } = model.decode(inputs, memory, { weight: parameters.weight, pass: {} });
        return softmax(logits);
      }),
    );
  } finally {
    parameters.dispose();
  }
}

interface Compared<Read> extends Pick<Exporting<Read>, 'pairs' | 'inputsOf'> {
  readonly encoder: LayersModelFiles;
  readonly decoder: LayersModelFiles;
  readonly form: { readonly hasAttention: boolean; readonly firstStates: readonly (readonly number[])[] };
  readonly hasHints: boolean;
  readonly ours: readonly Float32Array[];
}

/**
 * The largest difference of a probability, token by token with the states that the step before gave. Sources of one length are read together:
 * a step of a stock layer takes about as long for all of them as for one, since most of its time goes into its kernels.
 */
async function compared<Read extends { readonly length: number }>({
  form: { hasAttention, firstStates },
  hasHints,
  pairs,
  ours,
  inputsOf,
  ...files
}: Compared<Read>): Promise<number> {
  const encoder = await openLayersModel(files.encoder);
  const decoder = await openLayersModel(files.decoder);
  let largest = 0;
  for (const group of Map.groupBy(pairs.keys(), (index) => pairs[index]![0].length).values()) {
    const targets = group.map((index) => pairs[index]![1]);
    const steps = Math.max(...targets.map(({ length }) => length)) - 1;
    tf.tidy(() => {
      const inputs = group.map((index) => inputsOf(pairs[index]![0]));
      const read = inputs[0]!.map((_, which) =>
        tf.concat(
          inputs.map((one) => one[which]!),
          0,
        ),
      );
      const [memory, ...others] = [encoder.predict(read)].flat();
      others.push(...firstStates.map((shape) => tf.zeros([group.length, ...shape])));
      const looks = [...(hasAttention ? [memory!] : []), ...(hasHints ? others.slice(0, 2) : [])];
      let states = hasHints ? others.slice(2) : others;
      for (let at = 0; at < steps; at++) {
        // A text that has ended repeats its end sign, and is no longer compared.
        const tokens = targets.map((target) => [target[Math.min(at, target.length - 1)]!]);
        const [p, ...after] = decoder.predict([tf.tensor2d(tokens), ...looks, ...states]) as tf.Tensor[];
        const said = p!.dataSync();
        const width = said.length / group.length;
        for (const [row, index] of group.entries()) {
          if (at >= targets[row]!.length - 1) continue;
          const wanted = ours[index]!.subarray(at * width, (at + 1) * width);
          largest = Math.max(largest, largestOf(wanted, said.slice(row * width, (row + 1) * width)));
        }
        states = after;
      }
    });
  }
  encoder.dispose();
  decoder.dispose();
  return largest;
}

export function vocabularyOf({ by, lowerCase, merges = [], tokens }: TextTokens, end: number) {
  // By number: the unknown token, those of the texts, the end sign.
  return { by, lowerCase, merges, tokens: [UNKNOWN_SIGN, ...tokens, '\n'], unknown: UNKNOWN, end };
}
