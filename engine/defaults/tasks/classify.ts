// Defaults of a classification that its experiment leaves out: columns, split and settings from what the samples are. Tuned on mails, first
// names, pieces of text and DNA (docs/sequences.md).
import type { DatasetFacts } from '../../contract/datasets/dataset.ts';
import type { SampleColumn, SamplesInfo } from '../../contract/datasets/samples.ts';
import { countRuns } from '../../contract/experiment/tokens.ts';
import { ClassifyTaskSchema } from '../../contract/tasks/classify.ts';
import { isFields, type RecordedFields } from '../../contract/values/fields.ts';
import { splitOfSamples } from './split-of-samples.ts';

const KIND = ClassifyTaskSchema.shape.kind.value;

/** The configuration with what it leaves out, where its task is a classification. `facts` null: the dataset is not known yet. */
export function completeClassify(configuration: RecordedFields, facts: DatasetFacts | null): RecordedFields {
  const task = configuration.task as RecordedFields;
  if (task.kind !== KIND) return configuration;
  const info = facts?.samples;
  if (facts && !info) return completeWindows(configuration, facts);
  // Only the schema is checked without data: they will name their columns.
  const label = info ? info.label : 'label';
  return completeReading(configuration, info, label === null ? {} : { label });
}

/** How samples are read, whatever is said of them. */
export function completeReading(
  configuration: RecordedFields,
  info: SamplesInfo | undefined,
  truth: RecordedFields,
): RecordedFields {
  const task = configuration.task as RecordedFields;
  const { model, training } = configuration;
  const isAttention = isFields(model) && model.kind === 'attention';
  const isDense = isFields(model) && model.kind === 'dense';
  const areRuns = tokensBy(info, task, isDense) === 'runs';
  const split = isFields(configuration.split)
    ? configuration.split
    : splitOfSamples(info, { train: 0.7, validation: 0.15 });
  return {
    split,
    pipeline: [],
    ...configuration,
    task: merged(
      {
        ...truth,
        ...readingOf(info, { isAttention, isDense, split }),
        ...(areRuns && runsFor(info, task)),
      },
      task,
    ),
    ...(isFields(model) && { model: { ...modelFor(model), ...(isDense && areRuns && BAG), ...model } }),
    ...((training === undefined || isFields(training)) && {
      training: { ...TRAINING, ...(isDense && areRuns && trainingOfRuns(info)), ...training },
    }),
  };
}

/** Fields of fields too: an experiment that names one field of `task.tokens` keeps the defaults of the others. */
function merged(defaults: RecordedFields, given: RecordedFields): RecordedFields {
  const result: Record<string, unknown> = { ...defaults, ...given };
  for (const [name, value] of Object.entries(given)) {
    const own = defaults[name];
    if (isFields(own) && isFields(value)) result[name] = { ...own, ...value };
  }
  return result;
}

const WINDOW_ROWS = 30;
const MOST_COLUMNS = 20;

/** Of series: what the first column of words is after a window of rows; without one, whether the last number goes up or down. */
function completeWindows(configuration: RecordedFields, { columns = [] }: DatasetFacts): RecordedFields {
  const task = configuration.task as RecordedFields;
  const { model, training } = configuration;
  const ofKind = (kind: string) => columns.filter((column) => column.kind === kind).map(({ name }) => name);
  const numbers = ofKind('numeric');
  const label = task.label ?? ofKind('category')[0] ?? numbers.at(-1);
  const given = isFields(task.window) ? task.window : {};
  const window = {
    columns: [...new Set([...numbers, ...ofKind('category')])].slice(0, MOST_COLUMNS),
    lookback: WINDOW_ROWS,
    relative: numbers.includes(String(label)),
    ...given,
  };
  return {
    pipeline: [],
    ...configuration,
    task: {
      input: 'window',
      ...(label !== undefined && { label }),
      mostSteps: window.lookback,
      readout: 'last',
      ...task,
      window,
    },
    ...(isFields(model) && { model: { ...modelOfWindows(model), ...model } }),
    ...((training === undefined || isFields(training)) && { training: { ...TRAINING, ...training } }),
  };
}

/** There is little to learn of most series, and much of it is noise: a small network. */
function modelOfWindows({ kind }: RecordedFields): RecordedFields {
  return kind === 'linear' ? { fit: 'gradient' } : { units: 32, dropout: 0.2 };
}

const TRAINING = {
  epochs: 20,
  batchSize: 32,
  optimizer: { kind: 'adam', learningRate: 0.003 },
  schedule: { kind: 'cosine' },
  earlyStopping: { patience: 4 },
  probe: false,
};

/**
 * Sequences are read from both ends. Attention over few samples learns them by heart unless a part drops out (DNA splice sites, seed 1: 96.9
 * instead of 95.2 % on validation). A linear model of classes has no solution in one step.
 */
function modelFor({ kind }: RecordedFields): RecordedFields {
  if (kind === 'linear') return { fit: 'gradient' };
  if (kind === 'dense') return { units: 64 };
  return { units: 64, ...(kind === 'attention' ? { dropout: 0.2 } : { bidirectional: true }) };
}

/** Texts of this mean length and longer have words enough to be read word by word. */
const LONG_TEXT = 30;

const inputOf = (info: SamplesInfo | undefined): SampleColumn | undefined =>
  info?.columns.find(({ name }) => name === info.input);

