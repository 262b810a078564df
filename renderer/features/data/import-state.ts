// The window's current import: any screen, key or drop can begin one, and the dialog shows it.
import { useSyncExternalStore } from 'react';
import type { ImportOptions, ImportSource } from '../../../engine/contract/datasets/dataset.ts';
import { HindcastError } from '../../../engine/contract/values/errors.ts';
import type { EngineFile, FileFilter, TransferOptions } from '../../shell/shell.ts';
import type { VideoFile } from './videos/video-subject.ts';

/** A file of the user with further files of the same table, one of the sample data, or a dataset that is read again. */
export type Subject =
  | {
      readonly kind: 'file';
      readonly file: EngineFile;
      readonly more?: readonly EngineFile[];
      /** How it is read at first. */
      readonly options?: ImportOptions;
      /** Called when it is a dataset. */
      onImported?(): void;
    }
  | { readonly kind: 'sample'; readonly name: string }
  | {
      readonly kind: 'again';
      readonly name: string;
      /** Read instead of its source. */
      readonly file?: EngineFile;
      readonly source: ImportSource;
      readonly options: ImportOptions;
    };

export interface ImportDraft {
  /** Another one each time, also for the same file again. */
  readonly number: number;
  /** Null while the user still chooses. */
  readonly subject: Subject | null;
  /** Progress of a running upload, 0 to 1. */
  readonly uploading: number | null;
  /** Videos whose frames are chosen and read before there is a file. */
  readonly videos: readonly VideoFile[] | null;
  /** The microphone is recorded before there is a file. */
  readonly isRecorder: boolean;
  /** It is being read and stored: until that ends, no other file replaces it. */
  readonly importing: boolean;
}

/** Files that the engine reads. */
export const TABLES: readonly FileFilter[] = [
  {
    name: 'Tables and samples',
    extensions: [
      'csv',
      'tsv',
      'txt',
      'xlsx',
      'json',
      'jsonl',
      'parquet',
      'gz',
      'zip',
      'arff',
      'ts',
      'fasta',
      'fa',
      'fna',
      'faa',
      'fastq',
      'fq',
      'npy',
      'wav',
      'flac',
      'mp3',
      'ogg',
      'mid',
      'midi',
      'abc',
      'md',
      'conll',
      'conllu',
    ],
  },
];

let draft: ImportDraft | null = null;
let upload: AbortController | null = null;
let drafts = 0;
const listeners = new Set<() => void>();

function filesOf(subject: Subject | null | undefined): readonly EngineFile[] {
  if (subject?.kind === 'file') return [subject.file, ...(subject.more ?? [])];
  return subject?.kind === 'again' && subject.file ? [subject.file] : [];
}

/** Releases the uploaded copies that are no longer shown. */
function set(next: ImportDraft | null): void {
  const before = draft?.subject;
  draft = next;
  const kept = new Set(filesOf(next?.subject));
  for (const file of filesOf(before)) if (!kept.has(file)) file.release();
  for (const listener of listeners) listener();
}

const NOTHING = { subject: null, uploading: null, videos: null, isRecorder: false };

function begin(what: Partial<Pick<ImportDraft, keyof typeof NOTHING>>): void {
  drafts += 1;
  set({ ...NOTHING, ...what, number: drafts, importing: false });
}

function endUpload(): void {
  upload?.abort();
  upload = null;
}

export const importDraft = (): ImportDraft | null => draft;

/** Does nothing while an import is running: its dialog is in front. */
export function openImport(subject: Subject | null = null): void {
  if (draft?.importing) return;
  endUpload();
  begin({ subject });
}

/** Asks which frames of these are read; does nothing while an import is running. */
export function openVideos(videos: readonly VideoFile[]): void {
  if (draft?.importing || videos.length === 0) return;
  endUpload();
  begin({ videos });
}

/** Shows what records samples; does nothing while an import is running. */
export function openRecorder(): void {
  if (draft?.importing) return;
  endUpload();
  begin({ isRecorder: true });
}

