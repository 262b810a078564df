// Files that the browser uploads: each in a temporary folder of its own under its own name, until the page releases it or the
// server ends. The engine then reads it by path, like any other file of this machine.
import { randomUUID } from 'node:crypto';
import { createWriteStream, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { HindcastError } from '../../contract/errors.ts';

export interface Upload {
  readonly id: string;
  readonly path: string;
  readonly bytes: number;
}

export interface Uploads {
  /**
   * @param beside the id of an earlier upload, whose folder it joins.
   * @throws HindcastError `not-found` for a `beside` that is unknown or released meanwhile, `conflict` where that one has a file of this
   * name, `disk-full` or `file-unreadable`; nothing of it is left then.
   */
  receive(name: string, content: Readable, beside?: string | null): Promise<Upload>;
  /** An unknown `id` is fine: it was released before. */
  release(id: string): void;
  close(): void;
}

export function createUploads(): Uploads {
  const folder = mkdtempSync(join(tmpdir(), 'hindcast-uploads-'));
  const held = new Set<string>();
  const remove = (id: string) => rmSync(join(folder, id), { recursive: true, force: true });
  return {
    async receive(name, content, beside) {
      const joins = beside !== undefined && beside !== null;
      if (joins && !held.has(beside)) throw goneError(name);
      const id = joins ? beside : randomUUID();
      const path = join(folder, id, plainName(name));
      if (!joins) {
        mkdirSync(join(folder, id), { mode: 0o700 });
        held.add(id);
      }
      try {
        const file = createWriteStream(path, { mode: 0o600, flags: 'wx' });
        await pipeline(content, file);
        if (!held.has(id)) throw goneError(name);
        return { id, path, bytes: file.bytesWritten };
      } catch (cause) {
        const isGone = !held.has(id);
        if (isGone || !joins) {
          held.delete(id);
          remove(id);
        } else if (!isTaken(cause)) rmSync(path, { force: true });
        throw isGone ? goneError(name) : uploadError(name, cause);
      }
    },
    release(id) {
      if (held.delete(id)) remove(id);
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The last part of a path of whatever system, without what a file system takes for something else. */
function plainName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? '';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be in a file's name
  const plain = last.replace(/[\u0000-\u001f<>:"|?*]/g, '_').slice(-200);
  return /^\.*$/.test(plain) ? 'upload' : plain;
}

const isTaken = (cause: unknown): boolean =>
  cause instanceof Error && 'code' in cause && cause.code === 'EEXIST';

const goneError = (name: string): HindcastError =>
  new HindcastError(
    'not-found',
    `"${name}" came too late: the files before it are gone; upload all of them again.`,
  );

function uploadError(name: string, cause: unknown): HindcastError {
  if (isTaken(cause)) {
    const message = `"${name}" is there already; files that belong together need a name each.`;
    return new HindcastError('conflict', message, { cause });
  }
  const isFull = cause instanceof Error && 'code' in cause && cause.code === 'ENOSPC';
  return isFull
    ? new HindcastError(
        'disk-full',
        `There is no room for "${name}" in ${tmpdir()}; make room and upload it again.`,
        {
          cause,
        },
      )
    : new HindcastError('file-unreadable', `"${name}" did not arrive whole; upload it again.`, { cause });
}
