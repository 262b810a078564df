// Defaults of a language model that its experiment leaves out: column, split, window and training from what the texts are (docs/sequences.md).
import type { DatasetFacts } from '../../contract/datasets/dataset.ts';
import { isReadAsTokens, MIDI_FORM, type SamplesInfo } from '../../contract/datasets/samples.ts';
import { GenerateTaskSchema } from '../../contract/tasks/generate.ts';
import { isFields, type RecordedFields } from '../../contract/values/fields.ts';
import { completed } from './completed.ts';

const KIND = GenerateTaskSchema.shape.kind.value;

/** The configuration with what it leaves out, where its task is generation. `facts` null: the dataset is not known yet. */
export function completeGenerate(configuration: RecordedFields, facts: DatasetFacts | null): RecordedFields {
  const task = configuration.task as RecordedFields;
  if (task.kind !== KIND) return configuration;
  const info = facts?.samples;
  const { model } = configuration;
  const texts = textsIn(info, task.input, facts?.rows ?? 0);
  return completed(configuration, {
    split: splitFor(info, facts?.rows ?? 0),
    task: taskFor({
      info,
      named: task.input,
      texts,
      isAttention: isFields(model) && model.kind === 'attention',
    }),
    model: (named) => modelFor(named, texts),
    training: trainingFor(texts),
  });
}

interface Texts {
  /** Characters of the mean and of the longest text; of lists of tokens their items. */
  readonly mean: number;
  readonly longest: number;
  /** Of all texts together. */
  readonly all: number;
}

const UNKNOWN_TEXTS: Texts = { mean: 1_000, longest: 1_000, all: 1_000_000 };

function textsIn(info: SamplesInfo | undefined, input: unknown, rows: number): Texts {
  const name = typeof input === 'string' ? input : info?.input;
  const column = info?.columns.find((one) => one.name === name);
  if (!column || !isReadAsTokens(column)) return UNKNOWN_TEXTS;
  const { mean, longest } = UNKNOWN_TEXTS;
  return { mean: column.mean ?? mean, longest: column.max ?? longest, all: rows * (column.mean ?? mean) };
}

/** Texts that are short are read whole, such as names. */
const SHORT = 64;
const WINDOW = 128;

interface Written {
  readonly info: SamplesInfo | undefined;
  /** The column that the experiment names. */
  readonly named: unknown;
  readonly texts: Texts;
  readonly isAttention: boolean;
}

function taskFor({ info, named, texts: { mean, longest }, isAttention }: Written): RecordedFields {
  const input = info?.input ?? info?.columns.find(isReadAsTokens)?.name;
  const isOfItems = info?.columns.find(({ name }) => name === (named ?? input))?.kind === 'tokens';
  const isShort = longest <= SHORT;
  const most = isAttention ? 2 * WINDOW : WINDOW;
  return {
    input: input ?? 'text',
    tokens: { by: isOfItems ? 'items' : info?.form === MIDI_FORM ? 'words' : 'characters' },
    window: isShort ? Math.max(8, longest + 2) : most,
    sampleTokens: isShort ? 60 : mean < 1_000 ? 400 : 300,
  };
}

/** A linear model has no units; that it writes nothing is said elsewhere. */
function modelFor({ kind }: RecordedFields, { longest }: Texts): RecordedFields {
  if (kind === 'attention') return { units: 128, causal: true, positions: 'learned', layers: 3 };
  // Lists of names are small: without dropout they are learned by heart.
  return kind === 'linear' ? {} : { units: 128, dropout: longest <= SHORT ? 0.3 : 0.1 };
}

/** Characters; of less text a smaller batch makes more steps. */
const LITTLE_TEXT = 600_000;

function trainingFor({ longest, all }: Texts): RecordedFields {
  const isShort = longest <= SHORT;
  return {
    epochs: isShort ? 40 : 20,
    batchSize: isShort ? 64 : all < LITTLE_TEXT ? 16 : 32,
    optimizer: { kind: 'adam', learningRate: isShort ? 0.003 : 0.004 },
    schedule: { kind: 'cosine', finalFraction: 0.05 },
    earlyStopping: { patience: 4 },
    probe: false,
  };
}

/** Fewer texts are cut, each into training, validation and test. */
const FEW_TEXTS = 30;

function splitFor(info: SamplesInfo | undefined, rows: number): RecordedFields {
  if (info && rows < FEW_TEXTS) return { kind: 'fraction', train: 0.8, validation: 0.1 };
  const isGiven = info?.parts.some(({ part }) => part !== 'train') ?? false;
  const isGrouped = info !== undefined && info.group !== null && info.groups >= 3;
  return {
    kind: 'samples',
    by: isGiven ? 'given' : isGrouped ? 'group' : 'stratified',
    train: 0.8,
    validation: 0.1,
  };
}
