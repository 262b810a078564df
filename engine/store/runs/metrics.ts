// Metric rows: one for each step or epoch, a BLOB of float64 in the order of the declared names, then a checksum
// (check/checksums.ts) that rows of an older Hindcast lack. No gaps, no duplicates.

import type { MetricsFrame } from '../../contract/datasets/frames.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import type { RunId } from '../../contract/values/ids.ts';
import { isAsStored, sealRow } from '../check/checksums.ts';
import { blobCell } from '../checks/blob-cell.ts';
import { requireWhole } from '../checks/row-checksums.ts';
import { metricNamesOfRun } from '../checks/trusted-rows.ts';
import type { Connection } from '../file/connection.ts';

export type MetricScope = 'step' | 'epoch';

export interface Metrics {
  /** Names of the values of each row, in order; the same again is fine. Throws `conflict` for others. */
  declare(runId: RunId, scope: MetricScope, names: readonly string[]): void;
  names(runId: RunId, scope: MetricScope): string[];
  /**
   * Adds rows of neighbouring indices.
   * @param values [count, names.length], row by row
   * Throws `conflict` where `firstIndex` is not the one after the last stored, `internal` where the shape is wrong, `disk-full`; then nothing is added.
   */
  append(runId: RunId, scope: MetricScope, firstIndex: number, count: number, values: Float64Array): void;
  /** Removes the rows after that step and that epoch. */
  truncateAfter(runId: RunId, index: { readonly step: number; readonly epoch: number }): void;
  /**
   * Rows in order of index, bit for bit as appended.
   * @param options.names default: all; unknown ones throw `not-found`
   * @param options.after only rows with a greater index
   * @param options.most at most that many rows, the first ones; default: all
   */
  read(
    runId: RunId,
    scope: MetricScope,
    options?: {
      readonly names?: readonly string[] | undefined;
      readonly after?: number | undefined;
      readonly most?: number | undefined;
    },
  ): MetricsFrame;
  /** 0 where there is no row. */
  lastIndex(runId: RunId, scope: MetricScope): number;
  /**
   * Compares some rows that were not looked at yet with their checksums; true when all are. `read` compares what is left, all at once:
   * a host calls this before, between other calls. Throws `workspace-damaged`.
   */
  compareSome(runId: RunId, scope: MetricScope): boolean;
  /** Bytes of all values of the run. */
  bytes(runId: RunId): number;
}

const FLOAT_BYTES = 8;
/** Values of one page of a read: 16 MB as text. */
const PAGE_CELLS = 2 ** 20;

export function createMetrics(connection: Connection): Metrics {
  const names = (runId: RunId, scope: MetricScope): string[] =>
    connection.values<string>(
      'SELECT name FROM run_metric_name WHERE run_id = ? AND scope = ? ORDER BY position',
      runId,
      scope,
    );
  const lastIndex = (runId: RunId, scope: MetricScope): number => lastIndexOf(connection, runId, scope);
  const checked = createChecked(connection);
  return {
    names,
    lastIndex,
    declare: (runId, scope, wanted) =>
      declare(connection, { runId, scope, wanted, known: names(runId, scope) }),
    append(runId, scope, firstIndex, count, values) {
      const width = names(runId, scope).length;
      refuseWrongShape({ runId, scope, count, width, length: values.length });
      if (count === 0) return;
      connection.transaction(() => {
        refuseGap({ runId, scope, firstIndex, last: lastIndex(runId, scope) });
        insertRows(connection, { runId, scope, firstIndex, count, values });
      });
      checked.written(runId, scope, firstIndex, firstIndex + count - 1);
    },
    truncateAfter(runId, { step, epoch }) {
      connection.transaction(() => {
        connection.run('DELETE FROM run_step_metric WHERE run_id = ? AND step > ?', runId, step);
        connection.run('DELETE FROM run_epoch_metric WHERE run_id = ? AND epoch > ?', runId, epoch);
      });
    },
    read(runId, scope, options = {}) {
      const known = names(runId, scope);
      const wanted = options.names ?? known;
      refuseUnknown(runId, wanted, known);
      requireWhole(connection, `run ${runId}`, [metricNamesOfRun(runId)]);
      while (!checked.compareSome(runId, scope, known.length));
      const after = Math.max(0, options.after ?? 0);
      const last = Math.min(lastIndex(runId, scope), after + (options.most ?? Number.POSITIVE_INFINITY));
      return readFrame(connection, { runId, scope, known, wanted, after, last });
    },
    compareSome: (runId, scope) => checked.compareSome(runId, scope, names(runId, scope).length),
    bytes: (runId) =>
      (['step', 'epoch'] as const).reduce(
        (sum, scope) => sum + lastIndex(runId, scope) * names(runId, scope).length * FLOAT_BYTES,
        0,
      ),
  };
}

