// Defaults of a forecast of frames that its experiment leaves out: the column, how many frames, and sizes (docs/pictures.md).
import type { DatasetFacts } from '../../contract/datasets/dataset.ts';
import { VideoTaskSchema } from '../../contract/tasks/video.ts';
import type { RecordedFields } from '../../contract/values/fields.ts';
import { batchOfFew } from './batch-of-few.ts';
import { completed } from './completed.ts';
import { splitOfSamples } from './split-of-samples.ts';

const KIND = VideoTaskSchema.shape.kind.value;

const SPLIT = { train: 0.8, validation: 0.1 };

/** The configuration with what it leaves out, where its task is about frames. `facts` null: the dataset is not known yet. */
export function completeVideo(configuration: RecordedFields, facts: DatasetFacts | null): RecordedFields {
  const task = configuration.task as RecordedFields;
  if (task.kind !== KIND) return configuration;
  const info = facts?.samples;
  const column = info?.columns.find(
    ({ name, kind }) => name === (task.input ?? info.input) && kind === 'frames',
  );
  const read = taskFor(column?.name ?? info?.input ?? 'frames', column?.min ?? null);
  const windows = windowsIn(column?.mean ?? 0, { ...read, stride: STRIDE, ...task });
  return completed(configuration, {
    split: splitOfSamples(info, SPLIT),
    task: read,
    model: () => ({ units: 256 }),
    training: { ...TRAINING, batchSize: batchOfFew((facts?.rows ?? Infinity) * windows * SPLIT.train) },
  });
}

const STRIDE = VideoTaskSchema.shape.stride.parse(undefined);

/** Of a video of that length: a longer one has several. At least 1, since what has none is left out. */
function windowsIn(frames: number, { given, ahead, stride }: RecordedFields): number {
  return Math.max(1, Math.floor((frames - Number(given) - Number(ahead)) / Number(stride)) + 1);
}

const USUAL = 10;

/** Half of the shortest video is read, the other half said; of long ones ten frames each. */
function taskFor(input: string, shortest: number | null) {
  if (shortest === null || shortest >= 2 * USUAL) return { input, given: USUAL, ahead: USUAL };
  const half = Math.max(1, Math.floor(shortest / 2));
  return { input, given: half, ahead: half };
}

const TRAINING = {
  epochs: 20,
  optimizer: { kind: 'adam', learningRate: 0.002 },
  schedule: { kind: 'cosine', finalFraction: 0.05 },
  earlyStopping: { patience: 4 },
  probe: false,
};
