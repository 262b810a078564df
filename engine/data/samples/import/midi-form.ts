// Pieces of music in MIDI files: a file, or a folder of such files. Each is a text of events (engine/data/music/event-text.ts).
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { SetAsideRow } from '../../../contract/datasets/dataset.ts';
import { MIDI_FORM } from '../../../contract/datasets/samples.ts';
import { HindcastError } from '../../../contract/values/errors.ts';
import { sourceName } from '../../../contract/values/source-name.ts';
import { throwIfCancelled } from '../../import/abort.ts';
import { eventText } from '../../music/event-text.ts';
import { MidiError, readMidi } from '../../music/midi-file.ts';
import { filesBelow, isFolder, readSampleFile, samplesOf } from './folder-form.ts';
import { recipeWith } from './json-lines.ts';
import type { RawSamples, ReadRequest, SampleForm } from './raw-samples.ts';
import { MIDI_FILE } from './sample-files.ts';

const MOST_BYTES = 20_000_000;

export const midiForm: SampleForm = {
  async recognises({ path, name, isFolder, head }) {
    if (isFolder) return (await filesIn(path)).length > 0;
    return MIDI_FILE.test(name) || head.subarray(0, 4).toString('latin1') === 'MThd';
  },
  isOneOf: (name) => MIDI_FILE.test(name),
  isOnlySamples: true,
  // Asked for as samples, each note is an event of a piece.
  read: (request) => (request.options.as === 'samples' ? readAsEvents(request) : readPieces(request)),
};

async function filesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => MIDI_FILE.test(name)).toSorted((a, b) => (a < b ? -1 : 1));
}

async function readAsEvents(request: ReadRequest): Promise<RawSamples> {
  const { path } = request;
  const files = (await isFolder(path))
    ? await filesBelow(path)
    : [{ path: basename(path), read: () => readSampleFile(path) }];
  return samplesOf(files, request, 'pieces of music as events');
}

async function readPieces({ path, sample, signal, progress }: ReadRequest): Promise<RawSamples> {
  const inside = await filesIn(path);
  const paths = inside.length > 0 ? inside.map((name) => join(path, name)) : [path];
  const hash = createHash('sha256');
  const pieces: { readonly line: number; readonly file: string; readonly text: string }[] = [];
  const setAside: SetAsideRow[] = [];
  let bytes = 0;
  for (const [index, one] of paths.entries()) {
    throwIfCancelled(signal);
    const content = await readFile(one).catch((cause: unknown) => {
      throw unreadable(path, `${basename(one)} cannot be read; choose another file.`, cause);
    });
    hash.update(basename(one)).update(content);
    bytes += content.length;
    const found = pieceOf(content);
    if ('text' in found) pieces.push({ line: index + 1, file: basename(one), text: found.text });
    else setAside.push({ line: index + 1, column: 'music', reason: found.reason, raw: basename(one) });
    progress((index + 1) / paths.length);
  }
  if (pieces.length === 0) {
    const [first, ...others] = setAside;
    // One file that was named by itself says its own reason.
    if (first && others.length === 0 && first.raw === basename(path))
      throw unreadable(path, `${first.raw} ${first.reason}; choose another file.`);
    const why = first ? `: ${first.raw} ${first.reason}` : '';
    throw unreadable(path, `${basename(path)} has no MIDI file with notes${why}; choose other files.`);
  }
  return {
    form: MIDI_FORM,
    names: ['file', 'music'],
    rows: pieces.map(({ file, text }) => [file, text]),
    lines: pieces.map(({ line }) => line),
    roles: { inputColumn: 'music', nameColumn: 'file' },
    isUnlabelled: true,
    setAside,
    notes: ['All tracks of a file are one piece; times are rounded to twelfths of a quarter note.'],
    recipe: recipeWith({ path: sourceName(path), bytes, sha256: hash.digest('hex'), sample }),
  };
}

function pieceOf(content: Buffer): { readonly text: string } | { readonly reason: string } {
  if (content.length > MOST_BYTES) return { reason: 'is longer than 20 MB' };
  try {
    const music = readMidi(content);
    return music.notes.length > 0 ? { text: eventText(music) } : { reason: 'has no notes' };
  } catch (cause) {
    if (cause instanceof MidiError) return { reason: cause.message };
    throw cause;
  }
}

function unreadable(path: string, message: string, cause?: unknown): HindcastError {
  return new HindcastError('file-unreadable', message, { details: { file: path }, cause });
}
