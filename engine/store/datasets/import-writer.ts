// Writes an import into the workspace, message by message. Until `finish` the version is in state `importing` and not listed.
import type { DatasetDetail, SeriesInfo } from '../../contract/datasets/dataset.ts';
import {
  type AheadPiece,
  type ChunkMessage,
  type DescribedSamples,
  type FromImporter,
  SAMPLE_ROLES,
  type TakenChunk,
} from '../../contract/processes/importer.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import type { DatasetVersionId } from '../../contract/values/ids.ts';
import type { Connection } from '../file/connection.ts';
import { hasRightLength, isKnownEncoding } from './chunk-codec.ts';
import { holdChunk, letGoOf, putChunk, removeUnused } from './chunks.ts';
import {
  readDetail,
  removeVersion,
  type StoredContent,
  selectVersion,
  sumUpContent,
  type VersionRow,
} from './dataset-versions.ts';

export type DescribedMessage = Extract<FromImporter, { readonly type: 'described' }>;

/** Every method throws `internal` for messages that contradict each other, and `disk-full`; call `abort` then. */
export interface ImportWriter {
  readonly versionId: DatasetVersionId;
  /** Once, before the first chunk. */
  describe(message: DescribedMessage): void;
  /** Takes one chunk; some of them are stored together. */
  chunk(message: ChunkMessage): void;
  /** Stores values whose columns are said later, by `take`. */
  ahead(pieces: readonly AheadPiece[]): void;
  /** Chunks of values that were stored ahead. */
  take(chunks: readonly TakenChunk[]): void;
  /** Goes through what was stored, a column a step, so that other work comes between. Without it `finish` does that at once. */
  sumUp(): Generator<void, void>;
  /** Makes the version ready; the same content as the dataset's newest version: that one is returned, and nothing is created. */
  finish(atMs: number): { readonly dataset: DatasetDetail; readonly created: boolean };
  /** Removes all that was stored; after a `finish` that was committed it does nothing. */
  abort(): void;
}

export interface NewImport {
  readonly name: string;
  readonly atMs: number;
}

/** Chunks that one transaction stores: 1 MiB, or a number of small ones. */
const BYTES_AT_ONCE = 2 ** 20;
const CHUNKS_AT_ONCE = 128;

interface Progress {
  described: DescribedMessage | null;
  /** Ids of stored columns, [series][column + 1]: the times come first. */
  columnIds: number[][];
  /** Stored ones. */
  chunks: number;
  /** Taken and not stored yet. */
  waiting: ChunkMessage[];
  /** By id of a column the position of its next chunk. */
  readonly next: Map<number, number>;
  /** What was stored ahead, in order. */
  readonly ahead: { readonly id: number; readonly rows: number }[];
  /** These are held. */
  isHolding: boolean;
  open: boolean;
  content: StoredContent | null;
}

export function beginImport(connection: Connection, { name, atMs }: NewImport): ImportWriter {
  const versionId = connection.transaction(() => addVersion(connection, name, atMs));
  const progress: Progress = {
    described: null,
    columnIds: [],
    chunks: 0,
    waiting: [],
    next: new Map(),
    ahead: [],
    isHolding: true,
    open: true,
    content: null,
  };
  function storeWaiting(): void {
    const { waiting } = progress;
    if (waiting.length === 0) return;
    connection.transaction(() => {
      for (const message of waiting) addChunk(connection, progress, message);
    });
    progress.waiting = [];
    progress.chunks += waiting.length;
    progress.content = null;
  }
  /** Removes what was stored ahead and is not used; once more where a `finish` was rolled back. */
  function removeLeft(): void {
    const ids = progress.ahead.map(({ id }) => id);
    if (progress.isHolding) letGoOf(connection, ids);
    progress.isHolding = false;
    if (ids.length > 0) removeUnused(connection, ids);
  }
  function* sumUp(): Generator<void, void> {
    storeWaiting();
    requireWhole(progress);
    progress.content = yield* sumUpContent(connection, versionId, ({ series, name }) =>
      contradiction(`only a part of the column "${name}" of the series "${series}"`),
    );
  }
  return {
    versionId,
    describe(message) {
      if (!progress.open || progress.described !== null) throw contradiction('a second description');
      connection.transaction(() => {
        progress.columnIds = storeDescription(connection, versionId, message);
      });
      progress.described = message;
    },
    chunk(message) {
      refuseBadChunk(progress, message);
      const { waiting } = progress;
      waiting.push(message);
      progress.next.set(columnIdOf(progress, message), message.position + 1);
      const bytes = waiting.reduce((sum, { data }) => sum + data.length, 0);
      if (bytes >= BYTES_AT_ONCE || waiting.length >= CHUNKS_AT_ONCE) storeWaiting();
    },
    ahead(pieces) {
      if (!progress.open || progress.described !== null) throw contradiction('values ahead of nothing');
      for (const piece of pieces) refuseBadData(piece, 'values');
      connection.transaction(() => {
        for (const piece of pieces) {
          const id = putChunk(connection, piece);
          holdChunk(connection, id);
          progress.ahead.push({ id, rows: piece.rows });
        }
      });
    },
    take(chunks) {
      storeWaiting();
      connection.transaction(() => {
        for (const chunk of chunks) takeChunk(connection, progress, chunk);
      });
      progress.chunks += chunks.length;
      progress.content = null;
    },
    sumUp,
    finish(atMs) {
      storeWaiting();
      const { described } = requireWhole(progress);
      if (progress.content === null) for (const _column of sumUp());
      const content = progress.content!;
      const result = connection.transaction(() =>
        finish(connection, { versionId, described, content, atMs }),
      );
      progress.open = false;
      removeLeft();
      return result;
    },
    abort() {
      progress.open = false;
      progress.waiting = [];
      removeLeft();
      // Asked of the store: a transaction around `finish` may have been rolled back after it.
      connection.transaction(() => {
        if (isImporting(connection, versionId)) removeVersion(connection, versionId);
      });
    },
  };
}

