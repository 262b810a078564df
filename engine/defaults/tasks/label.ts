// Defaults of a labelling that its experiment leaves out: columns, split, tokens and size from what the pairs are (docs/labels.md).
import type { DatasetFacts } from '../../contract/datasets/dataset.ts';
import type { SamplesInfo } from '../../contract/datasets/samples.ts';
import { LabelTaskSchema } from '../../contract/tasks/label.ts';
import { isFields, type RecordedFields } from '../../contract/values/fields.ts';
import { completed } from './completed.ts';
import { splitOfSamples } from './split-of-samples.ts';

const KIND = LabelTaskSchema.shape.kind.value;

/** The configuration with what it leaves out, where its task is labelling. `facts` null: the dataset is not known yet. */
export function completeLabel(configuration: RecordedFields, facts: DatasetFacts | null): RecordedFields {
  const task = configuration.task as RecordedFields;
  if (task.kind !== KIND) return configuration;
  const info = facts?.samples;
  if (facts ? !info : isFields(task.window))
    return completeRows(configuration, { rows: facts?.rows ?? 0, columns: facts?.columns ?? ANY_COLUMNS });
  return completed(configuration, {
    split: splitOfSamples(info, { train: 0.7, validation: 0.15 }),
    task: taskFor(info),
    model: modelFor,
    training: TRAINING,
  });
}

/** Only the schema is checked then: the data will name their columns. */
const ANY_COLUMNS = [
  { name: 'number', kind: 'numeric' },
  { name: 'word', kind: 'category' },
] as const;

/** Rows of a stretch, of few and of many rows. */
const [SHORT, LONG] = [30, 100] as const;
const MANY_ROWS = 20_000;
/** Steps of an epoch that a batch should leave. */
const FEWEST_STEPS = 20;
const MOST_BATCH = 32;

interface RowFacts {
  readonly rows: number;
  readonly columns: readonly { readonly name: string; readonly kind: string }[];
}

const MOST_COLUMNS = 20;

/** Of series: the first column of words is said of each row, from its numbers. */
function completeRows(configuration: RecordedFields, { rows, columns }: RowFacts): RecordedFields {
  const task = configuration.task as RecordedFields;
  const { model, training } = configuration;
  const ofKind = (kind: string) => columns.filter((column) => column.kind === kind).map(({ name }) => name);
  const given = isFields(task.window) ? task.window : {};
  const window = {
    columns: ofKind('numeric').slice(0, MOST_COLUMNS),
    lookback: rows < MANY_ROWS ? SHORT : LONG,
    ...given,
  };
  const stretches = (0.7 * rows) / Number(window.lookback);
  const batchSize = Math.max(1, Math.min(MOST_BATCH, Math.floor(stretches / FEWEST_STEPS)));
  const [target] = ofKind('category');
  return {
    split: { kind: 'fraction', train: 0.7, validation: 0.15 },
    pipeline: [],
    ...configuration,
    task: {
      input: 'rows',
      ...(target !== undefined && { target }),
      tokens: { by: 'numbers' },
      mostSteps: window.lookback,
      ...task,
      window,
    },
    ...(isFields(model) && { model: { ...modelFor(model), ...model } }),
    ...((training === undefined || isFields(training)) && {
      training: { ...TRAINING, batchSize, ...training },
    }),
  };
}

const MOST_STEPS = 2_000;

function taskFor(info: SamplesInfo | undefined): RecordedFields {
  const pairs = info?.pairs;
  if (!info || !pairs) return { input: info?.input ?? 'source', target: 'target' };
  const isOfLetters = pairs.aligned === 'characters';
  const longest = isOfLetters ? pairs.source.mostLetters : pairs.source.mostWords;
  return {
    ...(info.input !== null && { input: info.input }),
    target: pairs.target,
    tokens: {
      by: isOfLetters ? 'characters' : 'words',
      // An item of a list is a token as it is.
      ...(info.columns.find(({ name }) => name === info.input)?.kind === 'tokens' && { lowerCase: false }),
    },
    mostSteps: Math.max(1, Math.min(MOST_STEPS, longest)),
  };
}

/** What comes later counts too: texts are read from both ends. */
function modelFor({ kind }: RecordedFields): RecordedFields {
  if (kind === 'linear') return {};
  if (kind === 'attention') return { units: 64, layers: 2, dropout: 0.1 };
  const isRecurrent = kind === 'rnn' || kind === 'gru' || kind === 'lstm';
  return { units: 64, dropout: 0.2, ...(isRecurrent && { bidirectional: true }) };
}

const TRAINING = {
  epochs: 20,
  batchSize: 32,
  optimizer: { kind: 'adam', learningRate: 0.003 },
  schedule: { kind: 'cosine', finalFraction: 0.05 },
  earlyStopping: { patience: 4 },
  probe: false,
};
