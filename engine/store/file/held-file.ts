// Compares the file that a host has open with the file under its name. SQLite keeps writing into the file it opened. If that was
// deleted, renamed or replaced, results must not be written to it, because they would be lost.
import { closeSync, fstatSync, openSync, readlinkSync, statSync } from 'node:fs';
import { HindcastError } from '../../contract/values/errors.ts';
import { markInFile } from './log-mark.ts';

export interface HeldFile {
  /** The name still leads to the opened file. */
  isInPlace(): boolean;
  /** Throws `workspace-moved` where the name no longer leads to the opened file. Costs one look at the folder. */
  refuseMoved(): void;
  /** Throws `workspace-moved` where other content was written into the opened file, whose mark is then not one of `marks`. */
  refuseOverwritten(marks: ReadonlySet<string>): void;
  /** The file was changed by this process: its times and size are right as they are now. */
  changed(): void;
  /**
   * Closing gives back every lock that the process has on the file, as POSIX has it: so last of all.
   * https://www.sqlite.org/howtocorrupt.html#_posix_advisory_locks_canceled_by_a_separate_thread_doing_close_
   */
  close(): void;
}

export function holdFile(path: string): HeldFile {
  const file = openSync(path, 'r');
  const { dev, ino } = fstatSync(file, { bigint: true });
  let known = stateOf(file);
  const look = () => statSync(path, { bigint: true, throwIfNoEntry: false });
  let isOpen = true;
  const isOurs = (found: ReturnType<typeof look>): boolean => found?.ino === ino && found.dev === dev;
  return {
    isInPlace: () => isOurs(look()),
    refuseMoved() {
      const found = look();
      if (isOurs(found)) return;
      throw moved(path, found ? 'another file is at this path' : whereTo(file, path));
    },
    refuseOverwritten(marks) {
      const now = stateOf(file);
      if (now === known) return;
      const mark = markInFile(file);
      if (mark === null || !marks.has(mark)) throw moved(path, 'other content was written into it');
      known = now;
    },
    changed() {
      known = stateOf(file);
    },
    close() {
      // A second time the number may be another file's.
      if (isOpen) closeSync(file);
      isOpen = false;
    },
  };
}

function stateOf(file: number): string {
  const { size, mtimeNs } = fstatSync(file, { bigint: true });
  return `${size} ${mtimeNs}`;
}

/** Linux knows the new name of an open file. */
function whereTo(file: number, path: string): string {
  if (fstatSync(file).nlink === 0) return 'it was deleted';
  try {
    const name = readlinkSync(`/proc/self/fd/${file}`);
    if (name !== path) return `it was renamed to ${name}`;
  } catch {
    // Other systems do not report it.
  }
  return 'it was renamed';
}

function moved(path: string, what: string): HindcastError {
  return new HindcastError(
    'workspace-moved',
    `The workspace ${path} is no longer the file that was opened (${what}), so nothing more is written: put it back under its name, or save what is open with \`hindcast backup --to FILE\`, then close Hindcast.`,
    { details: { path } },
  );
}
