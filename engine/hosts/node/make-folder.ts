// Creates the folder of a workspace. It creates one level at a time, because Node's recursive mkdir never returns if a parent
// folder fails in an unusual way (/proc).
import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { HindcastError } from '../../contract/values/errors.ts';
import { wordsOf } from '../../contract/values/system-errors.ts';
import { codeOf } from '../../store/file/sqlite-errors.ts';

/** @throws HindcastError `workspace-read-only` where it cannot be made. */
export function makeFolder(folder: string): void {
  const missing: string[] = [];
  for (let at = folder; !isThere(at) && dirname(at) !== at; at = dirname(at)) missing.unshift(at);
  for (const level of missing) {
    try {
      mkdirSync(level);
    } catch (cause) {
      // Another process may have been quicker.
      if (codeOf(cause) === 'EEXIST') continue;
      throw refusal(level, 'made', cause);
    }
  }
}

function isThere(folder: string): boolean {
  try {
    return statSync(folder, { throwIfNoEntry: false }) !== undefined;
  } catch (cause) {
    // A folder above it is closed to this user.
    throw refusal(folder, 'reached', cause);
  }
}

const refusal = (folder: string, what: 'made' | 'reached', cause: unknown): HindcastError =>
  new HindcastError(
    'workspace-read-only',
    `The folder ${folder} for the workspace cannot be ${what} (${wordsOf(codeOf(cause))}): set HOME to a folder that you can write, or name a workspace elsewhere with --workspace FILE.`,
    { cause, details: { path: folder } },
  );
