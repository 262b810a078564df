// Images, videos and captions: a file with data, task and model alone becomes what the window begins with, and every part suits the data.
import { expect, test } from 'vitest';
import type { DatasetSummary } from '../../engine/contract/datasets/dataset.ts';
import { ExperimentSchema } from '../../engine/contract/experiment/experiment.ts';
import { completeExperiment, leaveToData } from '../../engine/defaults/experiment.ts';
import { suggestCaption } from '../../renderer/tasks/caption/suggest.ts';
import { draftsOf } from '../../renderer/tasks/samples/suggest.ts';
import { suggestVideo } from '../../renderer/tasks/video/suggest.ts';

const column = (name: string, kind: string, size: number | null) => ({
  name,
  kind,
  missing: 0,
  min: size,
  mean: size,
  max: size,
  categories: null,
});
const written = { texts: 60, words: 300, differentWords: 20, mostWords: 6, mostLetters: 40, letters: 20 };

function dataset(columns: readonly ReturnType<typeof column>[], of: object): DatasetSummary {
  const samples = {
    form: 'made',
    input: columns[0]!.name,
    label: null,
    group: null,
    groups: 0,
    parts: [],
    classes: [],
    duplicates: 0,
    columns,
    ...of,
  };
  return { name: 'data', rows: 60, columns, samples } as unknown as DatasetSummary;
}

test.each([
  [
    'images with labels',
    draftsOf({ kind: 'classify', field: 'task.label' }).suggest,
    dataset([column('image', 'image', 32), column('label', 'category', null)], { label: 'label' }),
    { kind: 'classify', input: 'image', patches: { side: 5, step: 2 }, readout: 'flatten' },
  ],
  [
    'short videos',
    suggestVideo,
    dataset([column('frames', 'frames', 9)], {}),
    { kind: 'video', input: 'frames', given: 4, ahead: 4 },
  ],
  [
    'long videos',
    suggestVideo,
    dataset([column('frames', 'frames', 60)], {}),
    { kind: 'video', given: 10, ahead: 10 },
  ],
  [
    'images with captions of words that come again',
    suggestCaption,
    dataset([column('image', 'image', 16), column('text', 'text', 30)], {
      captions: { target: 'text', written },
    }),
    {
      kind: 'caption',
      target: 'text',
      patches: { side: 2, step: 2 },
      targetTokens: { by: 'words' },
      mostSteps: 11,
    },
  ],
])('%s', (_what, suggest, data, task) => {
  const draft = ExperimentSchema.parse(completeExperiment(suggest(data), data));
  expect(draft.task).toMatchObject(task);
  const { kind } = draft.model;
  const short = {
    name: draft.name,
    dataset: { name: 'data' },
    task: { kind: task.kind },
    model: { kind },
    seed: 1,
  };
  // A file is checked before its data are known.
  const checked = ExperimentSchema.parse(completeExperiment(short, null));
  const completed = completeExperiment(leaveToData(checked, short), data);
  expect(ExperimentSchema.parse(completed)).toEqual(draft);
});

test('few images or videos are learned in small batches: an epoch has a dozen steps, where the usual one would have two', () => {
  const videos = (rows: number, frames: number) => ({
    ...dataset([column('frames', 'frames', frames)], {}),
    rows,
  });
  const images = (rows: number) => ({
    ...dataset([column('image', 'image', 32), column('text', 'text', 30)], {
      captions: { target: 'text', written },
    }),
    rows,
  });
  const batchOf = (draft: unknown, data: DatasetSummary) =>
    ExperimentSchema.parse(completeExperiment(draft, data)).training.batchSize;
  const sizes = [60, 200, 500].map((rows) => batchOf(suggestCaption(images(rows)), images(rows)));
  expect(sizes).toEqual([4, 8, 32]);
  expect(batchOf(suggestVideo(videos(40, 12)), videos(40, 12))).toBe(4);
  // A window begins at each frame: 32 videos of 30 frames have 352, which batches of 32 would learn in 11 steps.
  const clips = videos(40, 30);
  const draft: Record<string, unknown> = suggestVideo(clips);
  expect(batchOf(draft, clips)).toBe(16);
  const apart = { ...draft, task: { ...(draft.task as object), stride: 10 }, training: {} };
  expect(batchOf(apart, clips)).toBe(4);
  expect(batchOf(suggestVideo(videos(100, 60)), videos(100, 60))).toBe(32);
  // Windows of long videos are many.
  expect(batchOf(suggestVideo(videos(40, 400)), videos(40, 400))).toBe(32);
});
