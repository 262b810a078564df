// The run list as it travels: JSON bytes, written by SQLite and parsed once, since ten thousand rows through a schema and an
// object walk cost more than all the rest of the call.
import type { RunSummary } from './run.ts';

export async function readRunList(blob: Blob): Promise<RunSummary[]> {
  // The engine wrote it from its own store: trusted inside, so not validated again.
  return JSON.parse(await blob.text()) as RunSummary[];
}