function isImporting(connection: Connection, versionId: DatasetVersionId): boolean {
  const sql = "SELECT 1 FROM dataset_version WHERE id = ? AND state = 'importing'";
  return connection.value(sql, versionId) !== undefined;
}

function contradiction(what: string): HindcastError {
  return new HindcastError('internal', `The import process sent ${what}: import the file again.`);
}

function addVersion(connection: Connection, name: string, atMs: number): DatasetVersionId {
  connection.run(
    'INSERT INTO dataset (name, created_at_ms) VALUES (?, ?) ON CONFLICT (name) DO NOTHING',
    name,
    atMs,
  );
  return connection.run(
    `INSERT INTO dataset_version (dataset_id, state, created_at_ms)
     VALUES ((SELECT id FROM dataset WHERE name = ?), 'importing', ?)`,
    name,
    atMs,
  ).id as DatasetVersionId;
}

function storeDescription(
  connection: Connection,
  versionId: DatasetVersionId,
  message: DescribedMessage,
): number[][] {
  const { recipe, report, setAsideRows, series, columns, samples, chunks } = message;
  const frequencies = new Set(series.map(({ frequency }) => frequency));
  connection.run(
    `UPDATE dataset_version SET recipe = ?, report = ?, column_list = ?, row_count = ?, series_count = ?, chunk_count = ?,
       set_aside = ?, start_us = ?, end_us = ?, frequency = ? WHERE id = ?`,
    JSON.stringify(samples ? { ...recipe, samples: samples.info } : recipe),
    JSON.stringify(report),
    JSON.stringify(columns),
    series.reduce((sum, { rows }) => sum + rows, samples?.rows ?? 0),
    series.length,
    chunks,
    report.rowsSetAside,
    least(series.map(({ startUs }) => startUs)),
    most(series.map(({ endUs }) => endUs)),
    frequencies.size === 1 ? ([...frequencies][0] ?? null) : null,
    versionId,
  );
  if (setAsideRows)
    connection.run('UPDATE dataset_version SET set_aside_rows = ? WHERE id = ?', setAsideRows, versionId);
  if (samples) return [addSamples(connection, versionId, samples)];
  return series.map((info, position) =>
    addSeries(connection, { versionId, position, info, timeName: recipe.timeColumn }),
  );
}

const least = (values: readonly number[]): number | null =>
  values.reduce<number | null>((low, value) => (low === null || value < low ? value : low), null);
const most = (values: readonly number[]): number | null =>
  values.reduce<number | null>((high, value) => (high === null || value > high ? value : high), null);

interface NewSeries {
  readonly versionId: DatasetVersionId;
  readonly position: number;
  readonly info: SeriesInfo;
  readonly timeName: string;
}

const INSERT_COLUMN = `
  INSERT INTO series_column (series_id, position, name, kind, missing, minimum, maximum, mean, categories)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`;

