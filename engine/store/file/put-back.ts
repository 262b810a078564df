// Writes a copy of a workspace back into the file, in place, for a disk that has no room for a second one. A link beside the file leads to
// the copy until all of it is written, so that the next start finishes what a killed process began. A link takes no room of its own.
import {
  closeSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  readSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { basename, dirname } from 'node:path';
import { storeError } from './sqlite-errors.ts';

const BLOCK_BYTES = 2 ** 20;

const linkPath = (workspacePath: string): string => `${workspacePath}-unfinished`;
const identityPath = (copy: string): string => `${copy}.of`;

function identityOf(path: string): string {
  const { dev, ino } = statSync(path, { bigint: true });
  return `${dev} ${ino}`;
}

/** @param copy closed, without a log. Throws `disk-full`; then the copy stays where it is. */
export function putBack(workspacePath: string, copy: string): void {
  try {
    flush(copy);
    writeFileSync(identityPath(copy), identityOf(workspacePath));
    rmSync(linkPath(workspacePath), { force: true });
    symlinkSync(copy, linkPath(workspacePath));
  } catch (cause) {
    throw storeError(cause, workspacePath, 'writing the changed copy back');
  }
  finishPutBack(workspacePath);
}

/** The copy that is not written back yet; null where there is none. One that belongs to another file than that under the name is forgotten. */
export function unfinishedPutBack(workspacePath: string): string | null {
  let copy: string;
  try {
    copy = readlinkSync(linkPath(workspacePath));
  } catch {
    return null;
  }
  try {
    const isOfThis =
      basename(copy) === basename(workspacePath) &&
      statSync(copy).uid === statSync(workspacePath).uid &&
      readFileSync(identityPath(copy), 'utf8') === identityOf(workspacePath);
    if (isOfThis) return copy;
  } catch {
    // The copy is gone, or the file is.
  }
  rmSync(linkPath(workspacePath), { force: true });
  return null;
}

/** Does nothing where nothing is unfinished. Throws `disk-full`. */
export function finishPutBack(workspacePath: string): void {
  const copy = unfinishedPutBack(workspacePath);
  if (copy === null) return;
  try {
    // The copy holds what is in the log, whose room the file may need.
    for (const ending of ['-wal', '-shm']) rmSync(workspacePath + ending, { force: true });
    overwrite(workspacePath, copy);
  } catch (cause) {
    throw storeError(cause, workspacePath, 'writing the changed copy back');
  }
  rmSync(linkPath(workspacePath), { force: true });
  rmSync(dirname(copy), { recursive: true, force: true });
}

/** Blocks that are equal are not written. */
function overwrite(path: string, copy: string): void {
  const [from, to] = [openSync(copy, 'r'), openSync(path, 'r+')];
  try {
    const [wanted, present] = [Buffer.alloc(BLOCK_BYTES), Buffer.alloc(BLOCK_BYTES)];
    let at = 0;
    for (;;) {
      const length = readSync(from, wanted, 0, BLOCK_BYTES, at);
      if (length === 0) break;
      const found = readSync(to, present, 0, BLOCK_BYTES, at);
      if (found < length || wanted.compare(present, 0, length, 0, length) !== 0)
        write(to, wanted.subarray(0, length), at);
      at += length;
    }
    ftruncateSync(to, at);
    fsyncSync(to);
  } finally {
    closeSync(from);
    closeSync(to);
  }
}

function write(file: number, bytes: Buffer, at: number): void {
  for (let done = 0; done < bytes.length; )
    done += writeSync(file, bytes, done, bytes.length - done, at + done);
}

function flush(path: string): void {
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Whether the copy in the folder is not written back yet. */
export const isUnfinished = (folder: string): boolean =>
  readdirSync(folder).some((name) => name.endsWith('.of'));
