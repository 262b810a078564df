// datasets.import: an import process reads the file, and this module writes its messages. A version is stored completely or not
// at all.
import { basename, extname } from 'node:path';
import type { ImportOptions, ImportSource, ImportUpdate } from '../../contract/datasets/dataset.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import type { ImportWriter } from '../../store/datasets/import-writer.ts';
import { isPassing } from '../../store/file/sqlite-errors.ts';
import type { EngineContext, Log } from '../context.ts';
import { freePagesSoon } from '../free-pages.ts';
import { inPieces } from '../in-pieces.ts';
import { pathOf, runImporter } from '../processes/run-importer.ts';

const RETRY_MS = 2_000;
/** After an import its log is moved into the workspace. */
const LOG_MS = 3_000;

export interface ImportRequest {
  readonly source: ImportSource;
  readonly name?: string | undefined;
  readonly options: ImportOptions;
}

/** Ending the iteration early, the signal or any failure leaves nothing of the import behind. */
export async function* importDataset(
  { workspace, hub, host }: EngineContext,
  request: ImportRequest,
  signal: AbortSignal | undefined,
): AsyncGenerator<ImportUpdate, void> {
  const { source, options } = request;
  const path = pathOf(host, source);
  const name = request.name ?? basename(path, extname(path));
  const startedAtMs = host.now();
  const cancelled = 'The import was cancelled; nothing of it was kept.';
  const writer = workspace.datasets.beginImport({ name, atMs: startedAtMs });
  const endGrowth = workspace.letLogGrow();
  let done = false;
  try {
    for await (const message of runImporter(host, { source, options, signal, cancelled, sendAhead: true })) {
      if (message.type === 'progress') {
        const { phase, rows, fraction } = message;
        const elapsed = (host.now() - startedAtMs) / 1000;
        const secondsLeft = fraction > 0.02 ? (elapsed / fraction) * (1 - fraction) : null;
        yield { type: 'progress', phase, rows, fraction, secondsLeft };
      } else if (message.type === 'described') writer.describe(message);
      else if (message.type === 'ahead') writer.ahead(message.pieces);
      else if (message.type === 'taken') writer.take(message.chunks);
      else writer.chunk(message);
    }
    await inPieces(writer.sumUp());
    const { dataset, created } = workspace.transaction(() => {
      const result = writer.finish(host.now());
      if (result.created) {
        const { id: datasetId, version } = result.dataset;
        hub.append({ type: 'dataset.imported', datasetId, name: result.dataset.name, version });
      }
      return result;
    });
    done = true;
    yield { type: 'done', dataset, created };
  } finally {
    if (!done) abort(writer, host.log);
    // First views of the new data are not kept waiting.
    setTimeout(endGrowth, LOG_MS).unref();
    freePagesSoon(workspace);
  }
}

/** Where nothing can be written now, what the import left is removed as soon as something can: till then it is in no list. */
function abort(writer: ImportWriter, log: Log): void {
  try {
    writer.abort();
  } catch (cause) {
    const error = HindcastError.wrap(cause, 'What a failed import left could not be removed');
    log({ level: 'warn', message: error.message });
    if (isPassing(error)) setTimeout(abort, RETRY_MS, writer, log).unref();
  }
}
