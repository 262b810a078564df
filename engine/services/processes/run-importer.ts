// An import process as a stream of its findings. The process ends with the iteration, however that ends. A chunk is acknowledged
// when the next message is requested, so the process never sends more than its consumer can take.
import type { ImportOptions, ImportSource } from '../../contract/datasets/dataset.ts';
import type { AheadPiece, FromImporter } from '../../contract/processes/importer.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import type { HostFacilities } from '../context.ts';
import { createValueReader } from './value-file.ts';
import { describeExit } from './worker.ts';

export type ImportMessage =
  | Exclude<FromImporter, { readonly type: 'failed' | 'finished' | 'ahead' }>
  /** The data are valid until the next message is asked for. */
  | { readonly type: 'ahead'; readonly pieces: readonly AheadPiece[] };

export interface ImportRun {
  readonly source: ImportSource;
  readonly options: ImportOptions;
  readonly signal: AbortSignal | undefined;
  /** Values may come before the description (message `ahead`). Default: no. */
  readonly sendAhead?: boolean;
  /** Samples are described with some of them as a whole. Default: no. */
  readonly examples?: boolean;
  /** The sentence where the signal ends it: `The import was cancelled.` */
  readonly cancelled: string;
}

const ACKNOWLEDGED: ReadonlySet<FromImporter['type']> = new Set(['chunk', 'ahead', 'taken'] as const);

type Importing = Pick<HostFacilities, 'startImporter' | 'samplePath'>;

/** @throws HindcastError of the import, `cancelled` by the signal, `process-died` where the process ends before the import does. */
export async function* runImporter(
  host: Importing,
  { source, options, signal, cancelled, sendAhead, examples }: ImportRun,
): AsyncGenerator<ImportMessage, void, void> {
  const path = pathOf(host, source);
  const worker = host.startImporter();
  const inbox = createInbox<FromImporter>();
  const values = createValueReader();
  worker.onMessage(inbox.put);
  worker.exited.then((exit) => {
    const text = `The import process ended (${describeExit(exit)}) before the import did.`;
    inbox.fail(new HindcastError('process-died', text));
  });
  const cancel = () => inbox.fail(new HindcastError('cancelled', cancelled));
  signal?.addEventListener('abort', cancel, { once: true });
  if (signal?.aborted) cancel();
  try {
    const sample = source.kind === 'sample' ? source.name : null;
    const more = source.kind === 'file' ? source.more : undefined;
    worker.post({ type: 'import', path, more, sample, options, sendAhead, examples });
    for (;;) {
      const message = await inbox.take();
      if (message.type === 'finished') return;
      if (message.type === 'failed') throw HindcastError.fromData(message.error);
      if (message.type === 'ahead')
        yield { type: 'ahead', pieces: values.read(message.file, message.pieces) };
      else yield message;
      if (ACKNOWLEDGED.has(message.type)) worker.post({ type: 'stored' });
    }
  } finally {
    signal?.removeEventListener('abort', cancel);
    worker.kill();
    values.close();
  }
}

/** @throws HindcastError `not-found` for a sample that there is not. */
export function pathOf(host: Pick<Importing, 'samplePath'>, source: ImportSource): string {
  return source.kind === 'file' ? source.path : host.samplePath(source.name);
}

interface Inbox<T> {
  put(item: T): void;
  fail(error: HindcastError): void;
  /** The next item; after a failure the items before it come first, unless it was cancelled. */
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
