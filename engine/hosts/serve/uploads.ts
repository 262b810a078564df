// Files that the browser uploads: each in a temporary folder of its own under its own name, until the page releases it, its tab
// is closed, or the server ends. The engine then reads it by path, like any other file of this machine.
import { randomUUID } from 'node:crypto';
import { createWriteStream, mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { HindcastError } from '../../contract/values/errors.ts';
import { UPLOADS_PREFIX } from '../../contract/values/source-name.ts';
import { createTemporaryFolder, sweepTemporaryFolders } from '../../data/import/source/temporary.ts';
import { countTabs } from './tabs.ts';

export interface Upload {
  readonly id: string;
  readonly path: string;
  readonly bytes: number;
}

export interface UploadTarget {
  /** The id of an earlier upload, whose folder it joins. */
  readonly beside?: string | null;
  /** The tab that it came from. */
  readonly tab?: string | null;
  /** As the browser announces it. */
  readonly bytes?: number | undefined;
}

export interface Uploads {
  /** Holds all of them; nothing else is in it. */
  readonly folder: string;
  /**
   * @throws HindcastError `not-found` for a `beside` that is unknown or was released, `conflict` where that one has a file of this
   * name, `invalid-input` for a file beyond the limit, `disk-full` or `file-unreadable`; nothing of it is left then.
   */
  receive(name: string, content: Readable, target?: UploadTarget): Promise<Upload>;
  /** An unknown `id` is fine: it was released before. */
  release(id: string): void;
  /** A tab has a line to the engine, until the returned function is called; without one for a while, its uploads are released. */
  tabIsOpen(tab: string): () => void;
  close(): void;
}

export interface UploadsOptions {
  readonly mostBytes?: number;
  /** A page that is loaded again, or whose engine starts again, has no line for a moment. */
  readonly graceMs?: number;
}

const MOST_BYTES = 8 * 1024 ** 3;
const GRACE_MS = 60_000;

export function createUploads({ mostBytes = MOST_BYTES, graceMs = GRACE_MS }: UploadsOptions = {}): Uploads {
  sweepTemporaryFolders(tmpdir(), UPLOADS_PREFIX);
  const folder = createTemporaryFolder(tmpdir(), UPLOADS_PREFIX);
  /** The tab of each. */
  const held = new Map<string, string | null>();
  const remove = (id: string) => rmSync(join(folder, id), { recursive: true, force: true });
  const release = (id: string) => {
    if (held.delete(id)) remove(id);
  };
  const tabs = countTabs(graceMs, (gone) => {
    for (const [id, tab] of held) if (tab === gone) release(id);
  });
  return {
    folder,
    async receive(name, content, { beside, tab = null, bytes = 0 } = {}) {
      const joins = beside !== undefined && beside !== null;
      if (joins && !held.has(beside)) throw goneError(name);
      if (bytes > mostBytes) throw tooLargeError(name, mostBytes);
      const id = joins ? beside : randomUUID();
      const path = join(folder, id, plainName(name));
      if (!joins) {
        mkdirSync(join(folder, id), { mode: 0o700 });
        held.set(id, tab);
        if (tab !== null) tabs.mention(tab);
      }
      try {
        const file = createWriteStream(path, { mode: 0o600, flags: 'wx' });
        await pipeline(content, limit(name, mostBytes), file);
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
    release,
    tabIsOpen: tabs.open,
    close() {
      tabs.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Passes on at most this many bytes, whatever length was announced. */
function limit(name: string, mostBytes: number): Transform {
  let bytes = 0;
  return new Transform({
    transform(piece: Buffer, _encoding, done) {
      bytes += piece.length;
      if (bytes > mostBytes) done(tooLargeError(name, mostBytes));
      else done(null, piece);
    },
  });
}

/** The last part of a path of whatever system, without what a file system takes for something else. */
function plainName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? '';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be in a file's name
  const plain = last.replace(/[\u0000-\u001f\u007f-\u009f<>:"|?*]/g, '_').slice(-200);
  return /^\.*$/.test(plain) ? 'upload' : plain;
}

const isTaken = (cause: unknown): boolean =>
  cause instanceof Error && 'code' in cause && cause.code === 'EEXIST';

const goneError = (name: string): HindcastError =>
  new HindcastError(
    'not-found',
    `"${name}" came too late: the files before it are gone; upload all of them again.`,
  );

function tooLargeError(name: string, mostBytes: number): HindcastError {
  const most = `${Math.floor(mostBytes / 1024 ** 2).toLocaleString('en-US')} MB`;
  return new HindcastError(
    'invalid-input',
    `"${name}" is larger than the ${most} that the browser may upload; import it in the terminal with \`hindcast import FILE\`, which copies nothing.`,
    { details: { mostBytes } },
  );
}

function uploadError(name: string, cause: unknown): HindcastError {
  if (cause instanceof HindcastError) return cause;
  if (isTaken(cause)) {
    const message = `"${name}" is there already; files that belong together need a name each.`;
    return new HindcastError('conflict', message, { cause });
  }
  const isFull = cause instanceof Error && 'code' in cause && cause.code === 'ENOSPC';
  if (!isFull)
    return new HindcastError('file-unreadable', `"${name}" did not arrive whole; upload it again.`, {
      cause,
    });
  const message = `There is no room for "${name}" in ${tmpdir()}; make room and upload it again.`;
  return new HindcastError('disk-full', message, { cause });
}