function addSeries(connection: Connection, { versionId, position, info, timeName }: NewSeries): number[] {
  const { id } = connection.run(
    `INSERT INTO series (dataset_version_id, position, name, row_count, start_us, end_us, step_us, frequency)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    versionId,
    position,
    info.name,
    info.rows,
    info.startUs,
    info.endUs,
    info.stepUs,
    info.frequency,
  );
  const ids = [connection.run(INSERT_COLUMN, id, -1, timeName, 'time', 0, null, null, null, null).id];
  for (const [position, { name, kind, missing, min, max, mean, categories }] of info.columns.entries()) {
    const names = categories === null ? null : JSON.stringify(categories);
    ids.push(connection.run(INSERT_COLUMN, id, position, name, kind, missing, min, max, mean, names).id);
  }
  return ids;
}

/** All samples are one table, kept like a series that has no times. */
function addSamples(
  connection: Connection,
  versionId: DatasetVersionId,
  { rows, info }: DescribedSamples,
): number[] {
  const { id } = connection.run(
    `INSERT INTO series (dataset_version_id, position, name, row_count, start_us, end_us, step_us, frequency)
     VALUES (?, 0, 'samples', ?, 0, 0, 0, '')`,
    versionId,
    rows,
  );
  const values = info.columns.map(({ name, kind, missing, min, max, mean, categories }, position) => {
    const names = categories === null ? null : JSON.stringify(categories);
    return connection.run(INSERT_COLUMN, id, position, name, kind, missing, min, max, mean, names).id;
  });
  const roles = SAMPLE_ROLES.map(
    (role, index) =>
      connection.run(INSERT_COLUMN, id, values.length + index, role, role, 0, null, null, null, null).id,
  );
  // Where a series has its times there is nothing.
  return [Number.NaN, ...values, ...roles];
}

type PlacedChunk = Omit<TakenChunk, 'ahead'>;

function refuseBadChunk(progress: Progress, message: ChunkMessage): void {
  refuseMisplaced(progress, message);
  refuseBadData(message, `chunk ${message.chunk}`);
}

function refuseMisplaced(progress: Progress, message: PlacedChunk): void {
  const { chunk, position } = message;
  if (!progress.open || progress.described === null)
    throw contradiction(`chunk ${chunk} without a description`);
  if (position < (progress.next.get(columnIdOf(progress, message)) ?? 0))
    throw contradiction(`chunk ${chunk} for position ${position} of a column, which has one already`);
}

function refuseBadData({ encoding, rows, data }: AheadPiece, what: string): void {
  if (isKnownEncoding(encoding) && hasRightLength({ encoding, rows, data })) return;
  throw contradiction(
    `${what} with ${data.length} bytes where ${rows} rows as ${encoding} take another number`,
  );
}

const INSERT_CHUNK = 'INSERT INTO column_chunk (series_column_id, position, chunk_id) VALUES (?, ?, ?)';

function takeChunk(connection: Connection, progress: Progress, taken: TakenChunk): void {
  refuseMisplaced(progress, taken);
  const { chunk, position, rows, ahead } = taken;
  const stored = progress.ahead[ahead];
  if (stored?.rows !== rows)
    throw contradiction(`chunk ${chunk} of values ${ahead}, which it did not send ahead`);
  const columnId = columnIdOf(progress, taken);
  connection.run(INSERT_CHUNK, columnId, position, stored.id);
  progress.next.set(columnId, position + 1);
}

function columnIdOf({ columnIds }: Progress, { chunk, series, column }: PlacedChunk): number {
  const id = columnIds[series]?.[column + 1];
  if (id !== undefined && !Number.isNaN(id)) return id;
  throw contradiction(`chunk ${chunk} for column ${column} of series ${series}, which it did not describe`);
}

function addChunk(connection: Connection, progress: Progress, message: ChunkMessage): void {
  connection.run(
    INSERT_CHUNK,
    columnIdOf(progress, message),
    message.position,
    putChunk(connection, message),
  );
}

/** @throws `internal` before all that was described is there. */
function requireWhole({ open, described, chunks }: Progress): { readonly described: DescribedMessage } {
  if (!open || described === null) throw contradiction('an end without a description');
  if (chunks !== described.chunks) throw contradiction(`${chunks} of ${described.chunks} chunks`);
  return { described };
}

interface Finished {
  readonly versionId: DatasetVersionId;
  readonly described: DescribedMessage;
  readonly content: StoredContent;
  readonly atMs: number;
}

function finish(
  connection: Connection,
  { versionId, described, content, atMs }: Finished,
): { dataset: DatasetDetail; created: boolean } {
  const newest = connection.get<VersionRow>(
    `${selectVersion(connection)} WHERE version.state = 'ready'
       AND version.dataset_id = (SELECT dataset_id FROM dataset_version WHERE id = ?)
     ORDER BY version.version DESC LIMIT 1`,
    versionId,
  );
  const same =
    newest !== undefined &&
    connection.value(
      'SELECT 1 FROM dataset_version WHERE id = ? AND content_hash = ?',
      newest.versionId,
      content.hash,
    ) !== undefined;
  if (same) {
    removeVersion(connection, versionId);
    return { dataset: readDetail(connection, newest), created: false };
  }
  connection.run(
    `UPDATE dataset_version SET state = 'ready', version = ?, content_hash = ?, bytes = ?, created_at_ms = ? WHERE id = ?`,
    nextVersion(connection, versionId),
    content.hash,
    content.bytes,
    atMs,
    versionId,
  );
  const row = connection.get<VersionRow>(`${selectVersion(connection)} WHERE version.id = ?`, versionId);
  if (row === undefined) throw contradiction(`${described.series.length} series for a version that is gone`);
  return { dataset: readDetail(connection, row), created: true };
}

/** The number of an earlier version is not reused while a later one exists. */
function nextVersion(connection: Connection, versionId: DatasetVersionId): number {
  const newest = connection.value<number | null>(
    `SELECT max(version) FROM dataset_version WHERE dataset_id = (SELECT dataset_id FROM dataset_version WHERE id = ?)`,
    versionId,
  );
  return (newest ?? 0) + 1;
}
