// One connection to a SQLite file: keeps prepared statements, logs slow ones, turns errors into HindcastErrors.
import Database from 'better-sqlite3';
import { ROW_CHECKSUM, rowChecksum } from '../checks/row-sum.ts';
import { makePrivate } from './private-file.ts';
import { codeOf, storeError } from './sqlite-errors.ts';

export type SqlValue = string | number | bigint | null | Uint8Array;

/** Statements that take longer are logged. */
const SLOW_MS = 40;
/** Pages of a step of a copy; others work in between. */
const COPY_PAGES = 100;

export interface ConnectionOptions {
  readonly readonly?: boolean;
  /** Milliseconds; for the times of slow statements. */
  readonly now: () => number;
  readonly logger?: ((line: string) => void) | undefined;
}

export interface WriteGuard {
  /** Throws what forbids writing at present. */
  before(): void;
  /** After a commit; must not throw. */
  after(): void;
}

/** Every method throws HindcastError: `disk-full`, `workspace-damaged`, `workspace-read-only`, `workspace-locked` or `internal`. */
export interface Connection {
  readonly path: string;
  all<Row>(sql: string, ...values: SqlValue[]): Row[];
  get<Row>(sql: string, ...values: SqlValue[]): Row | undefined;
  /** The first column of every row. */
  values<Value>(sql: string, ...values: SqlValue[]): Value[];
  /** The first column of the first row. */
  value<Value>(sql: string, ...values: SqlValue[]): Value | undefined;
  run(sql: string, ...values: SqlValue[]): { readonly changes: number; readonly id: number };
  /** Several statements without values. */
  script(sql: string): void;
  pragma(text: string): unknown;
  /** All or nothing. Takes the write lock at once; a nested one is a savepoint. */
  transaction<Result>(work: () => Result): Result;
  readonly inTransaction: boolean;
  /** Writes a whole copy, `pagesAtOnce` of them between other work (default: 100); a file that is there is overwritten. */
  copyTo(path: string, signal?: AbortSignal, pagesAtOnce?: number): Promise<void>;
  /** Calls `listener` after something was rolled back. */
  onRollback(listener: () => void): void;
  /** Asked around everything that may write, once for a transaction with all that is in it. */
  guardWrites(guard: WriteGuard): void;
  /** Removes entries of the schema without touching their pages: for the copy of a damaged file. Takes effect at the next opening. */
  forgetFromSchema(where: string): void;
  close(): void;
}

/** Opens an existing file; settings are up to the caller. */
export function openConnection(path: string, options: ConnectionOptions): Connection {
  const database = attempt(path, 'opening', () => {
    return new Database(path, { readonly: options.readonly ?? false, fileMustExist: true });
  });
  database.function(ROW_CHECKSUM, { varargs: true, deterministic: true }, rowChecksum);
  const rollbackListeners: (() => void)[] = [];
  let guard: WriteGuard | undefined;
  const statements = new Map<string, Database.Statement>();
  const plucked = new Map<string, Database.Statement>();

  const prepare = (sql: string): Database.Statement => {
    let statement = statements.get(sql);
    if (statement === undefined) {
      statement = database.prepare(sql);
      statements.set(sql, statement);
    }
    return statement;
  };
  const pluck = (sql: string): Database.Statement => {
    let statement = plucked.get(sql);
    if (statement === undefined) {
      statement = database.prepare(sql).pluck();
      plucked.set(sql, statement);
    }
    return statement;
  };
  const timed = <Result>(sql: string, work: () => Result): Result => {
    const startedAt = options.now();
    const result = attempt(path, () => `the statement "${shortened(sql)}"`, work);
    const tookMs = options.now() - startedAt;
    if (tookMs > SLOW_MS) options.logger?.(`slow statement, ${tookMs.toFixed(0)} ms: ${shortened(sql)}`);
    return result;
  };

  /** A write inside a transaction is covered by the transaction. */
  const guarded = <Result>(work: () => Result): Result => {
    if (!guard || database.inTransaction) return work();
    guard.before();
    const result = work();
    guard.after();
    return result;
  };

  return {
    path,
    // The casts of rows are the boundary between SQL and TypeScript: the statement decides the shape.
    all: <Row>(sql: string, ...values: SqlValue[]) =>
      timed(sql, () => prepare(sql).all(...bound(values)) as Row[]),
    get: <Row>(sql: string, ...values: SqlValue[]) =>
      timed(sql, () => prepare(sql).get(...bound(values)) as Row | undefined),
    values: <Value>(sql: string, ...values: SqlValue[]) =>
      timed(sql, () => pluck(sql).all(...bound(values)) as Value[]),
    value: <Value>(sql: string, ...values: SqlValue[]) =>
      timed(sql, () => pluck(sql).get(...bound(values)) as Value | undefined),
    run(sql, ...values) {
      const { changes, lastInsertRowid } = guarded(() =>
        timed(sql, () => prepare(sql).run(...bound(values))),
      );
      return { changes, id: Number(lastInsertRowid) };
    },
    script: (sql) => guarded(() => timed(sql, () => database.exec(sql))),
    pragma: (text) => timed(`PRAGMA ${text}`, () => database.pragma(text, { simple: true })),
    transaction(work) {
      try {
        return guarded(() => database.transaction(work).immediate());
      } catch (cause) {
        for (const listener of rollbackListeners) listener();
        // What `work` itself throws passes as it is.
        throw codeOf(cause).startsWith('SQLITE_') ? storeError(cause, path, 'a transaction') : cause;
      }
    },
    get inTransaction() {
      return database.inTransaction;
    },
    async copyTo(copy, signal, pagesAtOnce = COPY_PAGES) {
      try {
        makePrivate(copy);
        await database.backup(copy, {
          progress() {
            signal?.throwIfAborted();
            return pagesAtOnce;
          },
        });
      } catch (cause) {
        throw storeError(cause, copy, 'writing a copy');
      }
    },
    onRollback: (listener) => rollbackListeners.push(listener),
    guardWrites(next) {
      guard = next;
    },
    forgetFromSchema(where) {
      attempt(path, 'forgetting entries of the schema', () => {
        database.unsafeMode();
        database.pragma('writable_schema = ON');
        database.exec(`DELETE FROM sqlite_schema WHERE ${where}`);
        const version = Number(database.pragma('schema_version', { simple: true }));
        database.pragma(`schema_version = ${version + 1}`);
      });
    },
    close: () => database.close(),
  };
}

function attempt<Result>(path: string, doing: string | (() => string), work: () => Result): Result {
  try {
    return work();
  } catch (cause) {
    throw storeError(cause, path, typeof doing === 'string' ? doing : doing());
  }
}

/** better-sqlite3 binds Buffers: views of the same bytes, not copies. */
function bound(values: SqlValue[]): unknown[] {
  return values.map((value) =>
    value instanceof Uint8Array && !Buffer.isBuffer(value)
      ? Buffer.from(value.buffer, value.byteOffset, value.byteLength)
      : value,
  );
}

function shortened(sql: string): string {
  const line = sql.replace(/\s+/g, ' ').trim();
  return line.length > 200 ? `${line.slice(0, 200)}...` : line;
}
