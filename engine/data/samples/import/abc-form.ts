// Tunes in ABC notation: a file of tunes, or a folder of such files. Each tune is a text; its running number is left out. Where chords are to be
// written, each phrase is a pair: its notes and its chords.
import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { SetAsideRow } from '../../../contract/datasets/dataset.ts';
import { CHORDS, TUNE_FORMS } from '../../../contract/datasets/samples.ts';
import { HindcastError } from '../../../contract/values/errors.ts';
import { sourceName } from '../../../contract/values/source-name.ts';
import { phrasesOf } from './abc-chords.ts';
import { recipeWith } from './json-lines.ts';
import { readPlainText } from './plain-text.ts';
import type { RawSamples, ReadRequest, SampleForm } from './raw-samples.ts';

const NAME = /\.abc(\.gz)?$/i;

export const abcForm: SampleForm = {
  async recognises({ path, name, isFolder, head }) {
    if (isFolder) return (await filesIn(path)).length > 0;
    // An archive may hold tunes that it does not pack.
    return (
      NAME.test(name) ||
      (!head.includes(0) && /^X:\s*\d+\s*\r?\n(?:.*\r?\n){0,20}?K:/m.test(head.toString('latin1')))
    );
  },
  isOneOf: (name) => NAME.test(name),
  isOnlySamples: true,
  read: readTunes,
};

async function filesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => NAME.test(name)).toSorted((a, b) => (a < b ? -1 : 1));
}

interface Tune {
  readonly file: string;
  readonly line: number;
  readonly title: string;
  readonly text: string;
}

async function readTunes({ path, sample, options, progress }: ReadRequest): Promise<RawSamples> {
  const inside = await filesIn(path);
  const paths = inside.length > 0 ? inside.map((name) => join(path, name)) : [path];
  const hash = createHash('sha256');
  const tunes: Tune[] = [];
  const setAside: SetAsideRow[] = [];
  let bytes = 0;
  for (const [index, one] of paths.entries()) {
    const { text, recipe } = await readPlainText(one, sample);
    hash.update(`${basename(one)}\n${recipe.source.sha256}\n`);
    bytes += recipe.source.bytes;
    for (const tune of tunesOf(text, basename(one))) {
      const hasNotes = /^[A-Za-z+]:/m.test(tune.text) && /^(?![A-Za-z+]:|%).*[A-Ga-g]/m.test(tune.text);
      if (hasNotes) tunes.push(tune);
      else
        setAside.push({
          line: tune.line,
          column: 'tune',
          reason: 'it has no notes',
          raw: tune.text.slice(0, 200),
        });
    }
    progress((index + 1) / paths.length);
  }
  if (tunes.length === 0) throw noTune(path);
  const source = { path: sourceName(path), bytes, sha256: hash.digest('hex'), sample };
  const read = options.targetColumn === CHORDS ? asPhrases(tunes, setAside) : asTunes(tunes, setAside);
  if (read.rows.length === 0) throw noChords(path);
  return { ...read, recipe: recipeWith(source) };
}

type Read = Omit<RawSamples, 'recipe'>;

function asTunes(tunes: readonly Tune[], setAside: readonly SetAsideRow[]): Read {
  const hasChords = tunes.some(({ text }) => phrasesOf(text).length > 0);
  return {
    form: TUNE_FORMS.tunes,
    names: ['title', 'file', 'tune'],
    rows: tunes.map(({ title, file, text }) => [title, file, text]),
    lines: tunes.map(({ line }) => line),
    roles: { inputColumn: 'tune', nameColumn: 'title' },
    isUnlabelled: true,
    setAside,
    notes: hasChords ? [CHORDS_NOTE] : [],
  };
}

const CHORDS_NOTE =
  'The tunes have chords above their notes: "Samples" (in a terminal: --target-column chords) makes each phrase a melody with its chords.';

/** No tune lies in two parts. */
function asPhrases(tunes: readonly Tune[], setAside: readonly SetAsideRow[]): Read {
  const all = tunes.map((tune) => ({ tune, phrases: phrasesOf(tune.text) }));
  const bare = all.filter(({ phrases }) => phrases.length === 0);
  const phrases = all.flatMap(({ tune, phrases: found }) => found.map((phrase) => ({ tune, ...phrase })));
  return {
    form: TUNE_FORMS.phrases,
    names: ['name', 'tune', 'melody', CHORDS],
    rows: phrases.map(({ tune, name, melody, chords }) => [
      `${tune.title} ${name}`.trim(),
      `${tune.file} ${tune.line} ${tune.title}`.trim(),
      melody,
      chords,
    ]),
    lines: phrases.map(({ tune }) => tune.line),
    roles: { inputColumn: 'melody', targetColumn: CHORDS, groupColumn: 'tune', nameColumn: 'name' },
    setAside: [
      ...setAside,
      ...bare.map(({ tune }) => ({
        line: tune.line,
        column: CHORDS,
        reason: 'it has no chords',
        raw: tune.text.slice(0, 200),
      })),
    ],
    notes: [],
  };
}

/** Each begins with its number `X:`; comments and lines without anything are left out. */
function tunesOf(text: string, file: string): Tune[] {
  const tunes: Tune[] = [];
  let lines: string[] | null = null;
  let first = 0;
  const end = () => {
    if (lines && lines.length > 0) {
      const title =
        lines
          .find((line) => line.startsWith('T:'))
          ?.slice(2)
          .trim() ?? '';
      tunes.push({ file, line: first, title, text: lines.join('\n') });
    }
    lines = null;
  };
  for (const [index, line] of text.split(/\r\n?|\n/).entries()) {
    if (/^X:/.test(line)) {
      end();
      lines = [];
      first = index + 1;
    } else if (line.trim() !== '' && !line.startsWith('%')) lines?.push(line.trimEnd());
  }
  end();
  return tunes;
}

function noChords(path: string): HindcastError {
  const message = `${basename(path)} has no chords above its notes, such as "Am"; import its tunes without --target-column.`;
  return new HindcastError('file-unreadable', message, { details: { file: path } });
}

function noTune(path: string): HindcastError {
  const message = `${basename(path)} has no tune in ABC notation: each begins with a line such as X:1 and has a key, such as K:D, and notes.`;
  return new HindcastError('file-unreadable', message, { details: { file: path } });
}
