// A folder with a sub-folder a class, perhaps below folders train, validation and test. Each file is a sample.
import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, extname, join, sep } from 'node:path';
import { NO_LINE, type SetAsideRow } from '../../../contract/datasets/dataset.ts';
import {
  framesRemedy,
  isVideoName,
  videoFileKind,
  videoKindText,
} from '../../../contract/datasets/video-file.ts';
import { HindcastError } from '../../../contract/values/errors.ts';
import { sourceName } from '../../../contract/values/source-name.ts';
import { throwIfCancelled } from '../../import/abort.ts';
import { recipeWith } from './json-lines.ts';
import { partOf } from './part-names.ts';
import { alone, type FileGroup, videosIn } from './pictures/frame-folders.ts';
import { isPicture } from './pictures/picture-file.ts';
import type { RawSamples, ReadRequest, SampleFile, SampleForm } from './raw-samples.ts';
import { isSampleFile, kindOfFiles, SAMPLE_FILES } from './sample-files.ts';

export const folderForm: SampleForm = {
  recognises: ({ isFolder }) => isFolder,
  isOnlySamples: true,
  read: readFolder,
};

export const MOST_FILES = 100_000;
const MOST_DEPTH = 6;

async function readFolder(request: ReadRequest): Promise<RawSamples> {
  const files = await filesBelow(request.path);
  return samplesOf(files, request, 'a folder for each class');
}

/** Sorted by path, so that the same folder gives the same samples on every machine. */
export async function filesBelow(root: string): Promise<SampleFile[]> {
  const found: string[] = [];
  const visit = async (folder: string, depth: number): Promise<void> => {
    const entries = await readdir(join(root, folder), { withFileTypes: true });
    for (const entry of entries) {
      if (entry.name.startsWith('.')) continue;
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory() && depth < MOST_DEPTH) await visit(path, depth + 1);
      else if (entry.isFile()) found.push(path);
      if (found.length > MOST_FILES) throw tooMany(root);
    }
  };
  await visit('', 1);
  return found
    .toSorted(byCode)
    .map((path) => ({ path, read: () => readSampleFile(join(root, ...path.split('/'))) }));
}

const MOST_BYTES = 256 * 2 ** 20;

/** @throws HindcastError `file-unreadable` with the reason, also for what is no file */
export async function readSampleFile(path: string): Promise<Buffer> {
  const info = await stat(path);
  if (!info.isFile()) throw new HindcastError('file-unreadable', 'it is no file');
  if (info.size > MOST_BYTES) throw new HindcastError('file-unreadable', 'it is longer than 256 MB');
  return readFile(path);
}

