// Decides what receives a file that is dropped on the window: the current screen if it takes files, else the import.
import { useEffect, useRef } from 'react';
import { HindcastError } from '../../engine/contract/errors.ts';

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

/**
 * The one file that was dropped.
 * @throws HindcastError `invalid-input` where it is a folder, more than one file, or none.
 */
export function onlyFile({ files, items }: DataTransfer): File {
  const [file] = files;
  if (files.length > 1) {
    throw new HindcastError('invalid-input', `${files.length} files were dropped; drop them one at a time.`);
  }
  if (!file)
    throw new HindcastError('invalid-input', 'What was dropped is not a file; save it as one first.');
  if ([...items].some((item) => item.webkitGetAsEntry()?.isDirectory)) {
    throw new HindcastError('invalid-input', `"${file.name}" is a folder; drop a file that lies in it.`);
  }
  return file;
}
