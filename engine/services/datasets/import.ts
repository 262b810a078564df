// datasets.import: an import process reads the file, this writes what it sends. A version is there when it is whole, or not at all.
import { basename, extname } from 'node:path';
import type { ImportOptions, ImportSource, ImportUpdate } from '../../contract/dataset.ts';
import { HindcastError } from '../../contract/errors.ts';
import type { FromImporter } from '../../contract/processes/importer.ts';
import type { ImportWriter } from '../../store/import-writer.ts';
import type { EngineContext } from '../context.ts';
import { describeExit } from '../processes/worker.ts';

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
  const { source } = request;
  const path = source.kind === 'file' ? source.path : host.samplePath(source.name);
  const name = request.name ?? basename(path, extname(path));
  const startedAtMs = host.now();
  const worker = host.startImporter();
  const inbox = createInbox<FromImporter>();
  worker.onMessage(inbox.put);
  worker.exited.then((exit) =>
    inbox.fail(
      new HindcastError(
        'process-died',
        `The import process ended (${describeExit(exit)}) before the import did.`,
      ),
    ),
  );
  const cancel = () =>
    inbox.fail(new HindcastError('cancelled', 'The import was cancelled; nothing of it was kept.'));
  signal?.addEventListener('abort', cancel, { once: true });
  if (signal?.aborted) cancel();

  let writer: ImportWriter | undefined;
  let done = false;
  try {
    writer = workspace.datasets.beginImport({ name, atMs: startedAtMs });
    worker.post({
      type: 'import',
      path,
      sample: source.kind === 'sample' ? source.name : null,
      options: request.options,
    });
    for (;;) {
      const message = await inbox.take();
      if (message.type === 'failed') throw HindcastError.fromData(message.error);
      if (message.type === 'progress') {
        const { phase, rows, fraction } = message;
        const elapsed = (host.now() - startedAtMs) / 1000;
        const secondsLeft = fraction > 0.02 ? (elapsed / fraction) * (1 - fraction) : null;
        yield { type: 'progress', phase, rows, fraction, secondsLeft };
      } else if (message.type === 'described') {
        writer.describe(message);
      } else if (message.type === 'chunk') {
        writer.chunk(message);
        worker.post({ type: 'stored', chunk: message.chunk });
      } else {
        break;
      }
    }
    const begun = writer;
    const { dataset, created } = workspace.transaction(() => {
      const result = begun.finish(host.now());
      if (result.created) {
        const { id: datasetId, version } = result.dataset;
        hub.append({ type: 'dataset.imported', datasetId, name: result.dataset.name, version });
      }
      return result;
    });
    done = true;
    yield { type: 'done', dataset, created };
  } finally {
    signal?.removeEventListener('abort', cancel);
    worker.kill();
    if (!done) writer?.abort();
  }
}

interface Inbox<T> {
  put(item: T): void;
  fail(error: HindcastError): void;
  /** The next item; after a failure the items before it come first. */
  take(): Promise<T>;
}

function createInbox<T>(): Inbox<T> {
  const items: T[] = [];
  let failure: HindcastError | undefined;
  let wake: () => void = () => {};
  return {
    put(item) {
      items.push(item);
      wake();
    },
    fail(error) {
      failure ??= error;
      wake();
    },
    async take() {
      for (;;) {
        if (failure?.code === 'cancelled') throw failure;
        const item = items.shift();
        if (item !== undefined) return item;
        if (failure) throw failure;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}
