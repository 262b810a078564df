// Decides what receives a file that is dropped on the window: the current screen if it takes files, else the import.
import { useEffect, useRef } from 'react';
import { HindcastError } from '../../engine/contract/values/errors.ts';

export interface DropTarget {
  /** Shown while a file is held over the window: what dropping it does. */
  readonly text: string;
  take(file: File): void;
}

const targets: DropTarget[] = [];

/** The screen that asked last. */
export const dropTarget = (): DropTarget | undefined => targets.at(-1);

/** Dropped files come here while the component is there. */
export function useDropTarget(text: string, take: (file: File) => void): void {
  const latest = useRef(take);
  latest.current = take;
  useEffect(() => {
    const target: DropTarget = { text, take: (file) => latest.current(file) };
    targets.push(target);
    return () => {
      targets.splice(targets.indexOf(target), 1);
    };
  }, [text]);
}

/** A file, or a folder as the browser opens it. */
export interface Dropped {
  readonly file: File;
  readonly folder: FileSystemDirectoryEntry | null;
}

/**
 * The one file or folder that was dropped.
 * @throws HindcastError `invalid-input` where it is more than one, or none.
 */
export function onlyOne({ files, items }: DataTransfer): Dropped {
  const [file] = files;
  if (files.length > 1) {
    throw new HindcastError('invalid-input', `${files.length} files were dropped; drop them one at a time.`);
  }
  if (!file)
    throw new HindcastError('invalid-input', 'What was dropped is not a file; save it as one first.');
  const entry = [...items].map((item) => item.webkitGetAsEntry()).find((one) => one?.isDirectory);
  // Its type follows from isDirectory.
  return { file, folder: entry ? (entry as FileSystemDirectoryEntry) : null };
}

export const hasFolder = ({ items }: Pick<DataTransfer, 'items'>): boolean =>
  [...items].some((item) => item.webkitGetAsEntry()?.isDirectory);

/** Several files, none of them a folder, by name: parts of one table. Null where it is one, or none. */
export function severalFiles({ files, items }: DataTransfer): readonly File[] | null {
  if (files.length < 2 || hasFolder({ items })) return null;
  return [...files].sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
}

/** @throws HindcastError `invalid-input` for a folder, where only a file suits */
export function requireFile({ file, folder }: Dropped): File {
  if (!folder) return file;
  throw new HindcastError('invalid-input', `"${file.name}" is a folder; drop a file that lies in it.`);
}