/** Different letters that codes have at most: DNA has a few, proteins 25. */
const LETTERS_OF_CODES = 30;

/** Texts of one length, such as DNA: what a letter means depends on where it stands. Without known letters that is taken for granted. */
const areCodes = ({ kind, min, max, mean, letters = 0 }: SampleColumn): boolean =>
  kind === 'text' && min === max && (mean ?? 0) <= 400 && letters <= LETTERS_OF_CODES;

/** Names and other short texts, which are read by letters. */
const areShort = ({ kind, mean }: SampleColumn): boolean => kind === 'text' && (mean ?? 0) < LONG_TEXT;

/** Whether the runs of letters of these texts say what they are: a dense network of them is the first draft. */
export function suitRuns(info: SamplesInfo | undefined): boolean {
  const column = inputOf(info);
  return column !== undefined && areShort(column) && !areCodes(column);
}

/** What the task names, or else runs where they suit; null: another default. */
function tokensBy(info: SamplesInfo | undefined, task: RecordedFields, isDense: boolean): unknown {
  const named = isFields(task.tokens) ? task.tokens.by : undefined;
  return named ?? (isDense && suitRuns(info) ? 'runs' : null);
}

const LONGEST_RUN = 5;
const MOST_RUNS = 4_000;

/**
 * A mean of learned vectors, one for each run of letters, as fastText has them (Joulin and others 2017). A fifth of the runs is unknown
 * in training, so that no single one does all the work.
 */
function runsFor(info: SamplesInfo | undefined, task: RecordedFields): RecordedFields {
  const column = inputOf(info);
  const named = isFields(task.tokens) ? task.tokens.longestRun : undefined;
  const longestRun = typeof named === 'number' ? named : LONGEST_RUN;
  return {
    tokens: { by: 'runs', longestRun },
    mostSteps: Math.min(MOST_RUNS, countRuns(column?.max ?? 100, longestRun)),
    readout: 'mean',
    augment: { unknownTokens: 0.2 },
  };
}

/** Nothing but the mean of the runs before the answer. */
const BAG = { layers: 0, dropout: 0.1 };

/** Of a text of one run. A mean over more of them leaves each a smaller share, so that its vector has to become larger. */
const DECAY = 20;

function trainingOfRuns(info: SamplesInfo | undefined): RecordedFields {
  const mean = inputOf(info)?.mean ?? LONG_TEXT;
  const weightDecay = Math.round((100 * DECAY) / countRuns(mean, LONGEST_RUN)) / 100;
  return { optimizer: { kind: 'adamw', learningRate: 0.01, weightDecay: Math.min(1, weightDecay) } };
}

interface Around {
  readonly isAttention: boolean;
  readonly isDense: boolean;
  readonly split: RecordedFields;
}

function readingOf(info: SamplesInfo | undefined, { isAttention, isDense, split }: Around): RecordedFields {
  if (!info) return { input: 'text' };
  const column = inputOf(info);
  const mean = column?.mean ?? 0;
  const isFixed = column?.kind === 'text' && column.min === column.max && mean <= 400;
  const longest = longestOf(column);
  const isOfLetters = column !== undefined && (isFixed || areShort(column));
  return {
    ...(info.input !== null && { input: info.input }),
    ...(isOfLetters && {
      tokens: { by: 'characters' },
      mostSteps: Math.max(16, Math.min(400, column.max ?? 100)),
    }),
    ...(longest !== null && { mostSteps: longest }),
    ...(column?.kind === 'image' && imagesFor(column.max ?? 0, isDense)),
    // What a microphone or a voice adds to all of a recording misleads about new ones, and helps with known ones.
    ...(column?.kind === 'audio' && { sound: { subtractMean: split.by === 'group' } }),
    ...(isFixed && isAttention && { readout: 'flatten' }),
    // Of one length, all steps side by side: a vector, or a series whose positions have a meaning.
    ...(isDense && column?.kind === 'sequence' && column.min === column.max && { readout: 'flatten' }),
  };
}

/**
 * Of images: a dense layer over patches that overlap is a convolution, whose answers at all positions lie side by side; other models read
 * patches that do not overlap, row by row.
 */
function imagesFor(side: number, isDense: boolean): RecordedFields {
  const patches = isDense
    ? { side: Math.max(2, Math.round(side / 6)), step: Math.max(1, Math.round(side / 16)) }
    : { side: Math.max(1, Math.round(side / 8)), step: Math.max(1, Math.round(side / 8)) };
  const across = Math.floor((side - patches.side) / patches.step) + 1;
  return { patches, mostSteps: Math.max(1, across * across), ...(isDense && { readout: 'flatten' }) };
}

const STEPS_A_SECOND = 100;
const MOST_SECONDS = 10;
const MOST_STEPS = 2_000;

/** Recordings and series are read whole, very long ones from their beginning. */
function longestOf(column: SamplesInfo['columns'][number] | undefined): number | null {
  const longest = column?.max ?? 0;
  if (column?.kind === 'audio') return Math.ceil(STEPS_A_SECOND * Math.min(MOST_SECONDS, longest)) + 1;
  return ['tokens', 'sequence', 'events', 'frames'].includes(column?.kind ?? '')
    ? Math.max(1, Math.min(MOST_STEPS, longest))
    : null;
}
