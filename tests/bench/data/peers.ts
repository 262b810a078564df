// What the import is measured against, in the same run: DuckDB that reads and sorts the table, and pandas that reads it.
import { spawnSync } from 'node:child_process';
import { DuckDBInstance } from '@duckdb/node-api';

/** Seconds of `CREATE TABLE AS ... ORDER BY`, all threads, in memory. */
export async function duckSeconds(path: string, order: string): Promise<number> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    const startedAt = performance.now();
    await connection.run(`CREATE TABLE read AS SELECT * FROM read_csv('${path}') ORDER BY ${order}`);
    return (performance.now() - startedAt) / 1000;
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

const PANDAS = `
import sys, time, pandas
started = time.perf_counter()
table = pandas.read_csv(sys.argv[1])
table["time"] = pandas.to_datetime(table["time"])
print(time.perf_counter() - started)
`;

/** Seconds of `read_csv` and `to_datetime` by the first interpreter that has pandas (HINDCAST_BENCH_PYTHON, python3); null without one. */
export function pandasSeconds(path: string): number | null {
  const candidates = [...(process.env.HINDCAST_BENCH_PYTHON?.split(':') ?? []), 'python3'];
  for (const python of candidates) {
    const { status, stdout } = spawnSync(python, ['-c', PANDAS, path], { encoding: 'utf8' });
    if (status === 0) return Number(stdout);
  }
  return null;
}
