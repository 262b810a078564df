// A writer of captions for prepared images: trains, scores and writes. The half of the task that needs TensorFlow.js.
import type { CaptionExperiment } from '../../contract/tasks/caption-experiment.ts';
import { CaptionFrame } from '../../contract/tasks/caption-frame.ts';
import { nearestCaption } from '../../evaluation/captions/baselines/nearest-caption.ts';
import { CAPTION_BASELINES } from '../../evaluation/captions/baselines/registry.ts';
import { pixelsIn } from '../../evaluation/classes/baselines/pixels.ts';
import type { TaskMachine } from '../task-kind.ts';
import { type SimpleWriter, type WrittenPart, writingMachine } from '../translate/writing-machine.ts';
import { editColumns } from '../translate/written.ts';
import { chooserFor } from './choose-caption.ts';
import { imageField, modelFor, patchesIn } from './model.ts';
import type { PreparedCaption } from './prepare.ts';

/** @throws HindcastError `invalid-input` for a model that writes no text */
export function openCaption(experiment: CaptionExperiment, prepared: PreparedCaption): TaskMachine {
  const { layout, target } = prepared;
  const model = modelFor(experiment, { layout, tokens: target.size });
  return {
    ...writingMachine({
      experiment,
      prepared: { ...prepared, fieldOf: imageField(layout), choose: chooserFor(experiment.task, target) },
      model,
      longest: Math.max(patchesIn(layout), longestOf(prepared)),
      baselines: () => learnBaselines(prepared),
      encode: (written) => CaptionFrame.encode(frameOf(prepared, written)),
    }),
    exportModel: async (wanted) =>
      (await import('./export-model.ts')).exportCaptioner({ experiment, prepared, model }, wanted),
  };
}

const longestOf = ({ parts, targetOf }: PreparedCaption): number =>
  Object.values(parts).reduce(
    (longest, rows) => rows.reduce((most, row) => Math.max(most, targetOf(row).length), longest),
    1,
  );

function trainingImages(prepared: PreparedCaption) {
  const pixels = pixelsIn([prepared.images])!;
  return Array.from(prepared.parts.train, (row) => ({
    pixels: pixels(row),
    caption: prepared.captionOf(row),
  }));
}

function* learnBaselines(prepared: PreparedCaption): Generator<void, readonly SimpleWriter[], void> {
  const pixels = pixelsIn([prepared.images])!;
  const images = trainingImages(prepared);
  return CAPTION_BASELINES.map(({ subject, learn }) => {
    const write = learn(images);
    return { subject, write: ({ row }) => write(pixels(row)) };
  });
}

function frameOf(prepared: PreparedCaption, { part, sources, written }: WrittenPart): CaptionFrame {
  const pixels = pixelsIn([prepared.images])!;
  const nearest = nearestCaption.learn(trainingImages(prepared));
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
      ...editColumns(written),
    },
  };
}
