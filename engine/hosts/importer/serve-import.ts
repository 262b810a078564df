// One import over a port: answers the message `import` with progress, description, chunks and an end.

import {
  type FromImporter,
  MAX_UNSTORED_MESSAGES,
  type ToImporter,
} from '../../contract/processes/importer.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import type { AheadSink, ImportSink } from '../../data/import/rows/sink.ts';
import type { HostPort } from '../node/host-port.ts';
import { importAny } from './import-any.ts';

/** Smaller steps of progress are not worth a message. */
const PROGRESS_STEP = 0.005;

interface Sender extends ImportSink {
  stored(): void;
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
    while (unstored >= MAX_UNSTORED_MESSAGES && !signal.aborted) {
      await new Promise<void>((resolve) => {
        room = resolve;
      });
    }
  };
  const ahead: AheadSink = {
    send: (pieces) => postStored({ type: 'ahead', pieces }),
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
  };
}

/** Waits for `import` and resolves when the import has ended, with success or not, and the host has the end. */
export function serveImport(port: HostPort<ToImporter, FromImporter>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    let sink: Sender | null = null;
    port.onMessage((message) => {
      if (message.type === 'stored') sink?.stored();
      if (message.type !== 'import' || sink !== null) return;
      const { path, more, sample, options, examples, sendAhead = false } = message;
      sink = sender(port, signal, sendAhead);
      importAny({ path, more, sample, options, examples }, sink, signal)
        .then(() => port.post({ type: 'finished' }))
        .catch((cause: unknown) =>
          port.post({ type: 'failed', error: HindcastError.wrap(cause, `importing ${path}`).toData() }),
        )
        .then(resolve);
    });
  });
}
