// The workspace: one SQLite file with everything in it. The holder of a Workspace is its only writer.
import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Repair } from '../contract/processes/check-file.ts';
import { HindcastError } from '../contract/values/errors.ts';
import type { DiskUse, WorkspaceInfo } from '../contract/workspace/engine-info.ts';
import { type Applied, applyRepairs } from './check/repairs.ts';
import { damageNotices } from './checks/damage-notices.ts';
import { createDamagedScores } from './checks/damaged-scores.ts';
import { keepRowChecksums } from './checks/row-checksums.ts';
import { removeMoreUnused } from './datasets/chunks.ts';
import { createDatasets, type Datasets } from './datasets/datasets.ts';
import { createEvents, type Events } from './events.ts';
import { listBackups } from './file/backups.ts';
import { type Connection, openConnection } from './file/connection.ts';
import { copyBetween, makeCopy, markCopy } from './file/copy-workspace.ts';
import { measureDiskUse } from './file/disk-use.ts';
import { keepLog, type LogKeeper } from './file/log-keeper.ts';
import { applyMigrations, findMigrationsFolder, type Migration, readMigrations } from './file/migrations.ts';
import { keepWorkspacePrivate, makePrivate } from './file/private-file.ts';
import { createWorkspaceFile, inspectWorkspaceFile, refuseBroken } from './file/workspace-file.ts';
import { type Checkpoints, createCheckpoints } from './runs/checkpoints.ts';
import { createLabResults, type LabResults } from './runs/lab-results.ts';
import { createMetrics, type Metrics } from './runs/metrics.ts';
import { createPoolRuns, type PoolRuns } from './runs/pool-runs.ts';
import { createProbes, type Probes } from './runs/probes.ts';
import { createQueue, type Queue } from './runs/queue.ts';
import { createRunFrames, type RunFrames } from './runs/run-frames.ts';
import { createRunLabels, type RunLabels } from './runs/run-labels.ts';
import { createRunList } from './runs/run-list.ts';
import { createRunTexts, type RunTexts } from './runs/run-texts.ts';
import { createRuns, type Runs } from './runs/runs.ts';
import { createScores, type Scores } from './runs/scores.ts';
import { createStudies, type Studies } from './runs/studies.ts';
import { createSettings, type Settings } from './settings.ts';

export interface OpenWorkspaceOptions {
  /** Makes the file where there is none. */
  readonly create: boolean;
  /** Default: the folder `migrations` beside the sources or above the bundle. */
  readonly migrationsFolder?: string | undefined;
  /** Milliseconds UTC. */
  readonly now: () => number;
  /** Gets a line for each statement over 40 ms and for each migration. */
  readonly logger?: ((line: string) => void) | undefined;
  /** Called when the file is there and before SQLite touches it: locks it for this process, or throws. */
  readonly claim?: ((file: string) => void) | undefined;
  /** What happened before opening, for the notices. */
  readonly notices?: readonly string[] | undefined;
}

export interface Workspace {
  /** Absolute. */
  readonly path: string;
  /** UUID, given at creation; a copy of the file has the same. */
  readonly id: string;
  readonly createdAtMs: number;
  /** What was found at opening and done about it, in sentences for the user. */
  readonly notices: readonly string[];
  /** Of the library that reads and writes the file. */
  readonly sqliteVersion: string;
  readonly datasets: Datasets;
  readonly runs: Runs;
  readonly studies: Studies;
  readonly queue: Queue;
  readonly metrics: Metrics;
  readonly probes: Probes;
  readonly texts: RunTexts;
  readonly frames: RunFrames;
  readonly scores: Scores;
  readonly checkpoints: Checkpoints;
  readonly events: Events;
  readonly settings: Settings;
  readonly labels: RunLabels;
  readonly labResults: LabResults;
  readonly poolRuns: PoolRuns;
  /** All or nothing; takes the write lock at once. Keep it to about 10 ms. */
  transaction<Result>(work: () => Result): Result;
  info(): WorkspaceInfo;
  diskUse(): DiskUse;
  /** Gives free pages back to the disk, at most this many (1,000 are 16 MB, about 10 ms); returns how many. */
  freePages(limit?: number): number;
  /** Moves the log beside the file into it, as far as there is room: the remedy when the log itself fills the disk. Throws nothing but `workspace-moved`. */
  shrinkLog(): void;
  /**
   * For a writer of many values: the log may grow further, on a disk with much room, since moving it into the file waits for the disk.
   * Returns what ends that.
   */
  letLogGrow(): () => void;
  /** Throws `workspace-moved` where the file was deleted, renamed or replaced since it was opened. Every write asks by itself. */
  refuseMoved(): void;
  /** The file may not grow beyond this many pages of 16 KiB; null: no limit. For tests of a full disk. */
  setPageLimit(pages: number | null): void;
  /** Writes a whole copy into a file that is not there yet, beside the running work. Throws `conflict`, `disk-full`, `workspace-unreachable`, ... */
  copyTo(path: string, signal?: AbortSignal): Promise<void>;
  /** Rows of runs that were compared with their checksums are compared again when they are listed next. */
  compareAgain(): void;
  /** Throws `workspace-damaged` with the first finding; reads the whole file. */
  checkIntegrity(): void;
  /** Repairs what a check found (check/check-file.ts). */
  repair(repairs: readonly Repair[]): Applied;
  close(): void;
}

