// Manages the log of a hosted workspace: marks it (log-mark.ts), moves it into the file when it has grown, and stops all writing
// when another file is under the workspace's name. SQLite's own automatic checkpoints are off, because they would begin a new log
// without a mark.
import { randomBytes } from 'node:crypto';
import { copyFileSync, existsSync, rmSync, statfsSync, statSync, truncateSync } from 'node:fs';
import type { Connection } from './connection.ts';
import { holdFile } from './held-file.ts';
import { decodeMark, encodeMark, NO_MARK } from './log-mark.ts';
import { freeName } from './set-aside.ts';
import { codeOf } from './sqlite-errors.ts';

/** 4 MiB: SQLite's default of 1,000 pages is 16 MiB with pages of 16 KiB, a lot on a disk that is nearly full. */
const CHECKPOINT_BYTES = 4 * 2 ** 20;
/** While many values are written: each move waits for the disk, half a second on a slow one. */
const GROWN_BYTES = 128 * 2 ** 20;
/** Times this must be free for that. */
const FREE_FOR_GROWN = 16;
const BUSY_TIMEOUT_MS = 500;

export interface LogKeeper {
  /** Throws `workspace-moved`. */
  refuseMoved(): void;
  /** Moves the log into the file, as far as readers and the disk allow; throws `workspace-moved` alone. */
  checkpoint(): void;
  /** The log may grow further, where the disk has much room, until the returned function is called. That one may be called after `close`. */
  letGrow(): () => void;
  /** Closes the connection, and leaves a file that was overwritten as it is. */
  close(): void;
}

export function keepLog(connection: Connection, logger?: (line: string) => void): LogKeeper {
  const { path } = connection;
  const log = `${path}-wal`;
  const held = holdFile(path);
  /** Marks that the file itself may have now: the one of the last whole checkpoint, and those given since. */
  let marks = new Set<string>();
  let current = NO_MARK;
  /** A schema of before has no marks. */
  const hasMarks = connection.value("SELECT 1 FROM sqlite_schema WHERE name = 'log_mark'") !== undefined;
  let isMarkDue = hasMarks;
  /** The file has a mark that this host gave it. */
  let isOwnFile = !hasMarks;
  let isWorking = false;
  /** What the last move left in the log. */
  let leftBytes = 0;
  let growing = 0;
  let isClosed = false;
  let isGrown = false;
  connection.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);

  function mark(): void {
    if (!hasMarks) return;
    const next = randomBytes(16).toString('hex');
    connection.run('UPDATE log_mark SET mark = ?', encodeMark({ before: current, now: next }));
    marks.add(next);
    current = next;
  }

  function refuseMoved(): void {
    held.refuseMoved();
    if (hasMarks) held.refuseOverwritten(marks);
  }

  /** The first log of a host belongs to a file with a mark that no copy made before has: putting such a copy back leaves the log behind. */
  function beginLog(): void {
    if (!isOwnFile) moveLog();
    isOwnFile = true;
    mark();
  }

  /** Writes of the keeper itself are not guarded. */
  function alone(work: () => void): void {
    if (isWorking) return;
    isWorking = true;
    try {
      work();
    } finally {
      isWorking = false;
    }
  }

  function moveLog(): void {
    refuseMoved();
    try {
      mark();
    } catch (cause) {
      // Without room for the mark the checkpoint itself may make room.
      logger?.(`the log was not marked: ${String(cause)}`);
    }
    // A reader is not waited for: what it keeps from being moved is moved the next time.
    connection.pragma('busy_timeout = 0');
    try {
      const [result] = connection.all<{ log: number; checkpointed: number }>(
        'PRAGMA wal_checkpoint(TRUNCATE)',
      );
      if (result && result.log === result.checkpointed) {
        marks = new Set([current]);
        isMarkDue = hasMarks;
      }
    } catch (cause) {
      logger?.(`the log was not moved into the file: ${String(cause)}`);
    } finally {
      connection.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
      held.changed();
      leftBytes = logBytes();
      isGrown = growing > 0 && hasMuchRoom(path);
    }
  }

  function moveIfLarge(): void {
    if (isClosed || isWorking || logBytes() < leftBytes + (isGrown ? GROWN_BYTES : CHECKPOINT_BYTES)) return;
    try {
      alone(moveLog);
    } catch (cause) {
      logger?.(`the log was not moved into the file: ${String(cause)}`);
    }
  }

  const logBytes = (): number => statSync(log, { throwIfNoEntry: false })?.size ?? 0;

  const value = hasMarks ? connection.value<Buffer>('SELECT mark FROM log_mark') : undefined;
  current = (value && decodeMark(value)?.now) ?? NO_MARK;
  marks.add(current);
  // What a crash left in the log is in the file from now on.
  if (logBytes() > 0) alone(moveLog);
  connection.guardWrites({
    before() {
      if (isWorking) return;
      refuseMoved();
      if (!isMarkDue) return;
      alone(beginLog);
      isMarkDue = false;
    },
    after: moveIfLarge,
  });

  return {
    refuseMoved,
    checkpoint: () => alone(moveLog),
    letGrow() {
      growing++;
      isGrown = hasMuchRoom(path);
      return () => {
        growing--;
        isGrown &&= growing > 0;
        moveIfLarge();
      };
    },
    close() {
      isClosed = true;
      try {
        if (hasMarks) held.refuseOverwritten(marks);
        if (!held.isInPlace()) connection.all('PRAGMA wal_checkpoint(TRUNCATE)');
      } catch (cause) {
        logger?.(`the workspace was closed as it is: ${String(cause)}`);
        if (isOverwritten(cause)) keepLogFromFile(log);
      }
      connection.close();
      // SQLite leaves these where the file went away from under its name.
      if (!held.isInPlace() && logBytes() === 0)
        for (const name of [log, `${path}-shm`]) rmSync(name, { force: true });
      held.close();
    },
  };
}

function hasMuchRoom(path: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(path);
    return bavail * bsize >= FREE_FOR_GROWN * GROWN_BYTES;
  } catch {
    return false;
  }
}

const isOverwritten = (cause: unknown): boolean => codeOf(cause) === 'workspace-moved';

/** Closing would replay the log into content that it does not belong to: a copy is kept, and the log itself is empty. */
function keepLogFromFile(log: string): void {
  if (!existsSync(log)) return;
  copyFileSync(log, freeName(`${log}.aside`));
  truncateSync(log, 0);
}
