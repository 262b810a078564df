// The training of a language model: windows of text, the state that they carry on, and the texts that show what it has learned so far.
import type { Tensor2D } from '@tensorflow/tfjs-core';
import type { GenerateExperiment } from '../../contract/tasks/generate-experiment.ts';
import type { LayerState } from '../../models/bodies/recurrent-layers.ts';
import type { LanguageModel } from '../../models/language-model.ts';
import { type NamedArray, toTensor, type WeightLookup } from '../../models/parameters.ts';
import { crossEntropy } from '../../ops/losses/cross-entropy.ts';
import { seedRandomStream } from '../../training/random-streams.ts';
import type { CarriedState, SampledText, TrainingTask, ValidationResult } from '../../training/task.ts';
import { bucketed } from '../classify/batches.ts';
import { tokensIn } from './documents.ts';
import { findLanguageMetric, type PreparedGenerate } from './prepare.ts';
import { scoredText } from './scored-text.ts';
import { textBatch } from './text-batch.ts';
import { tokenCosts } from './token-costs.ts';
import { createTrainingWindows } from './training-windows.ts';
import { createTextWriter } from './writer.ts';

export interface Trained {
  readonly experiment: GenerateExperiment;
  readonly prepared: PreparedGenerate;
  readonly model: LanguageModel;
}

export function generateTraining(given: Trained): TrainingTask {
  const { experiment, prepared, model } = given;
  const { task, training } = experiment;
  const windows = createTrainingWindows(prepared.documents, prepared.stretches.train, {
    window: task.window,
    batchSize: training.batchSize,
    hasState: model.state.layers > 0,
  });
  const { order } = windows;
  const state = carriedState();
  return {
    specs: model.specs,
    trainExamples: windows.examples,
    metricNames: task.metrics.map((metric) => `validation${metric[0]!.toUpperCase()}${metric.slice(1)}`),
    ...(order && { carried: state, arrange: () => order }),
    ...(!order &&
      training.shuffle && {
        arrange: (drawn, batchSize) =>
          bucketed(drawn, batchSize, (example) => windows.window(example).inputs.length),
      }),
    loadBatch(indices) {
      const batch = textBatch(Array.from(indices, (example) => windows.window(example)));
      const isFirst = windows.isFirst(indices[0]!);
      return {
        count: batch.count,
        loss(weight, pass) {
          const initial = windows.isCarried && !isFirst ? state.tensors() : undefined;
          const { logits, states } = model.answer(
            { x: batch.x, mask: batch.mask },
            { weight, pass, initial },
          );
          if (windows.isCarried) state.keep(states);
          return crossEntropy(logits, batch.targets, { mask: batch.mask });
        },
        dispose: batch.dispose,
      };
    },
    validate: (weight) => validate(given, weight),
  };
}

interface KeptState extends CarriedState {
  /** On the current backend, in the caller's tidy. */
  tensors(): readonly LayerState[] | undefined;
  keep(states: readonly LayerState[]): void;
}

/** As numbers, outside of the tape: the gradient ends where a window begins. */
function carriedState(): KeptState {
  let arrays: readonly NamedArray[] = [];
  const arrayOf = (
    name: string,
    { shape, dataSync }: { shape: number[]; dataSync(): ArrayLike<number> },
  ) => ({
    name,
    shape,
    values: Float32Array.from(dataSync()),
  });
  return {
    read: () => arrays.map((array) => ({ ...array, values: array.values.slice() })),
    write: (given) => {
      arrays = given;
    },
    keep(states) {
      arrays = states.flatMap(({ hidden, cell }, layer) => [
        arrayOf(`${layer}/hidden`, { shape: hidden.shape, dataSync: () => hidden.dataSync() }),
        ...(cell ? [arrayOf(`${layer}/cell`, { shape: cell.shape, dataSync: () => cell.dataSync() })] : []),
      ]);
    },
    tensors() {
      if (arrays.length === 0) return undefined;
      const byName = new Map(arrays.map((array) => [array.name, array]));
      const tensor = (name: string) => {
        const found = byName.get(name);
        return found && (toTensor(found) as Tensor2D);
      };
      const layers = arrays.filter(({ name }) => name.endsWith('/hidden')).length;
      return Array.from({ length: layers }, (_, layer) => ({
        hidden: tensor(`${layer}/hidden`)!,
        cell: tensor(`${layer}/cell`),
      }));
    },
  };
}

function* validate(
  { experiment, prepared, model }: Trained,
  weight: WeightLookup,
): Generator<void, ValidationResult, void> {
  const { task } = experiment;
  const stretches = prepared.stretches.validation;
  const costs = yield* tokenCosts(prepared.documents, stretches, { model, window: task.window }, weight);
  const nats = costs.reduce((sum, cost) => sum + cost, 0);
  const scored = scoredText(prepared, stretches, nats);
  const texts: SampledText[] = [];
  for (const prompt of prepared.prompts) {
    texts.push(writeSample({ experiment, prepared, model }, weight, prompt));
    yield;
  }
  return {
    loss: nats / tokensIn(stretches),
    metrics: task.metrics.map((metric) => findLanguageMetric(metric).value(scored)),
    texts,
  };
}

/** With the same random numbers after every epoch, so that what changes is the model. */
function writeSample(
  { experiment: { task, seed }, prepared: { coder }, model }: Trained,
  weight: WeightLookup,
  prompt: string,
): SampledText {
  const { uniform } = seedRandomStream(seed, 'sample');
  const writer = createTextWriter({ model, coder, window: task.window }, weight, {
    prompt,
    temperature: task.sampleTemperature,
    topK: null,
    topP: 1,
    repetitionPenalty: 1,
    uniform,
  });
  try {
    let text = '';
    for (let count = 0; count < task.sampleTokens; count++) text += coder.textOf(writer.next().token);
    return { prompt, text };
  } finally {
    writer.dispose();
  }
}
