// Walks over all records of a UTF-8 text file, in a window of a few megabytes.
import { open } from 'node:fs/promises';
import { HindcastError } from '../../../contract/values/errors.ts';
import { throwIfCancelled } from '../abort.ts';
import { byteClasses, createRecordState, type RecordState, readRecord } from '../source/record.ts';

const WINDOW_BYTES = 4 << 20;
const MAX_RECORD_BYTES = 64 << 20;

export interface ScanOptions {
  readonly path: string;
  readonly delimiter: string;
  /** Bytes before the first record, and the number of the line it begins at. */
  readonly skip: number;
  readonly firstLine: number;
  /** Called after each window with the bytes read so far, and awaited: here a writer catches up. */
  readonly progress?: (bytes: number) => void | Promise<void>;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Visits every record in order with the number of its first line. State and buffer are only valid during the call.
 * A visitor that returns false ends the walk.
 */
export async function scanRecords(
  options: ScanOptions,
  // biome-ignore lint/suspicious/noConfusingVoidType: most visitors have nothing to say
  visit: (record: RecordState, buffer: Buffer, line: number) => boolean | void,
): Promise<void> {
  await using handle = await open(options.path, 'r');
  const classes = byteClasses(options.delimiter);
  const state = createRecordState();
  let window = Buffer.allocUnsafe(WINDOW_BYTES);
  let filled = 0;
  let at = 0;
  let offset = options.skip;
  let line = options.firstLine;
  for (;;) {
    throwIfCancelled(options.signal);
    window.copy(window, 0, at, filled);
    filled -= at;
    at = 0;
    if (filled === window.length) window = grown(window, line);
    const { bytesRead } = await handle.read(window, filled, window.length - filled, offset);
    offset += bytesRead;
    filled += bytesRead;
    const last = bytesRead === 0;
    while (at < filled && readRecord(state, window, at, filled, last, classes)) {
      if (visit(state, window, line) === false) return;
      line += state.lines;
      at = state.next;
    }
    await options.progress?.(offset);
    if (last) return;
  }
}

function grown(window: Buffer<ArrayBuffer>, line: number): Buffer<ArrayBuffer> {
  if (window.length >= MAX_RECORD_BYTES) {
    const message = `Line ${line} is longer than 64 MB; this is no table of rows: check the line breaks.`;
    throw new HindcastError('file-unreadable', message, { details: { line } });
  }
  const larger = Buffer.allocUnsafe(window.length * 2);
  window.copy(larger);
  return larger;
}
