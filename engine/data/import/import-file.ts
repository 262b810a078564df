// Import of one file, structurally: read, type, order, name what is wrong. Nothing is estimated and nothing is filled.
//
// open-table: inspect the bytes -> UTF-8 text -> check the records; DuckDB holds them as text, where a question needs it
// arrange: types, order, cleaning -> deliver: describe, examine, chunks
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { ImportRequest } from '../../contract/processes/importer.ts';
import { arrange } from './arrange.ts';
import { deliver } from './deliver.ts';
import { withLines, withoutEcho } from './echo.ts';
import type { Job } from './job.ts';
import { startLookThread } from './look/look-thread.ts';
import { loadTable, openTable } from './open-table.ts';
import type { Known } from './plain/known.ts';
import type { ImportSink } from './rows/sink.ts';
import { type Duck, openDuck } from './source/duck.ts';
import { lazyDuck } from './source/lazy-duck.ts';
import { createTemporaryFolder, noSpaceLeft, removeTemporaryFolder } from './source/temporary.ts';

/** Means, all with the same result. */
export interface ReadingBy {
  /** False: also a plain table is read by way of DuckDB. */
  readonly isPlainRead?: boolean;
  /** Entry of a thread that looks at columns of a large file, see `startLookThread`. */
  readonly lookThread?: URL | undefined;
}

/** Bytes of a file from which on a second thread is worth its start. */
const LARGE_BYTES = 16 << 20;

async function isLarge(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => null);
  return found !== null && found.size >= LARGE_BYTES;
}

/**
 * Reads a file and hands its description and then its chunks to the sink; temporary files are gone when it settles.
 *
 * Errors: `file-missing`, `file-empty`, `file-binary`, `file-unreadable`, `no-time-column`, `no-numeric-column`,
 * `duplicate-column`, `unknown-column`, `invalid-input` (an option), `disk-full`, `cancelled`.
 */
export async function importFile(
  request: ImportRequest,
  sink: ImportSink,
  signal?: AbortSignal,
  { isPlainRead = true, lookThread: entry }: ReadingBy = {},
): Promise<void> {
  const folder = createTemporaryFolder();
  let duck: Duck | null = null;
  let known: Known | null = null;
  const lookThread = entry && (await isLarge(request.path)) ? startLookThread(entry) : null;
  try {
    const job: Job = {
      request,
      sink,
      folder,
      signal,
      lookThread,
      progress: (phase, rows, fraction) => sink.progress({ phase, rows, fraction }),
    };
    const table = await openTable(job, isPlainRead);
    known = table.known;
    const { source, dialect } = table;
    duck = lazyDuck(known, async () => {
      known?.close();
      const doing = `reading ${source.fileName}`;
      const opened = await openDuck({ folder, columns: dialect.names.length, doing }, signal);
      await loadTable(job, opened, table).catch((cause: unknown) => {
        opened.close();
        throw cause;
      });
      return opened;
    });
    const arranged = await arrange(job, duck, table).catch((cause: unknown) => {
      throw withLines(withoutEcho(cause, source.fileName, dialect.sample), table.lines);
    });
    await deliver(job, table, arranged);
  } catch (cause) {
    throw noSpaceLeft(cause, `reading ${basename(request.path)}`) ?? cause;
  } finally {
    lookThread?.close();
    await duck?.close();
    known?.close();
    removeTemporaryFolder(folder);
  }
}
