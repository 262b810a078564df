// A Parquet file: DuckDB reads it without any extension.
import { open, stat } from 'node:fs/promises';
import { HindcastError } from '../../../contract/values/errors.ts';
import { sqlText } from '../columns/number-style.ts';
import { openDuck } from '../source/duck.ts';
import type { Container } from './container.ts';

const SIGN = 'PAR1';

export const parquet: Container = {
  id: 'parquet',
  matches: (head) => head.subarray(0, 4).toString('latin1') === SIGN,
  async unpack({ path, fileName, target, folder, signal }) {
    await requireEnd(path, fileName);
    const duck = await openDuck({ folder, columns: 0, doing: `reading ${fileName}` }, signal);
    try {
      // A path may look like a pattern of paths to DuckDB: a list is taken as it is, but for these signs.
      const escaped = path.replace(/[*?[\]]/g, (sign) => `[${sign}]`);
      await duck.run(
        `COPY (SELECT * FROM read_parquet(${sqlText(escaped)}, hive_partitioning = false)) TO ${sqlText(target)} (FORMAT csv, HEADER, DELIMITER ',')`,
      );
    } catch (cause) {
      if (cause instanceof HindcastError && cause.code !== 'internal') throw cause;
      throw unreadable(fileName, cause);
    } finally {
      duck.close();
    }
    return { path: target, notes: [], isFinal: true };
  },
};

function unreadable(fileName: string, cause?: unknown): HindcastError {
  const message = `${fileName} seems to be a Parquet file and cannot be read: it is damaged, cut off or locked; fetch it again, or write it as CSV.`;
  return new HindcastError('file-binary', message, { details: { file: fileName }, cause });
}

/** The sign stands at both ends. */
async function requireEnd(path: string, fileName: string): Promise<void> {
  const { size } = await stat(path);
  await using handle = await open(path, 'r');
  const end = Buffer.alloc(4);
  await handle.read(end, 0, 4, Math.max(0, size - 4));
  if (size < 12 || end.toString('latin1') !== SIGN) throw unreadable(fileName);
}