interface Checked {
  /** Rows that this process wrote are as they were written. */
  written(runId: RunId, scope: MetricScope, first: number, last: number): void;
  /** Compares a page of the rows that were not looked at yet; true when all are. Throws `workspace-damaged`. */
  compareSome(runId: RunId, scope: MetricScope, width: number): boolean;
}

/** Rows of a page of the comparison: a few milliseconds. */
const CHECKED_ROWS = 2_000;

/** Each row is compared once while the workspace is open: reading it again costs nothing more. */
function createChecked(connection: Connection): Checked {
  const upTo = new Map<string, number>();
  return {
    written(runId, scope, first, last) {
      const key = `${runId} ${scope}`;
      if ((upTo.get(key) ?? 0) >= first - 1) upTo.set(key, last);
    },
    compareSome(runId, scope, width) {
      const key = `${runId} ${scope}`;
      const rows = connection.all<{ at: number; metric_values: Buffer }>(
        `SELECT ${scope} AS at, ${blobCell('metric_values')} FROM run_${scope}_metric WHERE run_id = ? AND ${scope} > ? ORDER BY ${scope} LIMIT ${CHECKED_ROWS}`,
        runId,
        upTo.get(key) ?? 0,
      );
      const broken = rows.find(({ at, metric_values }) => !isAsStored(metric_values, at, width));
      if (broken) throw brokenRow(connection.path, runId, scope, broken.at);
      const last = rows.at(-1);
      if (last) upTo.set(key, last.at);
      return rows.length < CHECKED_ROWS;
    },
  };
}

function brokenRow(path: string, runId: RunId, scope: MetricScope, at: number): HindcastError {
  return new HindcastError(
    'workspace-damaged',
    `The metrics of run ${runId} at ${scope} ${at} are not what was stored in ${path}: \`hindcast check\` lists all damage, and repairs some with --repair; or restore a backup.`,
    { details: { path, run: runId } },
  );
}

interface Declaration {
  readonly runId: RunId;
  readonly scope: MetricScope;
  readonly wanted: readonly string[];
  readonly known: readonly string[];
}

function declare(connection: Connection, { runId, scope, wanted, known }: Declaration): void {
  if (known.length > 0) {
    if (wanted.length === known.length && wanted.every((name, position) => name === known[position])) return;
    throw new HindcastError(
      'conflict',
      `Run ${runId} already has the ${scope} metrics ${known.join(', ')} and cannot continue with ${wanted.join(', ')}: start a new run.`,
      { details: { run: runId, scope } },
    );
  }
  connection.transaction(() => {
    for (const [position, name] of wanted.entries()) {
      connection.run(
        'INSERT INTO run_metric_name (run_id, scope, position, name) VALUES (?, ?, ?, ?)',
        runId,
        scope,
        position,
        name,
      );
    }
  });
}

interface Rows {
  readonly runId: RunId;
  readonly scope: MetricScope;
  readonly firstIndex: number;
  readonly count: number;
  readonly values: Float64Array;
}

function insertRows(connection: Connection, { runId, scope, firstIndex, count, values }: Rows): void {
  const rowBytes = (values.length / count) * FLOAT_BYTES;
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const sql = `INSERT INTO run_${scope}_metric (run_id, ${scope}, metric_values) VALUES (?, ?, ?)`;
  for (let row = 0; row < count; row++) {
    const index = firstIndex + row;
    connection.run(sql, runId, index, sealRow(bytes.subarray(row * rowBytes, (row + 1) * rowBytes), index));
  }
}

