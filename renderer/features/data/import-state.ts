// The import that the window is busy with: any screen, key or drop can begin one, the dialog shows it.
import { useSyncExternalStore } from 'react';
import type { ImportSource } from '../../../engine/contract/dataset.ts';
import type { EngineFile, FileFilter } from '../../shell/shell.ts';

/** A file of the user, or one of the sample data. */
export type Subject =
  | { readonly kind: 'file'; readonly file: EngineFile }
  | { readonly kind: 'sample'; readonly name: string };

/** `choosing` has no subject yet. */
export interface ImportDraft {
  readonly subject: Subject | null;
  /** Of an upload under way, 0 to 1. */
  readonly uploading: number | null;
}

/** Files that the engine reads. */
export const TABLES: readonly FileFilter[] = [{ name: 'Tables', extensions: ['csv', 'tsv', 'txt'] }];

let draft: ImportDraft | null = null;
const listeners = new Set<() => void>();

function set(next: ImportDraft | null): void {
  draft = next;
  for (const listener of listeners) listener();
}

export const openImport = (subject: Subject | null = null): void => set({ subject, uploading: null });

export const showUpload = (fraction: number): void => set({ subject: null, uploading: fraction });

/** Lets go of an uploaded copy. */
export function closeImport(): void {
  if (draft?.subject?.kind === 'file') draft.subject.file.release();
  set(null);
}

export function useImportDraft(): ImportDraft | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => draft,
  );
}

export function sourceOf(subject: Subject): ImportSource {
  return subject.kind === 'sample' ? subject : { kind: 'file', path: subject.file.path };
}

/** `Berlin weather.csv` -> `Berlin weather`. */
export function nameOf(subject: Subject): string {
  const name = subject.kind === 'sample' ? subject.name : subject.file.name;
  return name.replace(/\.[^.]+$/, '');
}