export const byCode = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Of the files of a folder or an archive. @throws HindcastError where there is nothing to learn from. */
export async function samplesOf(
  files: readonly SampleFile[],
  { path: root, sample, options, signal, progress }: ReadRequest,
  form: string,
): Promise<RawSamples> {
  const known = files.filter(({ path }) => isSampleFile(path));
  const kind = kindOfFiles(
    known.map(({ path }) => path),
    options,
  );
  const isVideo = kind.kind === 'frames';
  const ofKind = known.filter(({ path }) => kind.reads(path));
  const groups = isVideo ? videosIn(ofKind) : ofKind.map(alone);
  const { wanted, labels, notes } = labelsOf(groups, isVideo || (options.unlabelled ?? false));
  if (wanted.length === 0) throw (await videosHeld(root, files)) ?? noSample(root, files);
  const hash = createHash('sha256');
  const rows: string[][] = [];
  const lines: number[] = [];
  const collector = kind.collect(options);
  const setAside: SetAsideRow[] = [];
  let bytes = 0;
  for (const [index, group] of wanted.entries()) {
    throwIfCancelled(signal);
    try {
      const contents: Buffer[] = [];
      for (const file of group.files) {
        const data = await file.read();
        bytes += data.length;
        hash.update(`${file.path}\n${data.length}\n`).update(data);
        contents.push(data);
      }
      const text = await collector.add(contents, group.path);
      rows.push([group.path, foldersOf(group.path).part, labels[index]!, groupIn(group.path), text]);
      lines.push(NO_LINE);
    } catch (cause) {
      const reason = HindcastError.wrap(cause, 'it cannot be read').message;
      setAside.push({ line: NO_LINE, column: null, reason, raw: group.path });
    }
    progress((index + 1) / wanted.length);
  }
  const isGiven = rows.some(([, part]) => part !== '');
  const isLabelled = !isVideo || rows.some(([, , label]) => label !== '');
  const left = files.length - wanted.reduce((sum, group) => sum + group.files.length, 0);
  return {
    form: isVideo ? 'videos' : form,
    names: ['file', 'part', 'label', 'group', 'text'],
    rows,
    lines,
    input: rows.length > 0 ? collector.input() : undefined,
    isUnlabelled: isVideo,
    roles: {
      nameColumn: 'file',
      ...(isLabelled && { labelColumn: 'label' }),
      ...(isGiven && { partColumn: 'part' }),
      ...(kind.kind === 'audio' && { groupColumn: 'group' }),
      inputColumn: kind.kind,
    },
    setAside,
    notes: [
      ...notes,
      ...collector.notes(),
      ...otherFiles(left, kind.one),
      ...(kind.kind === 'image' && areNumbered(ofKind) ? [MAY_BE_VIDEOS] : []),
    ],
    recipe: recipeWith({ path: sourceName(root), bytes, sha256: hash.digest('hex'), sample }),
  };
}

const MAY_BE_VIDEOS =
  'The pictures of each folder are numbered: where each folder is a video, "Read as" (in a terminal: --as frames) reads it as one.';

/** Pictures of classes may have numbers too, but seldom in all folders one after the other with zeros in front, as frames have. */
function areNumbered(files: readonly SampleFile[]): boolean {
  const folders = Map.groupBy(files, ({ path }) => path.slice(0, Math.max(0, path.lastIndexOf('/'))));
  return (
    folders.size > 1 &&
    [...folders.values()].every((members) => {
      const numbers = members.map(({ path }) => Number(/(0\d+|\d{3,})\.\w+$/.exec(path)?.[1] ?? Number.NaN));
      const first = Math.min(...numbers);
      return members.length > 1 && numbers.every((number, index) => number === first + index);
    })
  );
}

const otherFiles = (count: number, kind: string): string[] => {
  const are = count === 1 ? 'file that is' : 'files that are';
  const were = count === 1 ? 'was' : 'were';
  return count === 0 ? [] : [`${count} ${are} no ${kind} in the folder of a class ${were} left out.`];
};

interface Labelled {
  readonly wanted: readonly FileGroup[];
  /** [wanted] */
  readonly labels: readonly string[];
  readonly notes: readonly string[];
}

/** By folders; where these tell nothing apart, by the beginnings of the names. Files to be answered need no label. */
function labelsOf(files: readonly FileGroup[], isUnlabelled: boolean): Labelled {
  const byFolder = files.map(({ path }) => foldersOf(path).label);
  const folders = new Set(byFolder.filter((label) => label !== ''));
  const byName = files.map(({ path }) => labelIn(path));
  const names = new Set(byName);
  const isInNames = names.size > 1 && !names.has('') && 2 * names.size <= files.length;
  if (folders.size < 2 && isInNames) {
    const note = 'The label of a sample is the beginning of its file name, before the first _ or -.';
    return { wanted: files, labels: byName, notes: [note] };
  }
  const wanted = isUnlabelled ? files : files.filter((_, index) => byFolder[index] !== '');
  return { wanted, labels: wanted.map(({ path }) => foldersOf(path).label), notes: sharedClasses(wanted) };
}

const MOST_SHARED = 3;

