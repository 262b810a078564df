// DuckDB as the import uses it: one database in memory that spills into the temporary folder, and typed reads of its vectors.
import type { DuckDBConnection, DuckDBVector } from '@duckdb/node-api';
import { HindcastError } from '../../../contract/values/errors.ts';
import { cancelled } from '../abort.ts';
import { sqlText } from '../columns/number-style.ts';
import type { Known } from '../plain/known.ts';
import { noSpaceLeft } from './temporary.ts';

export interface Duck {
  /** What is known of the table without asking. */
  readonly known: Known | null;
  run(sql: string): Promise<void>;
  /** The first row, as numbers (SQL NULL becomes 0): for counts. */
  numbers(sql: string): Promise<number[]>;
  /** All rows; BIGINT comes as bigint. For small results. */
  rows(sql: string): Promise<readonly (readonly unknown[])[]>;
  /** Blocks of at most 2,048 rows, in order. The vectors are valid until the next block. */
  blocks(sql: string): AsyncGenerator<VectorBlock, void, void>;
  /** A table of DOUBLE columns. @param values [columns][rows] */
  addTable(name: string, columns: readonly string[], values: readonly Float64Array[]): Promise<void>;
  close(): void | Promise<void>;
}

export interface VectorBlock {
  readonly rows: number;
  /** Columns that are never NULL, by position; the type must be the column's own. */
  float64(column: number): Float64Array;
  int32(column: number): Int32Array;
  int64(column: number): BigInt64Array;
}

/** Rooms for the columns of a very wide file: every column of a table holds on to some buffers. */
const MEMORY_MB = 512;
const MEMORY_MB_PER_COLUMN = 0.125;

function itemsOf(vector: DuckDBVector): unknown {
  // The vectors of numbers keep their values in one typed array and offer only access one by one (20 times slower).
  return (vector as unknown as { readonly items?: unknown }).items;
}

function typedItems<T>(vector: DuckDBVector, type: abstract new () => T): T {
  const items = itemsOf(vector);
  if (items instanceof type) return items;
  throw new HindcastError(
    'internal',
    `DuckDB gave a ${vector.type.toString()} where a ${type.name} was expected`,
  );
}

function failure(cause: unknown, doing: string, signal: AbortSignal | undefined): HindcastError {
  if (signal?.aborted) return cancelled();
  const text = cause instanceof Error ? cause.message : String(cause);
  return noSpaceLeft(cause, doing) ?? new HindcastError('internal', `${doing}: ${text}`, { cause });
}

async function* readBlocks(
  connection: DuckDBConnection,
  sql: string,
): AsyncGenerator<VectorBlock, void, void> {
  const result = await connection.stream(sql);
  for (;;) {
    const chunk = await result.fetchChunk();
    if (chunk === null || chunk.rowCount === 0) return;
    yield {
      rows: chunk.rowCount,
      float64: (column) => typedItems(chunk.getColumnVector(column), Float64Array),
      int32: (column) => typedItems(chunk.getColumnVector(column), Int32Array),
      int64: (column) => typedItems(chunk.getColumnVector(column), BigInt64Array),
    };
  }
}

/** Rows of a chunk of DuckDB. */
const CHUNK_ROWS = 2_048;

async function appendDoubles(
  connection: DuckDBConnection,
  table: string,
  values: readonly Float64Array[],
): Promise<void> {
  const { DOUBLE, DuckDBDataChunk } = await import('@duckdb/node-api');
  const appender = await connection.createAppender(table);
  const rows = values[0]?.length ?? 0;
  const types = values.map(() => DOUBLE);
  for (let from = 0; from < rows; from += CHUNK_ROWS) {
    const chunk = DuckDBDataChunk.create(types);
    chunk.setColumns(values.map((column) => [...column.subarray(from, from + CHUNK_ROWS)]));
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
}

/** `doing` opens the message of every failure: "reading prices.csv". */
export async function openDuck(
  options: { readonly folder: string; readonly columns: number; readonly doing: string },
  signal?: AbortSignal,
): Promise<Duck> {
  const megabytes = Math.round(MEMORY_MB + MEMORY_MB_PER_COLUMN * options.columns);
  // Loading it takes a tenth of a second, and many imports do without.
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: `${megabytes}MB`,
    temp_directory: options.folder,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  const connection = await instance.connect();
  const interrupt = () => connection.interrupt();
  signal?.addEventListener('abort', interrupt);
  const guard = async <T>(work: () => Promise<T>): Promise<T> => {
    if (signal?.aborted) throw cancelled();
    return work().catch((cause: unknown) => Promise.reject(failure(cause, options.doing, signal)));
  };
  // Times without an offset are UTC, whatever the machine's zone is.
  await guard(() => connection.run(`SET TimeZone = ${sqlText('UTC')}`));
  return {
    known: null,
    run: (sql) => guard(async () => void (await connection.run(sql))),
    numbers: (sql) =>
      guard(async () =>
        ((await connection.runAndReadAll(sql)).getRows()[0] ?? []).map((value) => Number(value)),
      ),
    rows: (sql) => guard(async () => (await connection.runAndReadAll(sql)).getRows()),
    addTable: (name, columns, values) =>
      guard(async () => {
        await connection.run(
          `CREATE TABLE ${name} (${columns.map((column) => `${column} DOUBLE`).join(', ')})`,
        );
        await appendDoubles(connection, name, values);
      }),
    async *blocks(sql) {
      try {
        yield* readBlocks(connection, sql);
      } catch (cause) {
        throw cause instanceof HindcastError ? cause : failure(cause, options.doing, signal);
      }
    },
    close() {
      signal?.removeEventListener('abort', interrupt);
      connection.closeSync();
      instance.closeSync();
    },
  };
}
