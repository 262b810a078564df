// Copies of a workspace: each is written under another name, and renamed when it is whole.
import { existsSync, renameSync, rmSync } from 'node:fs';
import { HindcastError } from '../../contract/values/errors.ts';
import { type Connection, openConnection } from './connection.ts';
import { markAnew } from './workspace-file.ts';

/** Writes the copy into the file, which may be there. */
type Write = (draft: string) => Promise<void>;

/**
 * Calls `write` with the name of a draft, which becomes `path` when it is whole.
 * @throws HindcastError `conflict` where there is such a file, else as `write` does.
 */
export async function makeCopy(path: string, write: Write): Promise<void> {
  if (existsSync(path)) {
    throw new HindcastError(
      'conflict',
      `The file ${path} is there already: choose another name for the copy.`,
      { details: { path } },
    );
  }
  const draft = `${path}.new-${process.pid}`;
  try {
    await write(draft);
    renameSync(draft, path);
  } catch (cause) {
    const { code, message } = HindcastError.wrap(cause, `The copy ${path} could not be made`);
    throw new HindcastError(code, `The copy ${path} could not be made: ${message}`, {
      details: { path },
      cause,
    });
  } finally {
    for (const left of [draft, `${draft}-journal`]) if (existsSync(left)) rmSync(left);
  }
}

/** By the host's own connection, a few pages at a time between other work. It waits at the end until the disk has all of them. */
export async function copyBetween(connection: Connection, path: string, signal?: AbortSignal): Promise<void> {
  await connection.copyTo(path, signal);
  markCopy(path);
}

/** By a connection of its own, in one go: for another process than the host's. */
export async function writeCopy(workspacePath: string, path: string): Promise<void> {
  const connection = openConnection(workspacePath, { readonly: true, now: () => 0 });
  try {
    // While one reader copies all pages, none of them changes for it.
    await connection.copyTo(path, undefined, ALL_PAGES);
  } finally {
    connection.close();
  }
  markCopy(path);
}

const ALL_PAGES = 2 ** 31 - 1;

/** A copy is a file of its own: no log of the file that it was made from belongs to it. */
export function markCopy(path: string): void {
  const copy = openConnection(path, { now: () => 0 });
  try {
    markAnew(copy);
    // So that looking at the copy makes no log beside it.
    copy.pragma('journal_mode = DELETE');
  } finally {
    copy.close();
  }
}
