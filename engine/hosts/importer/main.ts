// Entry of the import process: does one import for its host, then ends. It also ends when the host is gone.

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
void serveImport(port, abort.signal).then(() => process.exit(0));
