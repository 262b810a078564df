// workspace.backUp: a whole copy beside the running work, which the client fetches piece by piece, so that neither side ever holds it
// all in memory.
import { randomUUID } from 'node:crypto';
import { open, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, extname, join } from 'node:path';
import type { BackUp } from '../contract/datasets/views.ts';
import { HindcastError } from '../contract/values/errors.ts';
import { createTemporaryFolder } from '../data/import/source/temporary.ts';
import type { EngineContext } from './context.ts';
import { copyWorkspace } from './copy-workspace.ts';

export interface Backups {
  begin(): Promise<BackUp>;
  /** The bytes from there on, at most PIECE_BYTES. @throws HindcastError `not-found` for one that has ended. */
  piece(id: string, from: number): Promise<Blob>;
  /** Removes the copy; an unknown one is fine. */
  end(id: string): Promise<void>;
  /** Removes all copies: no client can ask for more. */
  close(): Promise<void>;
}

export interface BackupsOptions {
  readonly pieceBytes?: number;
  /** A client that no longer asks leaves its copy behind. */
  readonly idleMs?: number;
}

/** Of the temporary folder that holds a copy, before the number of the process. */
export const COPY_PREFIX = 'hindcast-backup-';
const PIECE_BYTES = 4 * 2 ** 20;
const IDLE_MS = 10 * 60_000;

interface Copy {
  readonly folder: string;
  readonly file: string;
  readonly bytes: number;
  timer: NodeJS.Timeout | undefined;
}

export function createBackups(
  { workspace, host, runJob }: Pick<EngineContext, 'workspace' | 'host' | 'runJob'>,
  { pieceBytes = PIECE_BYTES, idleMs = IDLE_MS }: BackupsOptions = {},
): Backups {
  const copies = new Map<string, Copy>();

  async function end(id: string): Promise<void> {
    const copy = copies.get(id);
    if (!copy) return;
    copies.delete(id);
    clearTimeout(copy.timer);
    await rm(copy.folder, { recursive: true, force: true });
  }

  function waitForNext(id: string, copy: Copy): void {
    clearTimeout(copy.timer);
    copy.timer = setTimeout(() => end(id).catch(() => {}), idleMs).unref();
  }

  return {
    async begin() {
      const folder = createTemporaryFolder(tmpdir(), COPY_PREFIX);
      try {
        const file = join(folder, 'copy.hindcast');
        await copyWorkspace(workspace, runJob, file);
        const { size: bytes } = await stat(file);
        const id = randomUUID();
        const copy: Copy = { folder, file, bytes, timer: undefined };
        copies.set(id, copy);
        waitForNext(id, copy);
        const day = new Date(host.now()).toISOString().slice(0, 10);
        const stem = basename(workspace.path, extname(workspace.path));
        return { id, name: `${stem} ${day}.hindcast`, bytes };
      } catch (cause) {
        await rm(folder, { recursive: true, force: true });
        throw cause;
      }
    },
    async piece(id, from) {
      const copy = copies.get(id);
      if (!copy) throw new HindcastError('not-found', 'That copy of the workspace is gone: save it again.');
      waitForNext(id, copy);
      const file = await open(copy.file);
      try {
        const data = new Uint8Array(Math.max(0, Math.min(pieceBytes, copy.bytes - from)));
        const { bytesRead } = await file.read(data, 0, data.length, from);
        return new Blob([data.subarray(0, bytesRead)]);
      } finally {
        await file.close();
      }
    },
    end,
    async close() {
      await Promise.all([...copies.keys()].map(end));
    },
  };
}