const NO_PAGE_LIMIT = 4_294_967_294;

/**
 * Opens a workspace as its only writer; with `create`, makes it where there is none. A refused open leaves file and folder as they were.
 *
 * Throws HindcastError `file-missing`, `workspace-not-ours`, `workspace-newer`, `workspace-read-only`, `workspace-damaged`, `disk-full`, ...
 */
export function openWorkspace(path: string, options: OpenWorkspaceOptions): Workspace {
  const file = resolve(path);
  const migrations = readMigrations(options.migrationsFolder ?? findMigrationsFolder());
  const notices: string[] = [...(options.notices ?? [])];
  if (statSync(file, { throwIfNoEntry: false }) === undefined) {
    if (!options.create) throw missing(file);
    notices.push(...createWorkspaceFile(file, migrations, options));
  }
  options.claim?.(file);
  const inspected = inspectWorkspaceFile(file, migrations, options);
  notices.push(...inspected.notices);
  // SQLite gives the files that it makes beside the workspace the workspace's own mode.
  keepWorkspacePrivate(file);
  const connection = openConnection(file, options);
  let log: LogKeeper | undefined;
  try {
    connection.pragma('journal_mode = WAL');
    connection.pragma('synchronous = NORMAL');
    // No other process should write. A longer wait for a lock would block every caller; a run pauses instead.
    connection.pragma('busy_timeout = 500');
    connection.pragma('foreign_keys = ON');
    // Only the log's keeper begins a new log.
    connection.pragma('wal_autocheckpoint = 0');
    if (inspected.applied < migrations.length) upgrade(connection, migrations, inspected.applied, options);
    keepRowChecksums(connection);
    log = keepLog(connection, options.logger);
    notices.push(...damageNotices(connection));
    const workspace = assemble(connection, log, notices);
    sweepHalfWritten(workspace, options.logger);
    return workspace;
  } catch (cause) {
    if (log) log.close();
    else connection.close();
    throw cause;
  }
}

/** What a killed host left half-written does not count, so that a full disk, which may forbid removing it, is no reason to refuse. */
function sweepHalfWritten({ checkpoints }: Workspace, logger: OpenWorkspaceOptions['logger']): void {
  try {
    const swept = checkpoints.sweep();
    if (swept > 0) logger?.(`removed ${swept} half-written checkpoint${swept === 1 ? '' : 's'}`);
  } catch (cause) {
    if (!(cause instanceof HindcastError) || cause.code !== 'disk-full') throw cause;
    logger?.(cause.message);
  }
}

function missing(path: string): HindcastError {
  return new HindcastError(
    'file-missing',
    `There is no workspace ${path}: see the path, or make a new one.`,
    {
      details: { path },
    },
  );
}

function upgrade(
  connection: Connection,
  migrations: readonly Migration[],
  applied: number,
  options: OpenWorkspaceOptions,
): void {
  const copy = backUp(connection, applied + 1);
  options.logger?.(
    `migrating ${connection.path} to schema ${migrations.length}; the file as it was: ${copy}`,
  );
  applyMigrations(connection, migrations, applied, options.now);
  // Into the file itself, so that an older Hindcast sees the new number without reading the log.
  connection.pragma('wal_checkpoint(TRUNCATE)');
}

