// Defaults of captions that an experiment leaves out: columns, split, patches and tokens from what the images and texts are (docs/pictures.md).
import type { DatasetFacts } from '../../contract/datasets/dataset.ts';
import type { SamplesInfo } from '../../contract/datasets/samples.ts';
import { CaptionTaskSchema } from '../../contract/tasks/caption.ts';
import type { RecordedFields } from '../../contract/values/fields.ts';
import { batchOfFew } from './batch-of-few.ts';
import { completed } from './completed.ts';
import { splitOfSamples } from './split-of-samples.ts';

const KIND = CaptionTaskSchema.shape.kind.value;

const SPLIT = { train: 0.8, validation: 0.1 };

/** The configuration with what it leaves out, where its task is captions. `facts` null: the dataset is not known yet. */
export function completeCaption(configuration: RecordedFields, facts: DatasetFacts | null): RecordedFields {
  const task = configuration.task as RecordedFields;
  if (task.kind !== KIND) return configuration;
  const info = facts?.samples;
  return completed(configuration, {
    split: splitOfSamples(info, SPLIT),
    task: taskFor(info),
    model: modelFor,
    training: { ...TRAINING, batchSize: batchOfFew((facts?.rows ?? Infinity) * SPLIT.train) },
  });
}

/** Words that come again this often are written as words; others as letters. */
const OFTEN = 4;
const MOST_WORDS = 60;
const MOST_LETTERS = 120;
/** Patches in each direction. */
const ACROSS = 8;

function taskFor(info: SamplesInfo | undefined): RecordedFields {
  // Only the schema is checked then: the data will name their columns.
  if (!info?.captions) return { input: info?.input ?? 'image', target: 'caption' };
  const { target, written } = info.captions;
  const side = info.columns.find(({ name }) => name === info.input)?.max ?? 32;
  const patch = Math.max(1, Math.floor(side / ACROSS));
  const areWords = written.words >= 2 * written.texts && written.differentWords * OFTEN <= written.words;
  return {
    ...(info.input !== null && { input: info.input }),
    target,
    patches: { side: patch, step: patch },
    targetTokens: { by: areWords ? 'words' : 'characters' },
    mostSteps: areWords
      ? Math.min(MOST_WORDS, Math.ceil(1.5 * written.mostWords) + 2)
      : Math.min(MOST_LETTERS, written.mostLetters),
  };
}

function modelFor({ kind }: RecordedFields): RecordedFields {
  if (kind === 'attention') return { units: 64, layers: 2, positions: 'learned', dropout: 0.1 };
  return { units: 128, dropout: 0.2, ...(kind === 'encoder-decoder' && { cell: 'gru' }) };
}

const TRAINING = {
  epochs: 20,
  optimizer: { kind: 'adam', learningRate: 0.002 },
  schedule: { kind: 'cosine', finalFraction: 0.05 },
  earlyStopping: { patience: 5 },
  probe: false,
};