/** `cat/small/1.png` and `dog/small/1.png`: one class, which may not be meant. */
function sharedClasses(files: readonly FileGroup[]): string[] {
  const pathsByLabel = new Map<string, Set<string>>();
  for (const { path } of files) {
    const folders = path
      .split('/')
      .slice(0, -1)
      .filter((folder) => partOf(folder) === '');
    const label = folders.at(-1);
    if (label === undefined) continue;
    pathsByLabel.set(label, (pathsByLabel.get(label) ?? new Set()).add(folders.join('/')));
  }
  const shared = [...pathsByLabel].filter(([, found]) => found.size > 1).slice(0, MOST_SHARED);
  return shared.map(
    ([label, found]) =>
      `The class "${label}" is of several folders (${[...found].slice(0, MOST_SHARED).join(', ')}): the class of a file is the last folder above it.`,
  );
}

/** `7_jackson_32.wav`: 7. */
const labelIn = (path: string): string => /^([^_-]+)[_-]/.exec(basename(path))?.[1] ?? '';

/** `train/cats/1.txt`: a part and a class; `cats/1.txt` and `deep/cats/1.txt`: a class. */
function foldersOf(path: string): { part: string; label: string } {
  const folders = path.split('/').slice(0, -1);
  const part = folders.map(partOf).find((one) => one !== '') ?? '';
  const label = folders.findLast((folder) => partOf(folder) === '') ?? '';
  return { part, label };
}

/** `7_jackson_32.wav`: the speaker of the spoken digits and of many other recordings. */
const groupIn = (path: string): string =>
  /^[^_]+_([^_]+)_[^_]+$/.exec(basename(path, extname(path)))?.[1] ?? '';

export function tooMany(root: string): HindcastError {
  const message = `${sourceName(root)} holds more than ${MOST_FILES.toLocaleString('en-US')} files; import a part of it.`;
  return new HindcastError('file-unreadable', message, { details: { file: root } });
}

/** Where the files are videos: that, with what the first one holds. */
async function videosHeld(root: string, files: readonly SampleFile[]): Promise<HindcastError | null> {
  const videos = files.filter(({ path }) => isVideoName(path));
  const [first] = videos;
  const kind = first && videoFileKind((await first.read()).toString('latin1'));
  if (!first || !kind) return null;
  const message = `${sourceName(root)} holds videos (${videos.length} of ${files.length} files; ${first.path}: ${videoKindText(kind)}), which are not decoded here; import them in the window by its button Choose videos, which reads what the browser plays, or ${framesRemedy(first.path)}.`;
  return new HindcastError('file-unreadable', message, { details: { file: root, codec: kind.codec } });
}

const TABLE = /\.(csv|tsv|jsonl|ndjson)$/i;

function noSample(root: string, files: readonly Pick<SampleFile, 'path'>[]): HindcastError {
  const name = sourceName(root);
  const table = files.find(({ path }) => TABLE.test(path));
  const pictures = files.filter(({ path }) => isPicture(path)).length;
  const holds =
    files.length === 0 ? 'is empty' : `has ${SAMPLE_FILES} in a sub-folder (${files.length} other files)`;
  const message = table
    ? `${name} has the table ${table.path}, but no file of a sample that it could name; put the pictures, recordings or texts beside it, or import the table alone.`
    : pictures > 0
      ? `${name} has ${pictures} pictures that are in no sub-folder; make a folder for each class, add a table that names each of them beside its label or caption, or read GIFs as videos by "Read as" (in a terminal: --as frames).`
      : `${name} ${holds}; make a folder for each class and put its files inside.`;
  return new HindcastError('file-unreadable', message, { details: { file: root } });
}

/** Whether a path is a folder; false where there is nothing. */
export const isFolder = async (path: string): Promise<boolean> =>
  (await stat(path.endsWith(sep) ? path.slice(0, -1) : path).catch(() => null))?.isDirectory() ?? false;
