// Labels and one-sentence explanations of the form's fields and choices.
import type { Model } from '../../../engine/contract/experiment/model.ts';
import type { Optimizer, Schedule } from '../../../engine/contract/experiment/training.ts';
import { TASK_FIELD_LABELS } from '../../tasks/field-labels.ts';

export interface FieldText {
  readonly label: string;
  readonly help: string;
  /** Of the arrows of a number that is not whole. */
  readonly step?: number;
}

type Texts = Readonly<Record<string, FieldText>>;

/** Fields of any kind of a union: a field without its text does not compile. */
type FieldsOf<Union> = Union extends unknown ? Exclude<keyof Union & string, 'kind'> : never;
type SegmentField = `segment.${keyof NonNullable<Extract<Model, { kind: 'lstm' }>['segment']> & string}`;

export const MODEL_LABELS: Readonly<Record<string, string>> = {
  rnn: 'RNN',
  gru: 'GRU',
  lstm: 'LSTM',
  attention: 'Self-attention',
  'encoder-decoder': 'Encoder and decoder',
  linear: 'Linear (NLinear, DLinear)',
  dense: 'Dense layers',
} satisfies Readonly<Record<Model['kind'], string>>;

export const MODEL_TEXTS: Texts = {
  units: { label: 'Units', help: 'Size of its memory; twice as many cost four times the work.' },
  layers: { label: 'Layers', help: 'One above the other; one or two are enough for most data.' },
  forgetBias: { label: 'Forget bias', help: 'Above 0 it begins by remembering.', step: 0.5 },
  updateBias: { label: 'Update bias', help: 'Above 0 it begins by keeping its state for longer.', step: 0.5 },
  chronoSteps: {
    label: 'Longest memory, steps',
    help: 'Chrono initialization: memories of all lengths up to this, not one bias for all. Empty: off.',
  },
  activation: { label: 'Activation', help: 'Non-linearity between the layers.' },
  bias: { label: 'Bias', help: 'Adds a constant to each output.' },
  recurrentInitializer: {
    label: 'First recurrent weights',
    help: 'Orthogonal keeps gradients alive over many steps.',
  },
  recurrentGain: {
    label: 'Gain of those weights',
    help: 'Below 1 earlier steps fade from the start, above 1 they grow.',
    step: 0.1,
  },
  bidirectional: {
    label: 'Both directions',
    help: 'Reads from the end to the beginning too: twice the work.',
  },
  dropout: {
    label: 'Dropout',
    help: 'Share of values left out at random in training, against overfitting.',
    step: 0.05,
  },
  truncateSteps: {
    label: 'Truncate after, steps',
    help: 'Number of steps that gradients flow back through. Empty: all.',
  },
  heads: { label: 'Heads', help: 'Parallel views of what was read; they share the units.' },
  feedForward: {
    label: 'Feed-forward width',
    help: 'Of the network behind each attention. Empty: four times the units.',
  },
  positions: { label: 'Positions', help: 'How it knows the order of the steps.' },
  normalization: { label: 'Normalization', help: 'Before each part trains more steadily than after it.' },
  causal: { label: 'Causal', help: 'A step sees no later step.' },
  readout: { label: 'Read-out', help: 'Which rows the answer is made of.' },
  cell: { label: 'Cell', help: 'Of encoder and decoder.' },
  attention: { label: 'Attention', help: 'The decoder looks back at every step that was read.' },
  channelIndependent: {
    label: 'Columns separately',
    help: 'Each column is forecast from itself alone, with shared weights.',
  },
  decomposition: {
    label: 'Decomposition',
    help: 'Trend: a moving average splits what is read, with one map each (DLinear).',
  },
  averageRows: { label: 'Moving average, steps', help: 'Of the trend; an odd number.' },
  fit: {
    label: 'Fit',
    help: 'Ridge solves the map exactly, in one step; gradient trains it as other models.',
  },
  ridge: {
    label: 'Ridge',
    help: 'Shrinks the map: a share of the mean square of its inputs. Empty: the best of a few on validation.',
    step: 0.01,
  },
  segment: {
    label: 'Segments',
    help: 'Reads several rows as one step: long look-backs become cheap.',
  },
  'segment.length': { label: 'Segment length, rows', help: 'Rows that become one step.' },
  'segment.stride': {
    label: 'Segment stride, rows',
    help: 'Rows from one segment to the next; less than the length overlaps.',
  },
} satisfies Readonly<Record<FieldsOf<Model> | SegmentField, FieldText>>;

/** What switching a group on begins with. */
export const FRESH_GROUPS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  segment: { length: 16, stride: 8 },
};

export const OPTIMIZERS: Readonly<Record<string, { readonly label: string; readonly help: string }>> = {
  adam: { label: 'Adam', help: 'A step of its own for each weight: works with hardly any tuning.' },
  adamw: { label: 'AdamW', help: 'Adam whose weights also shrink a little in each step.' },
  sgd: { label: 'SGD', help: 'Down the slope, with momentum: its learning rate needs tuning.' },
  rmsprop: { label: 'RMSProp', help: 'Steps scaled by the recent size of the gradients.' },
} satisfies Readonly<Record<Optimizer['kind'], object>>;

