// Experiments that write captions of small made images, and what their runs leave.
import { expect } from 'vitest';
import type { Picture, SampleTable } from '../../../engine/data/samples/sample-table.ts';
import type { captionWriteJob } from '../../../engine/hosts/trainer/jobs/caption-views.ts';
import { parseExperiment } from '../../../engine/services/runs/start.ts';
import { prepareTask } from '../../../engine/tasks/task-of.ts';
import { pngOf } from '../../data/samples/picture-files.ts';
import { sourceOf, trainOn } from '../classify/made-samples.ts';

/** Images of 8 x 8 pixels with captions of a few words. */
export const CAPTION_EXPERIMENT = {
  name: 'squares',
  dataset: { name: 'squares' },
  task: {
    kind: 'caption',
    input: 'image',
    target: 'caption',
    patches: { side: 2, step: 2 },
    targetTokens: { by: 'words' },
    mostSteps: 10,
    embedding: 16,
  },
  split: { kind: 'samples', by: 'stratified' },
  model: { kind: 'encoder-decoder', cell: 'gru', units: 24 },
  training: { epochs: 20, batchSize: 16, optimizer: { kind: 'adam', learningRate: 0.01 } },
} as const;

type Configuration = Parameters<typeof trainOn>[1];

export const endOf = (all: Awaited<ReturnType<typeof trainOn>>) =>
  all.find((message) => message.type === 'ended') ?? expect.unreachable();

/** Trained, stopped after that many steps, and resumed: the hash of its weights. */
export async function resumedHash(table: SampleTable, configuration: Configuration, stopAfter: number) {
  const stopped = await trainOn(table, configuration, { stopAfter });
  const checkpoint = stopped.findLast((message) => message.type === 'checkpoint') ?? expect.unreachable();
  return endOf(await trainOn(table, configuration, { checkpoint: checkpoint.data })).weightsHash;
}

/** A finished run with what jobs are asked with: what was learned of the data comes back from JSON, as from the store. */
export async function trainedOn(table: SampleTable, configuration: Configuration) {
  const ended = endOf(await trainOn(table, configuration));
  const experiment = parseExperiment(configuration);
  const prepared = prepareTask(experiment, { kind: 'samples', name: experiment.name, samples: table });
  const model = { fitted: JSON.parse(JSON.stringify(prepared.fitted)), weights: ended.best!.weights };
  return {
    ended,
    prepared,
    model,
    job: { workspacePath: '', datasetVersionId: 1, experiment, model, threads: 1 },
    environment: { openSource: sourceOf(table) } as Parameters<typeof captionWriteJob.run>[1],
    testScore: (subject: string, metric: string) =>
      ended.scores.find(
        (score) => score.subject === subject && score.metric === metric && score.part === 'test',
      )!.value,
  };
}

export function picturesOf(table: SampleTable): readonly Picture[] {
  const [images] = table.columns;
  return images?.kind === 'image' ? images.pictures : expect.unreachable();
}

/** A picture of one channel as a file. */
export function fileOf({ width, height, channels, pixels }: Picture): Uint8Array {
  const level = (x: number, y: number, channel: number) =>
    pixels[(y * width + x) * channels + Math.min(channel, channels - 1)]!;
  return pngOf(width, height, (x, y) => [level(x, y, 0), level(x, y, 1), level(x, y, 2)]);
}