type GetFile = (options: TransferOptions) => Promise<EngineFile | null>;

/** One file after the other; those that are there are released where another one does not come. */
async function getAll(
  getFiles: readonly GetFile[],
  { onProgress, signal }: { readonly onProgress: (share: number) => void; readonly signal: AbortSignal },
): Promise<readonly EngineFile[]> {
  const files: EngineFile[] = [];
  const releaseAll = () => {
    for (const file of files) file.release();
    return [];
  };
  try {
    for (const [index, getFile] of getFiles.entries()) {
      const share = (fraction: number) => onProgress((index + fraction) / getFiles.length);
      const file = await getFile({ onProgress: share, signal });
      if (file) files.push(file);
      if (!file || signal.aborted) return releaseAll();
    }
    return files;
  } catch (error) {
    releaseAll();
    throw error;
  }
}

/**
 * Looks at a file that has to be handed over first, or at several of one table; closing the dialog, or another file, calls that off.
 * @throws HindcastError `conflict` while an import is running, or what a `GetFile` throws.
 */
export async function openImportOf(...getFiles: readonly GetFile[]): Promise<void> {
  await openImportAs({}, ...getFiles);
}

/** The same with how the file is read at first, and what is done when it is a dataset. */
export async function openImportAs(
  how: Pick<Extract<Subject, { kind: 'file' }>, 'options' | 'onImported'>,
  ...getFiles: readonly GetFile[]
): Promise<void> {
  if (draft?.importing) throw underWay();
  const ending = new AbortController();
  const { signal } = ending;
  function onProgress(fraction: number): void {
    if (signal.aborted || draft?.importing) return;
    if (upload !== ending) endUpload();
    upload = ending;
    begin({ uploading: fraction });
  }
  try {
    const [file, ...more] = await getAll(getFiles, { onProgress, signal });
    if (file && draft?.importing) {
      // In the meantime the import of the previously shown file began.
      for (const one of [file, ...more]) one.release();
      throw underWay();
    } else if (file) openImport({ kind: 'file', file, ...(more.length > 0 ? { more } : {}), ...how });
  } catch (error) {
    if (signal.aborted) return;
    if (upload === ending) closeImport();
    throw error;
  }
}

const underWay = (): HindcastError =>
  new HindcastError('conflict', 'Another import is running; wait for its end, or cancel it.');

export function setImporting(subject: Subject | null, importing: boolean): void {
  if (draft && draft.subject === subject) set({ ...draft, importing });
}

export function closeImport(): void {
  endUpload();
  set(null);
}

export function useImportDraft(): ImportDraft | null {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, importDraft);
}

/** Adds a file whose rows follow, or reads it again as another file; does nothing where another subject is shown by now, or none. */
export function addFile(subject: Subject, file: EngineFile): void {
  if (subject.kind === 'sample' || draft?.subject !== subject || draft.importing) file.release();
  else if (subject.kind === 'again') set({ ...draft, subject: { ...subject, file } });
  else set({ ...draft, subject: { ...subject, more: [...(subject.more ?? []), file] } });
}

/** As the engine is asked for it. */
export function sourceOf(subject: Subject): ImportSource {
  if (subject.kind === 'again')
    return subject.file ? { kind: 'file', path: subject.file.path } : subject.source;
  if (subject.kind === 'sample') return { kind: 'sample', name: subject.name };
  const more = (subject.more ?? []).map(({ path }) => path);
  return { kind: 'file', path: subject.file.path, ...(more.length > 0 ? { more } : {}) };
}

export const optionsOf = (subject: Subject): ImportOptions =>
  subject.kind === 'sample' ? {} : (subject.options ?? {});

/** `Berlin weather.csv` -> `Berlin weather`. */
export function nameOf(subject: Subject): string {
  if (subject.kind === 'again') return subject.name;
  const name = subject.kind === 'sample' ? subject.name : subject.file.name;
  return name.replace(/\.[^.]+$/, '');
}