export const OPTIMIZER_TEXTS: Texts = {
  learningRate: {
    label: 'Learning rate',
    help: 'Length of a step: too long diverges, too short never arrives.',
    step: 0.0001,
  },
  beta1: {
    label: 'Beta 1',
    help: 'Share of the running mean of gradients that each step keeps.',
    step: 0.01,
  },
  beta2: { label: 'Beta 2', help: 'Share of the running mean of squares that each step keeps.', step: 0.001 },
  epsilon: { label: 'Epsilon', help: 'Keeps the division away from zero.', step: 1e-8 },
  weightDecay: {
    label: 'Weight decay',
    help: 'Weights shrink by the learning rate times this.',
    step: 0.001,
  },
  momentum: { label: 'Momentum', help: 'Share of the last step that the next one keeps.', step: 0.05 },
  nesterov: { label: 'Nesterov', help: 'Looks at the slope where the momentum leads.' },
  rho: { label: 'Rho', help: 'Share of the running mean of squares that each step keeps.', step: 0.01 },
} satisfies Readonly<Record<FieldsOf<Optimizer>, FieldText>>;

export const SCHEDULES: Readonly<Record<string, { readonly label: string; readonly help: string }>> = {
  constant: { label: 'Constant', help: 'The same learning rate to the end.' },
  step: { label: 'Step', help: 'Cut by a factor after a number of epochs, again and again.' },
  cosine: { label: 'Cosine', help: 'Down along half a cosine to the last epoch.' },
  plateau: { label: 'On a plateau', help: 'Cut each time the validation loss stops improving.' },
} satisfies Readonly<Record<Schedule['kind'], object>>;

export const SCHEDULE_TEXTS: Texts = {
  everyEpochs: { label: 'Every, epochs', help: 'Epochs from one cut to the next.' },
  factor: { label: 'Factor', help: 'Each cut multiplies the learning rate by this.', step: 0.1 },
  finalFraction: { label: 'Final share', help: 'Of the learning rate that is left at the end.', step: 0.05 },
  patience: { label: 'Cut after, epochs', help: 'Epochs without a better validation loss.' },
  minFraction: { label: 'Smallest share', help: 'Of the learning rate; no cut goes below it.', step: 0.01 },
} satisfies Readonly<Record<FieldsOf<Schedule>, FieldText>>;

/** Fields that every experiment has, by their path in it. */
const FIELD_LABELS: Readonly<Record<string, string>> = {
  name: 'Name',
  seed: 'Seed',
  backend: 'Backend',
  allowBackendFallback: 'Take simd instead',
  dataset: 'Data',
  'dataset.name': 'Dataset',
  task: 'Task',
  ...TASK_FIELD_LABELS,
  split: 'Split',
  'split.validationFrom': 'Validation from',
  'split.testFrom': 'Test from',
  'split.testUntil': 'Test until',
  'split.cut': 'Cut series',
  'split.train': 'Training',
  'split.validation': 'Validation',
  'split.test': 'Test',
  'split.embargo': 'Embargo',
  'split.skip': 'Skip',
  pipeline: 'Pipeline',
  model: 'Model',
  'model.kind': 'Architecture',
  training: 'Training',
  'training.epochs': 'Epochs',
  'training.batchSize': 'Batch size',
  'training.checkpointEverySteps': 'Checkpoint every',
  'training.shuffle': 'Shuffle',
  'training.probe': 'Record the inside',
  'training.optimizer': 'Optimizer',
  'training.optimizer.kind': 'Optimizer',
  'training.schedule': 'Schedule',
  'training.schedule.kind': 'Schedule',
  'training.warmupSteps': 'Warm-up',
  'training.clipNorm': 'Clip gradients at',
  'training.earlyStopping': 'Stop early',
  'training.earlyStopping.patience': 'Patience',
  'training.earlyStopping.minDelta': 'Smallest gain',
  evaluation: 'Scores',
  'evaluation.scale': 'Unit of the scores',
  'evaluation.season': 'Season, rows',
  'evaluation.dropPartialBatchOf': 'Drop partial batch of',
};

const BY_KIND: readonly (readonly [string, Texts])[] = [
  ['model.', MODEL_TEXTS],
  ['training.optimizer.', OPTIMIZER_TEXTS],
  ['training.schedule.', SCHEDULE_TEXTS],
];

/** What the form calls a field; undefined for one that only the JSON has. */
export function fieldLabel(path: string): string | undefined {
  const kind = BY_KIND.find(([prefix]) => path.startsWith(prefix));
  return FIELD_LABELS[path] ?? kind?.[1][path.slice(kind[0].length)]?.label;
}

export const LOSSES = [
  { value: 'mse', label: 'Mean squared error' },
  { value: 'mae', label: 'Mean absolute error' },
  { value: 'huber', label: 'Huber' },
  { value: 'pinball', label: 'Quantiles (pinball)' },
  { value: 'gaussian', label: 'Mean and deviation (Gaussian)' },
  { value: 'cross-entropy', label: 'Cross-entropy' },
] as const;

export const LOSS_HELP: Readonly<Record<string, string>> = {
  mse: 'Squares punish large errors most.',
  mae: 'Absolute errors forgive outliers.',
  huber: 'Squares for small errors, absolute for large ones.',
  pinball:
    'The model forecasts quantiles that cannot cross: how uncertain it is may differ from window to window.',
  gaussian: 'The model forecasts mean and deviation of a normal distribution, by their likelihood.',
  'cross-entropy': 'For targets that are shares of classes, 0 or 1: it answers with probabilities.',
};

/** Words of choices that are not called by themselves. */
export const WORDS: Readonly<Record<string, string>> = {
  relu: 'ReLU',
  gelu: 'GELU',
  orthogonal: 'Orthogonal',
  glorot: 'Glorot',
  identity: 'Identity',
  sine: 'Sine',
  learned: 'Learned',
  none: 'None',
  pre: 'Before each part',
  post: 'After each part',
  mean: 'Mean of all rows',
  last: 'The last row',
  flatten: 'All rows side by side',
  lstm: 'LSTM',
  gru: 'GRU',
  rnn: 'RNN',
  trend: 'Trend and rest',
  ridge: 'Ridge, in one step',
  gradient: 'Gradient',
};
