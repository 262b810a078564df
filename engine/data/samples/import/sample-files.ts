// Kinds of files that are samples by themselves, and what gathers them into a column. Of a folder the kind of most files is read.
import type { ImportOptions } from '../../../contract/datasets/dataset.ts';
import { HindcastError } from '../../../contract/values/errors.ts';
import { MidiError, readMidi } from '../../music/midi-file.ts';
import { type NoteEvent, noteEvents } from '../../music/note-events.ts';
import type { Clip } from '../sample-table.ts';
import { eventColumn } from './collect-events.ts';
import { collectPictures } from './pictures/collect-pictures.ts';
import { isPicture, PICTURES } from './pictures/picture-file.ts';
import type { DecodedInput } from './raw-samples.ts';
import { isRecording, RECORDINGS, readRecording } from './sound/recording.ts';

export interface FileCollector {
  /** Of one sample; a video may have a file for each frame. The text of a text. @throws HindcastError with the reason */
  add(files: readonly Buffer[], path: string): Promise<string>;
  /** What is no text, in the order of `add`. */
  input(): DecodedInput | undefined;
  notes(): string[];
}

export interface FileKind {
  /** Also the name of the column that the files become. */
  readonly kind: 'text' | 'audio' | 'events' | 'image' | 'frames';
  /** `recordings` */
  readonly plural: string;
  /** One of its files, for sentences: `recording that can be read (.wav)`. */
  readonly one: string;
  reads(path: string): boolean;
  collect(options: ImportOptions): FileCollector;
}

/** Also the files that are texts to learn to write. */
export const MIDI_FILE = /\.(mid|midi|kar)$/i;
const TEXT_FILE = /\.(txt|md|text)$/i;
const MOST_TEXT_BYTES = 16 * 2 ** 20;

const textFiles: FileKind = {
  kind: 'text',
  plural: 'texts',
  one: 'text (.txt)',
  reads: (path) => TEXT_FILE.test(path),
  collect: () => ({ add: async ([data]) => textOf(data!), input: () => undefined, notes: () => [] }),
};

const recordings: FileKind = {
  kind: 'audio',
  plural: 'recordings',
  one: `recording that can be read (${RECORDINGS})`,
  reads: isRecording,
  collect() {
    const values: Clip[] = [];
    return {
      async add([data], path) {
        values.push(await readRecording(data!, path));
        return '';
      },
      input: () => ({ name: 'audio', kind: 'audio', values }),
      notes: () => [],
    };
  },
};

const MOST_MUSIC_BYTES = 20_000_000;

/** Each note is an event. */
const musicFiles: FileKind = {
  kind: 'events',
  plural: 'pieces of music',
  one: 'music that can be read (.mid)',
  reads: (path) => MIDI_FILE.test(path),
  collect() {
    const pieces: (readonly NoteEvent[])[] = [];
    return {
      async add([data]) {
        pieces.push(notesOf(data!));
        return '';
      },
      input: () => eventColumn('events', pieces),
      notes: () => ['Each note is an event; times count quarter notes.'],
    };
  },
};

function notesOf(data: Buffer): readonly NoteEvent[] {
  if (data.length > MOST_MUSIC_BYTES) throw new HindcastError('file-unreadable', 'it is longer than 20 MB');
  try {
    const music = readMidi(data);
    if (music.notes.length > 0) return noteEvents(music);
  } catch (cause) {
    if (!(cause instanceof MidiError)) throw cause;
    throw new HindcastError('file-unreadable', `it ${cause.message}`, { cause });
  }
  throw new HindcastError('file-unreadable', 'it has no notes');
}

const pictureFiles = (kind: 'image' | 'frames', plural: string): FileKind => ({
  kind,
  plural,
  one: `picture that can be read (${PICTURES})`,
  reads: isPicture,
  collect(options) {
    const pictures = collectPictures(kind, options);
    return {
      async add(files) {
        pictures.add(files);
        return '';
      },
      input: () => ({ name: kind, kind, values: pictures.finish() }),
      notes: () => pictures.notes(),
    };
  },
});

const IMAGES = pictureFiles('image', 'pictures');
const VIDEOS = pictureFiles('frames', 'videos');
const KINDS: readonly FileKind[] = [textFiles, recordings, musicFiles, IMAGES];

export const isSampleFile = (path: string): boolean => KINDS.some((kind) => kind.reads(path));

/** The kind of most of these; of equally many the first. */
export function kindOfFiles(paths: readonly string[], { as }: Pick<ImportOptions, 'as'>): FileKind {
  if (as === 'frames') return VIDEOS;
  const counts = KINDS.map((kind) => paths.filter((path) => kind.reads(path)).length);
  return KINDS[counts.indexOf(Math.max(...counts))]!;
}

export const SAMPLE_FILES = `no text (.txt), no recording (${RECORDINGS}), no music (.mid) and no picture (${PICTURES})`;

export function textOf(data: Buffer): string {
  if (data.length > MOST_TEXT_BYTES) throw new HindcastError('file-unreadable', 'it is longer than 16 MB');
  const text = data.toString('utf8');
  // Old mails and web pages are Latin-1.
  return (text.includes('\ufffd') ? data.toString('latin1') : text).replace(/^\ufeff/, '');
}