/** Copies the workspace beside itself; an earlier copy of that name stays. */
function backUp(connection: Connection, migration: number): string {
  const base = `${connection.path}.before-migration-${migration}`;
  let copy = base;
  for (let count = 2; existsSync(copy); count++) copy = `${base}-${count}`;
  const draft = `${copy}.new-${process.pid}`;
  try {
    rmSync(draft, { force: true });
    makePrivate(draft);
    connection.run('VACUUM INTO ?', draft);
    markCopy(draft);
    renameSync(draft, copy);
  } finally {
    rmSync(draft, { force: true });
  }
  return copy;
}

function assemble(connection: Connection, log: LogKeeper, notices: readonly string[]): Workspace {
  const damagedScores = createDamagedScores(connection);
  const runList = createRunList(connection, damagedScores);
  const scores = createScores(connection, { runList, damagedScores });
  const checkpoints = createCheckpoints(connection);
  const metrics = createMetrics(connection);
  const events = createEvents(connection);
  const settings = createSettings(connection);
  const compareAgain = (): void => {
    damagedScores.forgetAll();
    runList.forgetAll();
  };
  const { id, createdAtMs } = connection.get<{ id: string; createdAtMs: number }>(
    'SELECT id, created_at_ms AS createdAtMs FROM workspace',
  ) ?? { id: '', createdAtMs: 0 };
  return {
    path: connection.path,
    id,
    createdAtMs,
    notices,
    sqliteVersion: connection.value<string>('SELECT sqlite_version()') ?? 'unknown',
    datasets: createDatasets(connection, runList),
    runs: createRuns(connection, { runList, scores, checkpoints, metrics, damagedScores }),
    labResults: createLabResults(connection),
    poolRuns: createPoolRuns(connection),
    studies: createStudies(connection),
    queue: createQueue(connection, { runList, settings }),
    metrics,
    probes: createProbes(connection),
    texts: createRunTexts(connection),
    frames: createRunFrames(connection),
    scores,
    checkpoints,
    events,
    settings,
    labels: createRunLabels(connection),
    transaction: (work) => connection.transaction(work),
    info: () => readInfo(connection, events),
    diskUse: () => measureDiskUse(connection),
    freePages: (limit = 1_000) => freePages(connection, limit),
    shrinkLog: log.checkpoint,
    letLogGrow: log.letGrow,
    refuseMoved: log.refuseMoved,
    setPageLimit: (pages) => {
      connection.pragma(`max_page_count = ${pages ?? NO_PAGE_LIMIT}`);
    },
    copyTo: (path, signal) => makeCopy(path, (draft) => copyBetween(connection, draft, signal)),
    compareAgain,
    checkIntegrity: () => refuseBroken(connection),
    repair(repairs) {
      const backups = listBackups(connection.path).map(({ path }) => path);
      const applied = applyRepairs({ connection, backups }, repairs);
      compareAgain();
      return applied;
    },
    close: log.close,
  };
}

function readInfo(connection: Connection, events: Events): WorkspaceInfo {
  const count = (table: string): number => connection.value<number>(`SELECT count(*) FROM ${table}`) ?? 0;
  return {
    path: connection.path,
    schemaVersion: Number(connection.pragma('user_version')),
    createdAtMs: connection.value<number>('SELECT created_at_ms FROM workspace') ?? 0,
    datasets:
      connection.value<number>(
        "SELECT count(DISTINCT dataset_id) FROM dataset_version WHERE state = 'ready'",
      ) ?? 0,
    runs: count('run'),
    lastSequence: events.lastSequence(),
    diskUse: measureDiskUse(connection),
  };
}

function freePages(connection: Connection, limit: number): number {
  const isMoreToRemove = removeMoreUnused(connection);
  const before = Number(connection.pragma('freelist_count'));
  // As a statement that is stepped to its end: `incremental_vacuum` frees one page a step.
  connection.script(`PRAGMA incremental_vacuum(${Math.max(1, Math.floor(limit))})`);
  const freed = before - Number(connection.pragma('freelist_count'));
  return isMoreToRemove ? Math.max(1, freed) : freed;
}