function refuseWrongShape(shape: {
  runId: RunId;
  scope: MetricScope;
  count: number;
  width: number;
  length: number;
}): void {
  if (shape.width > 0 && shape.length === shape.count * shape.width) return;
  throw new HindcastError(
    'internal',
    `Run ${shape.runId} sent ${shape.length} ${shape.scope} values for ${shape.count} rows of ${shape.width} declared metrics.`,
    { details: { run: shape.runId, scope: shape.scope } },
  );
}

function refuseGap(position: { runId: RunId; scope: MetricScope; firstIndex: number; last: number }): void {
  if (position.firstIndex === position.last + 1) return;
  throw new HindcastError(
    'conflict',
    `Run ${position.runId} sent metrics from ${position.scope} ${position.firstIndex}, but the next one to store is ${position.last + 1}: resume the run from its last checkpoint.`,
    { details: { run: position.runId, scope: position.scope, expected: position.last + 1 } },
  );
}

function refuseUnknown(runId: RunId, wanted: readonly string[], known: readonly string[]): void {
  const unknown = wanted.find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw new HindcastError(
    'not-found',
    `Run ${runId} has no metric "${unknown}"; it has ${known.length === 0 ? 'none yet' : known.join(', ')}.`,
    { details: { run: runId, metric: unknown } },
  );
}

interface Selection {
  readonly runId: RunId;
  readonly scope: MetricScope;
  readonly known: readonly string[];
  readonly wanted: readonly string[];
  readonly after: number;
  /** Index of the last row. */
  readonly last: number;
}

function readFrame(connection: Connection, selection: Selection): MetricsFrame {
  const { runId, scope, known, wanted } = selection;
  // A few of many names: only their bytes are fetched; otherwise the whole rows.
  const fetched = wanted.length * 2 <= known.length ? wanted : known;
  const { first, cells } = readCells(connection, selection, fetched);
  const count = fetched.length === 0 ? 0 : cells.length / fetched.length;
  return {
    header: { runId, scope, names: wanted },
    columns: {
      index: Int32Array.from({ length: count }, (_, row) => first + row),
      values: wanted.map((name) => columnOf(cells, fetched.indexOf(name), fetched.length)),
    },
  };
}

/**
 * Values of the rows after `after`, [rows, fetched.length]. SQLite joins them to one text of hexadecimal digits: decoding that
 * takes half the time of fetching thousands of little BLOBs one by one. Rows have no gaps, so the first index says all.
 */
function readCells(
  connection: Connection,
  { runId, scope, known, after, last }: Selection,
  fetched: readonly string[],
): { first: number; cells: Float64Array } {
  const digits =
    fetched === known
      ? `hex(substr(metric_values, 1, ${known.length * FLOAT_BYTES}))`
      : fetched
          .map((name) => `hex(substr(metric_values, ${known.indexOf(name) * FLOAT_BYTES + 1}, 8))`)
          .join(' || ');
  const first = after + 1;
  const cells = new Float64Array(Math.max(0, last - after) * fetched.length);
  const bytes = Buffer.from(cells.buffer);
  // In pages: the text of a long run would be longer than SQLite and V8 allow.
  const page = Math.max(1, Math.floor(PAGE_CELLS / Math.max(1, fetched.length)));
  for (let from = after; from < last; from += page) {
    const text = connection.value<string>(
      `SELECT group_concat(${digits === '' ? "''" : digits}, '' ORDER BY ${scope})
       FROM run_${scope}_metric WHERE run_id = ? AND ${scope} > ? AND ${scope} <= ?`,
      runId,
      from,
      Math.min(last, from + page),
    );
    bytes.write(text ?? '', (from - after) * fetched.length * FLOAT_BYTES, 'hex');
  }
  return { first, cells };
}

function lastIndexOf(connection: Connection, runId: RunId, scope: MetricScope): number {
  return (
    connection.value<number | null>(
      `SELECT max(${scope}) FROM run_${scope}_metric WHERE run_id = ?`,
      runId,
    ) ?? 0
  );
}

/** One column of a [rows, width] block. */
function columnOf(cells: Float64Array, position: number, width: number): Float64Array {
  const column = new Float64Array(cells.length / width);
  for (let row = 0, at = position; row < column.length; row++, at += width) column[row] = cells[at] as number;
  return column;
}
