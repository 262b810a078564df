// Import of one file, structurally: read, type, order, name what is wrong. Nothing is estimated and nothing is filled.
//
// open-table: inspect the bytes -> UTF-8 text -> check the records; DuckDB holds them as text
// arrange: types, order, cleaning -> deliver: describe, examine, chunks
import type { ImportRequest } from '../../contract/processes/importer.ts';
import { arrange } from './arrange.ts';
import { deliver } from './deliver.ts';
import { withLines, withoutEcho } from './echo.ts';
import type { Job } from './job.ts';
import { loadTable, openTable } from './open-table.ts';
import type { ImportSink } from './rows/sink.ts';
import { type Duck, openDuck } from './source/duck.ts';
import { createTemporaryFolder, removeTemporaryFolder } from './source/temporary.ts';

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
): Promise<void> {
  const folder = createTemporaryFolder();
  let duck: Duck | null = null;
  try {
    const job: Job = {
      request,
      sink,
      folder,
      signal,
      progress: (phase, rows, fraction) => sink.progress({ phase, rows, fraction }),
    };
    const table = await openTable(job);
    const { source, dialect } = table;
    const doing = `reading ${source.fileName}`;
    duck = await openDuck({ folder, columns: dialect.names.length, doing }, signal);
    await loadTable(job, duck, table);
    const arranged = await arrange(job, duck, table).catch((cause: unknown) => {
      throw withLines(withoutEcho(cause, source.fileName, dialect.sample), table.lines);
    });
    await deliver(job, duck, table, arranged);
  } finally {
    duck?.close();
    removeTemporaryFolder(folder);
  }
}
