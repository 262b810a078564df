// Defaults of a translation that its experiment leaves out: columns, split, tokens and size from what the pairs are (docs/translation.md).
import type { DatasetFacts } from '../../contract/datasets/dataset.ts';
import type { PairSide, SamplesInfo } from '../../contract/datasets/samples.ts';
import { TranslateTaskSchema } from '../../contract/tasks/translate.ts';
import { isFields, type RecordedFields } from '../../contract/values/fields.ts';
import { completed } from './completed.ts';
import { splitOfSamples } from './split-of-samples.ts';

const KIND = TranslateTaskSchema.shape.kind.value;

/** The configuration with what it leaves out, where its task is translation. `facts` null: the dataset is not known yet. */
export function completeTranslate(configuration: RecordedFields, facts: DatasetFacts | null): RecordedFields {
  const task = configuration.task as RecordedFields;
  if (task.kind !== KIND) return configuration;
  const info = facts?.samples;
  const { model } = configuration;
  return completed(configuration, {
    split: splitOfSamples(info, { train: 0.8, validation: 0.1 }),
    task: taskFor(info),
    model: modelFor,
    training: trainingFor(isFields(model) && model.kind === 'attention'),
  });
}

/** Words that come again this often are read as words; others as letters. */
const OFTEN = 4;
const MOST_WORDS = 100;
const MOST_LETTERS = 200;

function taskFor(info: SamplesInfo | undefined): RecordedFields {
  const pairs = info?.pairs;
  // Only the schema is checked then: the data will name their columns.
  if (!info || !pairs) return { input: info?.input ?? 'source', target: 'target' };
  const sides = [
    { ...pairs.source, isOfItems: isOfItems(info, info.input) },
    { ...pairs.written, isOfItems: isOfItems(info, pairs.target) },
  ] as const;
  return {
    ...(info.input !== null && { input: info.input }),
    target: pairs.target,
    tokens: { by: tokensOf(sides[0]) },
    targetTokens: { by: tokensOf(sides[1]) },
    mostSteps: Math.max(...sides.map(longestOf)),
    ...(!isSentences(pairs.written) && { metrics: METRICS.filter((name) => name !== BLEU) }),
  };
}

const METRICS = TranslateTaskSchema.shape.metrics.parse(undefined);
const BLEU = 'bleu';
/** BLEU counts runs of four words: shorter texts have none. */
const FEWEST_WORDS = 4;

const isSentences = ({ words, texts }: PairSide): boolean => words >= FEWEST_WORDS * texts;

const areWords = ({ words, differentWords, texts }: PairSide): boolean =>
  words >= 2 * texts && differentWords * OFTEN <= words;

type Side = PairSide & { readonly isOfItems: boolean };

const isOfItems = ({ columns }: SamplesInfo, column: string | null): boolean =>
  columns.some(({ name, kind }) => name === column && kind === 'tokens');

const tokensOf = (side: Side) => (side.isOfItems ? 'items' : areWords(side) ? 'words' : 'characters');

/** Signs are words of their own, so there are somewhat more than words between spaces, and new texts may be longer. */
function longestOf(side: Side): number {
  if (side.isOfItems) return Math.min(MOST_WORDS, Math.ceil(1.5 * side.mostWords) + 2);
  return areWords(side)
    ? Math.min(MOST_WORDS, Math.max(Math.ceil(1.5 * side.mostWords) + 2, side.mostTokens ?? 0))
    : Math.min(MOST_LETTERS, side.mostLetters);
}

function modelFor({ kind }: RecordedFields): RecordedFields {
  return kind === 'attention'
    ? { units: 128, layers: 2, positions: 'sine', dropout: 0.1 }
    : { units: 128, dropout: 0.1 };
}

const trainingFor = (isAttention: boolean): RecordedFields => ({
  epochs: 20,
  batchSize: 64,
  optimizer: { kind: 'adam', learningRate: isAttention ? 0.001 : 0.003 },
  schedule: { kind: 'cosine', finalFraction: 0.05 },
  earlyStopping: { patience: 4 },
  probe: false,
});
