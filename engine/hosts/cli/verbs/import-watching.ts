// Runs an import through the API with its progress on stderr; Ctrl-C cancels it.
import { fromApiError } from '../../../contract/api/api-errors.ts';
import type {
  DatasetDetail,
  ImportOptions,
  ImportSource,
  ImportUpdate,
} from '../../../contract/datasets/dataset.ts';
import { HindcastError } from '../../../contract/values/errors.ts';
import type { EngineClient, Terminal } from '../context.ts';
import { counted, formatLeft } from '../text/format.ts';
import { cancellable } from '../watch/cancellable.ts';

export interface ImportRequest {
  readonly source: ImportSource;
  readonly name: string | undefined;
  readonly options: ImportOptions;
}

export interface Imported {
  readonly dataset: DatasetDetail;
  /** False: the content was there already. */
  readonly created: boolean;
}

/** Errors: those of the import; `cancelled` with details.signal where it was interrupted. */
export const importWatching = (
  client: EngineClient,
  terminal: Terminal,
  request: ImportRequest,
): Promise<Imported> =>
  cancellable(
    terminal,
    (line, signal) => consumeAgain(client, request, line, signal),
    'The import was cancelled; nothing of it was kept.',
  );

/** A host that dies in the middle keeps nothing of an import, so that the next host can repeat it. */
const MOST_ATTEMPTS = 5;

async function consumeAgain(...call: Parameters<typeof consume>): Promise<Imported> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await consume(...call);
    } catch (cause) {
      if (fromApiError(cause).code !== 'connection-lost' || attempt === MOST_ATTEMPTS) throw cause;
    }
  }
}

async function consume(
  client: EngineClient,
  request: ImportRequest,
  line: (text: string) => void,
  signal: AbortSignal,
): Promise<Imported> {
  return watchUpdates(await client.datasets.import(request, { signal }), line);
}

/** Shows each update, and gives back the last one. */
export async function watchUpdates(
  updates: AsyncIterable<ImportUpdate>,
  line: (text: string) => void,
): Promise<Imported> {
  for await (const update of updates) {
    if (update.type === 'done') return { dataset: update.dataset, created: update.created };
    line(updateLine(update));
  }
  throw new HindcastError('internal', 'The import ended without a result; try it again.');
}

/** `reading  42 %  12,345 rows  3 s left`. */
export function updateLine(update: Extract<ImportUpdate, { type: 'progress' }>): string {
  const left = update.secondsLeft === null ? '' : `  ${formatLeft(update.secondsLeft)}`;
  const rows = update.phase === 'downloading' ? '' : `  ${counted(update.rows, 'row')}`;
  return `${update.phase}  ${Math.floor(update.fraction * 100)} %${rows}${left}`;
}
