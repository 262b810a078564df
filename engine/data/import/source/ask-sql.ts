// A statement of SQL to a table of rows, in the memory of this process. Once the rows are there, DuckDB has no way to files, extensions or the
// network, and its configuration is locked.
import {
  type DuckDBConnection,
  DuckDBInstance,
  type DuckDBPreparedStatement,
  StatementType,
} from '@duckdb/node-api';
import { HindcastError } from '../../../contract/values/errors.ts';
import { sqlText } from '../columns/number-style.ts';

export interface SqlColumn {
  readonly name: string;
  readonly type: 'DOUBLE' | 'VARCHAR';
}

export interface SqlAnswer {
  readonly names: readonly string[];
  /** As JSON has them. */
  readonly rows: readonly (readonly unknown[])[];
}

function refused(cause: unknown): HindcastError {
  const text = cause instanceof Error ? cause.message : String(cause);
  const [first = ''] = text.split('\n');
  return new HindcastError('invalid-input', `The statement cannot be answered: ${first}`, { cause });
}

const QUESTIONS: ReadonlySet<StatementType> = new Set([StatementType.SELECT, StatementType.EXPLAIN]);

/** One statement that changes nothing: an answer `Success` would look as if the dataset had changed. */
async function prepared(connection: DuckDBConnection, statement: string): Promise<DuckDBPreparedStatement> {
  const extracted = await connection.extractStatements(statement);
  if (extracted.count !== 1) throw new Error(`one statement at a time, and this is ${extracted.count}`);
  const one = await extracted.prepare(0);
  if (!QUESTIONS.has(one.statementType))
    throw new Error('only questions (SELECT) are answered; a dataset is not changed by SQL');
  return one;
}

/**
 * The table is called `data`; its file is CSV without a header: microseconds, series, columns.
 * @throws HindcastError `invalid-input` for a statement that DuckDB refuses
 */
export async function askSql(
  path: string,
  columns: readonly SqlColumn[],
  statement: string,
): Promise<SqlAnswer> {
  const instance = await DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  const connection = await instance.connect();
  try {
    const types = columns.map(({ name, type }) => `${sqlText(name)}: ${sqlText(type)}`).join(', ');
    await connection.run("SET TimeZone = 'UTC'");
    await connection.run(
      `CREATE TABLE data AS SELECT make_timestamp("at us") AS time, * EXCLUDE ("at us") FROM read_csv(${sqlText(path)}, header = false, auto_detect = false, ` +
        `delim = ',', quote = '"', escape = '"', columns = {'at us': 'BIGINT', 'series': 'VARCHAR', ${types}})`,
    );
    await connection.run('SET enable_external_access = false');
    await connection.run('SET lock_configuration = true');
    const result = await prepared(connection, statement)
      .then((one) => one.runAndReadAll())
      .catch((cause: unknown) => Promise.reject(refused(cause)));
    return { names: result.columnNames(), rows: result.getRowsJson() };
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
