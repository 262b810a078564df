// The job `set-aside`: unpacks the rows that an import set aside.
import { gunzipSync } from 'node:zlib';
import type { Jobs } from '../../../contract/processes/jobs/table.ts';
import { HindcastError } from '../../../contract/values/errors.ts';
import { guardQuoted } from '../../../export/csv-guard.ts';
import type { Job } from './job.ts';

/** Of a file that another person made: more than an import keeps. */
const MOST_BYTES = 2 ** 30;
const GUARDED_AT_ONCE = 2 ** 26;

/** Bytes as letters, since no byte of a letter beyond ASCII is a sign of CSV; cut between two lines. */
function* guardedPieces(content: Buffer): Generator<Buffer, void> {
  for (let from = 0; from < content.length; ) {
    const end = content.indexOf('\n', from + GUARDED_AT_ONCE);
    const to = end < 0 ? content.length : end + 1;
    yield Buffer.from(guardQuoted(content.toString('latin1', from, to)), 'latin1');
    from = to;
  }
}

/** gzip carries a checksum of its own. */
function unpacked(packed: Uint8Array, workspacePath: string, dataset: string): Buffer {
  try {
    return gunzipSync(packed, { maxOutputLength: MOST_BYTES });
  } catch (cause) {
    throw new HindcastError(
      'workspace-damaged',
      `The rows that the import of "${dataset}" set aside were changed by damage in ${workspacePath}: import its file again, or restore a backup.`,
      { details: { path: workspacePath, dataset }, cause },
    );
  }
}

export const setAsideJob: Job<Jobs['set-aside']> = {
  async run({ packed, guardFormulas, workspacePath, dataset }) {
    const content = unpacked(packed, workspacePath, dataset);
    return new Uint8Array(guardFormulas ? Buffer.concat([...guardedPieces(content)]) : content);
  },
};
