// One import over a port: answers the message `import` with progress, description, chunks and an end.

import {
  type FromImporter,
  MAX_UNSTORED_MESSAGES,
  type ToImporter,
} from '../../contract/processes/importer.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import type { ReadingBy } from '../../data/import/import-file.ts';
import type { AheadSink, ImportSink } from '../../data/import/rows/sink.ts';
import type { HostPort } from '../node/host-port.ts';
import { importAny } from './import-any.ts';
import { createValueFile, type ValueFile } from './value-file.ts';

/** Smaller steps of progress are not worth a message. */
const PROGRESS_STEP = 0.005;

interface Sender extends ImportSink {
  stored(): void;
  /** When nothing more is sent: resolves when the host has read what is in a file. */
  close(): Promise<void>;
}

function sender(port: HostPort<ToImporter, FromImporter>, signal: AbortSignal, sendsAhead: boolean): Sender {
  let unstored = 0;
  let room: (() => void) | null = null;
  const wake = () => {
    room?.();
    room = null;
  };
  signal.addEventListener('abort', wake);
  /** The host acknowledges it. */
  const postStored = async (message: FromImporter): Promise<void> => {
    unstored++;
    await port.post(message);
    await untilStored(MAX_UNSTORED_MESSAGES - 1);
  };
  const untilStored = async (most: number): Promise<void> => {
    while (unstored > most && !signal.aborted) {
      await new Promise<void>((resolve) => {
        room = resolve;
      });
    }
  };
  let values: ValueFile | null = null;
  const ahead: AheadSink = {
    send(pieces) {
      values ??= createValueFile();
      return postStored({ type: 'ahead', file: values.path, pieces: values.put(pieces) });
    },
    take: (chunks) => postStored({ type: 'taken', chunks }),
  };
  let shown = { phase: '', fraction: -1 };
  return {
    progress(progress) {
      const { phase, fraction } = progress;
      if (phase === shown.phase && fraction < shown.fraction + PROGRESS_STEP) return;
      shown = { phase, fraction };
      void port.post({ type: 'progress', ...progress });
    },
    described: (description) => void port.post({ type: 'described', ...description }),
    chunk: (chunk) => postStored({ type: 'chunk', ...chunk }),
    ...(sendsAhead && { ahead }),
    stored() {
      unstored--;
      wake();
    },
    async close() {
      if (values === null) return;
      await untilStored(0);
      values.remove();
    },
  };
}

/** Waits for `import` and resolves when the import has ended, with success or not, and the host has the end. */
export function serveImport(
  port: HostPort<ToImporter, FromImporter>,
  signal: AbortSignal,
  by: ReadingBy,
): Promise<void> {
  return new Promise((resolve) => {
    let sink: Sender | null = null;
    port.onMessage((message) => {
      if (message.type === 'stored') sink?.stored();
      if (message.type !== 'import' || sink !== null) return;
      const { path, more, sample, options, examples, sendAhead = false } = message;
      sink = sender(port, signal, sendAhead);
      const own = sink;
      importAny({ path, more, sample, options, examples }, own, signal, by)
        .then((): FromImporter => ({ type: 'finished' }))
        .catch(
          (cause: unknown): FromImporter => ({
            type: 'failed',
            error: HindcastError.wrap(cause, `importing ${path}`).toData(),
          }),
        )
        .then(async (end) => {
          await own.close();
          await port.post(end);
        })
        .then(resolve);
    });
  });
}
