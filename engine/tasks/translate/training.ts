// The training of a translator: pairs of similar length in one batch, each token learned after the true ones before it (teacher forcing), and
// three validation texts translated after every validation.
import * as tf from '@tensorflow/tfjs-core';
import type { TranslateTask } from '../../contract/tasks/translate.ts';
import type { TranslateExperiment } from '../../contract/tasks/translate-experiment.ts';
import type { WeightLookup } from '../../models/parameters.ts';
import type { Translator } from '../../models/translation/translator.ts';
import { crossEntropy } from '../../ops/losses/cross-entropy.ts';
import type { TrainingTask, ValidationResult } from '../../training/task.ts';
import { bucketed } from '../classify/batches.ts';
import { evenly } from '../evenly.ts';
import { forcedOver } from './forced.ts';
import { targetBatch } from './pair-batch.ts';
import { findPairMetric } from './prepare.ts';
import type { TrainingPairs } from './read-pairs.ts';
import { writtenFor } from './written.ts';

export interface Trained<Read> {
  readonly experiment: {
    readonly task: Pick<TranslateTask, 'metrics' | 'lengthPenalty' | 'mostSteps'>;
    readonly training: Pick<TranslateExperiment['training'], 'shuffle'>;
  };
  readonly prepared: TrainingPairs<Read>;
  readonly model: Translator;
}

export function translateTraining<Read extends { readonly length: number }>(
  given: Trained<Read>,
): TrainingTask {
  const { experiment, prepared, model } = given;
  const { sourceOf, targetOf, fieldOf, parts } = prepared;
  const { train } = parts;
  const { metrics } = experiment.task;
  return {
    specs: model.specs,
    trainExamples: train.length,
    metricNames: metrics.map((metric) => `validation${metric[0]!.toUpperCase()}${metric.slice(1)}`),
    ...(experiment.training.shuffle && {
      arrange: (order, batchSize) =>
        bucketed(
          order,
          batchSize,
          (example) => sourceOf(train[example]!).length + targetOf(train[example]!).length,
        ),
    }),
    loadBatch(indices) {
      const rows = Array.from(indices, (index) => train[index]!);
      const source = fieldOf(rows.map(sourceOf));
      const target = targetBatch(rows.map(targetOf));
      return {
        count: target.count,
        loss(weight, pass) {
          const memory = model.encode(source, weight, pass);
          const { logits } = model.decode(target.inputs, memory, { weight, pass });
          return crossEntropy(logits, target.targets, { mask: target.mask });
        },
        dispose: () =>
          tf.dispose([
            source.x,
            ...(source.hints ? [source.hints.x] : []),
            target.inputs,
            target.targets,
            ...[source.mask, source.hints?.mask, target.mask].filter((mask) => mask !== undefined),
          ]),
      };
    },
    validate: (weight) => validate(given, weight),
  };
}

/** Texts that are written after every epoch for the metrics; the test part is written whole. */
const WRITTEN = 300;
const SHOWN = 3;

function* validate<Read extends { readonly length: number }>(
  { experiment, prepared, model }: Trained<Read>,
  weight: WeightLookup,
): Generator<void, ValidationResult, void> {
  const { task } = experiment;
  const forced = yield* forcedOver(model, weight, prepared, prepared.parts.validation);
  const sources = evenly(prepared.sourcesOf('validation'), WRITTEN);
  const how = { beam: 1, lengthPenalty: task.lengthPenalty, mostSteps: task.mostSteps };
  // The model's own texts, whatever is chosen among them and others at the end.
  const own = { ...prepared, choose: undefined };
  const written = yield* writtenFor(model, weight, { prepared: own, sources, how });
  const scored = { pairs: written.map(({ pair }) => pair), forced };
  return {
    loss: forced.nats / forced.tokens,
    metrics: task.metrics.map((metric) => findPairMetric(metric).value(scored)),
    texts: evenly([...sources.keys()], SHOWN).map((index) => ({
      prompt: sources[index]!.text,
      text: written[index]!.pair.written.text,
      reference: sources[index]!.references.join(' | '),
    })),
  };
}
