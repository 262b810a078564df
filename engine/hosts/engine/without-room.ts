// Opens a workspace on a disk without a free byte, where SQLite cannot even read it, since its log and the log's index need room: a
// private copy in the temporary folder is opened instead. What makes room (deleting, stopping) is done in the copy, which is then written
// back into the file.
import { existsSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { HindcastError } from '../../contract/values/errors.ts';
import { sweepTemporaryFolders } from '../../data/import/source/temporary.ts';
import type { Log } from '../../services/context.ts';
import { finishPutBack, isUnfinished, putBack } from '../../store/file/put-back.ts';
import { hasReserve, RESERVE_BYTES, restoreReserve } from '../../store/file/reserve.ts';
import { type EngineHost, type EngineHostOptions, startEngineHost } from './engine-host.ts';
import { FileIsHeld, lockWorkspace } from './host-locks.ts';
import { leaveWord } from './leave-word.ts';
import { copyAway } from './private-copy.ts';
import { MAKE_ROOM } from './with-reserve.ts';

const PREFIX = 'hindcast-room-';

/** Too little room for a log, and no reserve to give up. */
export function lacksRoom(workspacePath: string): boolean {
  if (!existsSync(workspacePath) || hasReserve(workspacePath)) return false;
  const { bavail, bsize, blocks } = statfsSync(workspacePath);
  // Some network drives report no sizes at all.
  return blocks > 0 && bavail * bsize < RESERVE_BYTES;
}

/** @returns null when another process hosts the workspace. Throws `disk-full` where the temporary folder lacks the room, too. */
export async function startWithoutRoom(
  options: Omit<EngineHostOptions, 'readOnly'>,
): Promise<EngineHost | null> {
  const { workspacePath, log } = options;
  const locks = lockWorkspace(workspacePath);
  if (!locks) return null;
  try {
    locks.claim(workspacePath);
    finishPutBack(workspacePath);
    const host = await startOnCopy(options);
    const { port, token } = host;
    const { id } = host.workspace;
    const rendezvous = {
      pid: process.pid,
      port,
      token,
      version: options.version,
      workspace: workspacePath,
      id,
    };
    const word = leaveWord(workspacePath, rendezvous, { notePath: locks.notePath(), log });
    return {
      ...host,
      async close() {
        word.remove();
        await host.close();
        locks.release();
      },
    };
  } catch (cause) {
    locks.undo();
    if (cause instanceof FileIsHeld) return null;
    throw cause;
  }
}

async function startOnCopy(options: Omit<EngineHostOptions, 'readOnly'>): Promise<EngineHost> {
  const { workspacePath, log } = options;
  sweepTemporaryFolders(tmpdir(), PREFIX, isUnfinished);
  const { copy, remove } = copyAway(workspacePath, PREFIX);
  let isChanged = false;
  const readOnly = {
    path: workspacePath,
    code: 'disk-full',
    sentence: `The disk of ${workspacePath} is full: it is shown from a copy, and nothing but deleting and stopping can be done until there is room.`,
    allowed: MAKE_ROOM,
    onChange() {
      isChanged = true;
    },
  } as const;
  try {
    const host = await startEngineHost({ ...options, workspacePath: copy, readOnly });
    if (!host) throw new HindcastError('internal', `The private copy ${copy} is open elsewhere.`);
    return {
      ...host,
      async close() {
        await host.close();
        if (isChanged) putBackOrKeep(workspacePath, copy, log);
        else remove();
      },
    };
  } catch (cause) {
    remove();
    throw cause;
  }
}

function putBackOrKeep(workspacePath: string, copy: string, log: Log): void {
  try {
    putBack(workspacePath, copy);
    restoreReserve(workspacePath);
  } catch (cause) {
    const why = HindcastError.wrap(cause, 'it could not be written').message;
    log({
      level: 'notice',
      message: `The changed copy ${copy} is not in ${workspacePath} yet (${why}): the next start writes it there.`,
    });
  }
}
