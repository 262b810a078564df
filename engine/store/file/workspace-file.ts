// The workspace as a file: recognises it before SQLite may touch it, and creates a new one.
// Nothing here changes an existing file, so a refused workspace stays as it was, byte for byte. A log beside the file that does
// not belong to it (log-mark.ts) is renamed, and only where the file is then opened without it.
import { randomBytes, randomUUID } from 'node:crypto';
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  fsyncSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname } from 'node:path';
import { HindcastError } from '../../contract/values/errors.ts';
import { wordsOf } from '../../contract/values/system-errors.ts';
import { keepRowChecksums } from '../checks/row-checksums.ts';
import { type Connection, type ConnectionOptions, openConnection } from './connection.ts';
import { encodeMark, judgeLog, NO_MARK } from './log-mark.ts';
import { appliedMigrations, applyMigrations, type Migration, newer } from './migrations.ts';
import { setLogAside } from './set-aside.ts';
import { codeOf, damaged, readOnly, storeError } from './sqlite-errors.ts';

/** 'Hcst', bytes 68 to 71 of the file. */
export const APPLICATION_ID = 0x48637374;
const PAGE_SIZE = 16384;
/** Files up to this size are checked whole at each start: about 50 ms at the limit. */
const WHOLE_CHECK_BYTES = 32 * 2 ** 20;
const HEADER_BYTES = 100;
const SQLITE_MAGIC = 'SQLite format 3\0';

type Settings = Pick<ConnectionOptions, 'now' | 'logger'>;

export interface Inspected {
  /** Migrations that the file has. */
  readonly applied: number;
  /** Sentences for the user: what was found beside the file and set aside. */
  readonly notices: readonly string[];
}

/**
 * Makes a workspace with the newest schema: under another name first, so that a half-made one is never at `path`.
 * Throws `workspace-read-only`, `file-missing` (no such folder), `disk-full`, `conflict` (a file has appeared there).
 */
export function createWorkspaceFile(
  path: string,
  migrations: readonly Migration[],
  settings: Settings,
): string[] {
  refuseMissingFolder(path);
  refuseReadOnlyFolder(path);
  const draft = `${path}.new-${process.pid}`;
  try {
    writeFileSync(draft, '', { flag: 'w', mode: 0o600 });
    fillDraft(draft, migrations, settings);
    writeThrough(draft);
    if (existsSync(path)) {
      throw new HindcastError('conflict', `A file appeared at ${path}: open it, or choose another name.`);
    }
    // What an earlier file of this name left would be replayed into the new one.
    const { names } = setLogAside(path, ['-journal', '-wal', '-shm']);
    renameSync(draft, path);
    return names.length === 0
      ? []
      : [
          `Beside the new workspace ${path} lay files of an earlier one of its name; they are now ${listed(names)}.`,
        ];
  } catch (cause) {
    throw storeError(cause, path, 'making a new file');
  } finally {
    for (const ending of ['', '-journal', '-wal', '-shm']) rmSync(draft + ending, { force: true });
  }
}

function fillDraft(draft: string, migrations: readonly Migration[], settings: Settings): void {
  const connection = openConnection(draft, settings);
  try {
    // Nobody else sees the draft, and a half-made one is thrown away: it is written through once, at its end.
    connection.pragma('synchronous = OFF');
    connection.pragma('journal_mode = MEMORY');
    // Before the first table: none of these can be changed cheaply later.
    connection.pragma(`page_size = ${PAGE_SIZE}`);
    connection.pragma('auto_vacuum = INCREMENTAL');
    connection.pragma(`application_id = ${APPLICATION_ID}`);
    applyMigrations(connection, migrations, 0, settings.now);
    keepRowChecksums(connection);
    connection.run(
      'INSERT INTO workspace (only_row, id, created_at_ms) VALUES (1, ?, ?)',
      randomUUID(),
      settings.now(),
    );
    markAnew(connection);
  } finally {
    connection.close();
  }
}

