// A writer of captions for prepared images: trains, scores and writes. The half of the task that needs TensorFlow.js.
import type { Score } from '../../contract/run.ts';
import type { CaptionExperiment } from '../../contract/tasks/caption-experiment.ts';
import { CaptionFrame } from '../../contract/tasks/caption-frame.ts';
import type { Captioner } from '../../evaluation/captions/baselines/caption-baseline.ts';
import { nearestCaption } from '../../evaluation/captions/baselines/nearest-caption.ts';
import { CAPTION_BASELINES } from '../../evaluation/captions/baselines/registry.ts';
import { pixelsIn } from '../../evaluation/classes/baselines/pixels.ts';
import { nearestReference } from '../../evaluation/pairs/edit-distance.ts';
import type { ScoredPairs } from '../../evaluation/pairs/scored-pairs.ts';
import { countParameters } from '../../models/parameters.ts';
import type { ScoredPart, TaskMachine } from '../task-kind.ts';
import { forcedOver } from '../translate/forced.ts';
import { findPairMetric, type Source } from '../translate/prepare.ts';
import { translateTraining } from '../translate/training.ts';
import { pairOf, type Written, writtenFor } from '../translate/written.ts';
import { modelFor, patchesIn, patchField } from './model.ts';
import type { PreparedCaption } from './prepare.ts';

/** @throws HindcastError `invalid-input` for a model that writes no text */
export function openCaption(experiment: CaptionExperiment, prepared: PreparedCaption): TaskMachine {
  const { task } = experiment;
  const { layout, target } = prepared;
  const model = modelFor(experiment, { layout, tokens: target.size });
  const read = { ...prepared, fieldOf: patchField(layout) };
  const scoresOf = (part: ScoredPart, subject: string, scored: ScoredPairs): Score[] =>
    [...new Set(task.metrics)]
      .map(
        (metric): Score => ({
          part,
          subject,
          metric,
          unit: 'original',
          target: null,
          value: findPairMetric(metric).value(scored),
          count: scored.pairs.length,
        }),
      )
      // A baseline has no probabilities.
      .filter(({ value }) => subject === 'model' || !Number.isNaN(value));
  const captioners = () => CAPTION_BASELINES.map((one) => ({ ...one, write: one.learn(trainingImages()) }));
  let baselines: ReturnType<typeof captioners> | undefined;
  return {
    model: {
      specs: model.specs,
      parameterCount: countParameters(model.specs),
      activationFloats: (batch) =>
        model.activationFloats(batch, Math.max(patchesIn(layout), longestOf(prepared))),
    },
    training: () => translateTraining({ experiment, prepared: read, model }),
    *score(weight, part) {
      const sources = prepared.sourcesOf(part);
      const written = yield* writtenFor(model, weight, { prepared: read, sources, how: task });
      const forced = yield* forcedOver(model, weight, read, prepared.parts[part]);
      return scoresOf(part, 'model', { pairs: written.map(({ pair }) => pair), forced });
    },
    *scoreBaselines(part) {
      baselines ??= captioners();
      const pixels = pixelsIn([prepared.images])!;
      const scores: Score[] = [];
      for (const { subject, write } of baselines) {
        const pairs = [];
        for (const { row, references } of prepared.sourcesOf(part)) {
          pairs.push(pairOf(write(pixels(row)), references, target));
          yield;
        }
        scores.push(...scoresOf(part, subject, { pairs }));
      }
      return scores;
    },
    predict(weight, part) {
      const sources = prepared.sourcesOf(part);
      const work = writtenFor(model, weight, { prepared: read, sources, how: task });
      let next = work.next();
      while (!next.done) next = work.next();
      const nearest = nearestCaption.learn(trainingImages());
      return CaptionFrame.encode(frameOf({ prepared, part, sources, written: next.value, nearest }));
    },
    exportModel: async (wanted) =>
      (await import('./export-model.ts')).exportCaptioner({ experiment, prepared, model }, wanted),
  };

  function trainingImages() {
    const pixels = pixelsIn([prepared.images])!;
    return Array.from(prepared.parts.train, (row) => ({
      pixels: pixels(row),
      caption: prepared.captionOf(row),
    }));
  }
}

const longestOf = ({ parts, targetOf }: PreparedCaption): number =>
  Object.values(parts).reduce(
    (longest, rows) => rows.reduce((most, row) => Math.max(most, targetOf(row).length), longest),
    1,
  );

interface Framed {
  readonly prepared: PreparedCaption;
  readonly part: ScoredPart;
  readonly sources: readonly Source[];
  readonly written: readonly Written[];
  readonly nearest: Captioner;
}

function frameOf({ prepared, part, sources, written, nearest }: Framed): CaptionFrame {
  const pixels = pixelsIn([prepared.images])!;
  const edits = written.map(({ pair }) =>
    nearestReference(
      pair.written.tokens,
      pair.references.map(({ tokens }) => tokens),
    ),
  );
  return {
    header: {
      part,
      names: sources.map(({ text }) => text),
      references: sources.map(({ references }) => [...references]),
      written: written.map(({ pair }) => pair.written.text),
      nearest: sources.map(({ row }) => nearest(pixels(row))),
    },
    columns: {
      sample: Int32Array.from(sources, ({ row }) => row),
      edits: Int32Array.from(edits, (one) => one.edits),
      referenceTokens: Int32Array.from(edits, ({ tokens }) => tokens),
      logProbability: Float64Array.from(written, ({ best }) => best.logProbability),
    },
  };
}
