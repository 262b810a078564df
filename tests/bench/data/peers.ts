// What the import is measured against, in the same run: DuckDB that reads and sorts the table, and pandas that reads it.
import { spawnSync } from 'node:child_process';
import { DuckDBInstance } from '@duckdb/node-api';

export interface Took {
  readonly seconds: number;
  readonly cpuSeconds: number;
}

/** `CREATE TABLE AS ... ORDER BY`, all threads, in memory. */
export async function duckTime(path: string, order: string): Promise<Took> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    const startedAt = performance.now();
    const before = process.cpuUsage();
    await connection.run(`CREATE TABLE read AS SELECT * FROM read_csv('${path}') ORDER BY ${order}`);
    const { user, system } = process.cpuUsage(before);
    return { seconds: (performance.now() - startedAt) / 1000, cpuSeconds: (user + system) / 1e6 };
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

const PANDAS = `
import sys, time, pandas
started, used = time.perf_counter(), time.process_time()
table = pandas.read_csv(sys.argv[1])
table["time"] = pandas.to_datetime(table["time"])
print(time.perf_counter() - started, time.process_time() - used)
`;

/** `read_csv` and `to_datetime` by the first interpreter that has pandas (HINDCAST_BENCH_PYTHON, python3); null without one. */
export function pandasTime(path: string): Took | null {
  const candidates = [...(process.env.HINDCAST_BENCH_PYTHON?.split(':') ?? []), 'python3'];
  for (const python of candidates) {
    const { status, stdout } = spawnSync(python, ['-c', PANDAS, path], { encoding: 'utf8' });
    const [seconds, cpuSeconds] = stdout?.trim().split(' ').map(Number) ?? [];
    if (status === 0 && seconds !== undefined && cpuSeconds !== undefined) return { seconds, cpuSeconds };
  }
  return null;
}
