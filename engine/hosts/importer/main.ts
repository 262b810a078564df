// Entry of the import process: does one import for its host, then ends. It also ends when the host is gone.

import { availableParallelism } from 'node:os';
import type { FromImporter, ToImporter } from '../../contract/processes/importer.ts';
import { removeOwnTemporaryFolders, sweepTemporaryFolders } from '../../data/import/source/temporary.ts';
import { connectToHost } from '../node/host-port.ts';
import { serveImport } from './serve-import.ts';

/** A query that does not heed its interruption must not keep an orphan alive. */
const GRACE_MS = 2_000;

const abort = new AbortController();
const port = connectToHost<ToImporter, FromImporter>();

function end(): void {
  abort.abort();
  setTimeout(() => process.exit(1), GRACE_MS);
}

process.on('exit', () => removeOwnTemporaryFolders());
process.once('SIGTERM', end);
port.onClose(end);
sweepTemporaryFolders();
const lookThread =
  availableParallelism() > 1
    ? new URL(import.meta.url.endsWith('.ts') ? './look-thread.ts' : './look-thread.js', import.meta.url)
    : undefined;
void serveImport(port, abort.signal, { lookThread }).then(() => process.exit(0));