/** The file is on the disk before it gets its name. */
function writeThrough(path: string): void {
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** A mark of its own for a file that no log belongs to: a new one, or a copy. */
export function markAnew(connection: Connection): void {
  if (connection.value("SELECT 1 FROM sqlite_schema WHERE name = 'log_mark'") === undefined) return;
  connection.run(
    'UPDATE log_mark SET mark = ?',
    encodeMark({ before: NO_MARK, now: randomBytes(16).toString('hex') }),
  );
}

/**
 * Refuses what is not a healthy workspace that this program can write.
 * Throws `workspace-not-ours`, `workspace-newer`, `workspace-read-only`, `workspace-damaged`, `file-unreadable`, `conflict`.
 */
export function inspectWorkspaceFile(
  path: string,
  migrations: readonly Migration[],
  settings: Settings,
): Inspected {
  refuseForeign(path, readHeader(path), migrations.length);
  refuseReadOnlyFile(path);
  refuseReadOnlyFolder(path);
  refuseSecondName(path);
  const verdict = judgeLog(path);
  const look = (check: Check): number => lookInto(path, migrations, settings, check);
  if (verdict === 'none' || verdict === 'belongs') return { applied: look('quick'), notices: [] };
  if (verdict === 'foreign') return withoutLog(path, () => look('whole'));
  try {
    return { applied: look('whole'), notices: [] };
  } catch (cause) {
    if (codeOf(cause) !== 'workspace-damaged') throw cause;
    try {
      return withoutLog(path, () => look('whole'));
    } catch {
      throw cause;
    }
  }
}

/** The file alone; where that is refused too, everything has its name again. */
function withoutLog(path: string, look: () => number): Inspected {
  const aside = setLogAside(path);
  try {
    const applied = look();
    const notice = `The log beside ${path} belongs to another file that had this name, so it was not applied; it is now ${listed(aside.names)}.`;
    return { applied, notices: [notice] };
  } catch (cause) {
    aside.undo();
    throw cause;
  }
}

const listed = (names: readonly string[]): string => names.map((name) => basename(name)).join(' and ');

/** `quick` leaves large files unread. */
type Check = 'quick' | 'whole';

function lookInto(path: string, migrations: readonly Migration[], settings: Settings, check: Check): number {
  // Without a log, a connection that only reads changes nothing, and SQLite takes its -wal and -shm away again at close.
  // With one (the last host was killed) closing would write the log into the file: so a read-only connection looks first.
  // It leaves a -shm, which goes again where none was.
  const readonly = existsSync(`${path}-wal`);
  const hadIndex = existsSync(`${path}-shm`);
  try {
    return readState(openConnection(path, { ...settings, readonly }), migrations, check);
  } catch (cause) {
    if (readonly && !hadIndex) rmSync(`${path}-shm`, { force: true });
    throw cause;
  }
}

function readState(connection: Connection, migrations: readonly Migration[], check: Check): number {
  try {
    const applied = appliedMigrations(connection, migrations);
    if (applied === 0) throw damaged(connection.path, 'it has no record of its migrations');
    if (check === 'whole') refuseContradictions(connection);
    else if (statSync(connection.path).size <= WHOLE_CHECK_BYTES) refuseBroken(connection);
    return applied;
  } finally {
    connection.close();
  }
}

/** As `refuseBroken`, and compares indexes with their tables. */
function refuseContradictions(connection: Connection): void {
  const finding = String(connection.pragma('integrity_check(1)'));
  if (finding !== 'ok') throw damaged(connection.path, finding.replace(/\s+/g, ' '));
}

/** Throws `workspace-damaged` with what `PRAGMA quick_check` found first. */
export function refuseBroken(connection: Connection): void {
  const finding = String(connection.pragma('quick_check(1)'));
  if (finding !== 'ok') throw damaged(connection.path, finding.replace(/\s+/g, ' '));
}

function readHeader(path: string): Buffer {
  if (!statSync(path).isFile()) throw notOurs(path, 'it is not a regular file');
  const header = Buffer.alloc(HEADER_BYTES);
  try {
    const file = openSync(path, 'r');
    try {
      return header.subarray(0, readSync(file, header, 0, HEADER_BYTES, 0));
    } finally {
      closeSync(file);
    }
  } catch (cause) {
    throw new HindcastError(
      'file-unreadable',
      `The workspace ${path} cannot be read (${wordsOf(codeOf(cause))}).`,
      {
        cause,
      },
    );
  }
}

/** Layout of the header: https://www.sqlite.org/fileformat2.html#the_database_header */
function refuseForeign(path: string, header: Buffer, known: number): void {
  if (header.length === 0) throw notOurs(path, 'it is empty');
  const isSqlite = header.toString('latin1', 0, 16) === SQLITE_MAGIC;
  const isOurs = header.length >= 72 && header.readUInt32BE(68) === APPLICATION_ID;
  if (!isSqlite && (isOurs || header.every((byte) => byte === 0)))
    throw damaged(path, 'its first page is spoilt');
  if (!isSqlite) throw notOurs(path, 'it is no SQLite file');
  if (header.length < HEADER_BYTES) throw damaged(path, 'it is cut off in its first page');
  if (!isOurs) throw notOurs(path, 'it is the SQLite file of another program');
  const schemaVersion = header.readUInt32BE(60);
  if (schemaVersion > known) throw newer(path, schemaVersion, known);
}

function notOurs(path: string, why: string): HindcastError {
  return new HindcastError(
    'workspace-not-ours',
    `${path} is not a Hindcast workspace (${why}): choose another file, or a new name.`,
    { details: { path } },
  );
}

function refuseReadOnlyFile(path: string): void {
  try {
    closeSync(openSync(path, 'r+'));
  } catch (cause) {
    throw readOnly(path, `the file: ${wordsOf(codeOf(cause))}`, cause);
  }
}

function refuseReadOnlyFolder(path: string): void {
  try {
    accessSync(dirname(path), constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw readOnly(path, `its folder: ${wordsOf(codeOf(cause))}`, cause);
  }
}

/** SQLite's log goes by name: under two names one file would have two logs. */
function refuseSecondName(path: string): void {
  const { nlink } = statSync(path);
  if (nlink < 2) return;
  throw new HindcastError(
    'workspace-unreachable',
    `The workspace ${path} has ${nlink} names (hard links), and changes under one are not seen under the others: delete the other names, or copy the file (cp, not ln) and open the copy.`,
    { details: { path, names: nlink } },
  );
}

function refuseMissingFolder(path: string): void {
  if (statSync(dirname(path), { throwIfNoEntry: false })?.isDirectory()) return;
  throw new HindcastError(
    'file-missing',
    `The folder ${dirname(path)} for a new workspace does not exist: make it first, or choose another one.`,
    { details: { path } },
  );
}
