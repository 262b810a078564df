// Entry of the import process: does one import for its host and ends; ends, too, when the host is gone.
import { removeOwnTemporaryFolders, sweepTemporaryFolders } from '../../data/import/temporary.ts';
import { connectToHost } from './port.ts';
import type { FromImporter, ToImporter } from './protocol.ts';
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
process.once('SIGINT', end);
port.onClose(end);
sweepTemporaryFolders();
void serveImport(port, abort.signal).then(() => process.exit(0));
