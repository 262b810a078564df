// Returns the pages of deleted data to the disk, a few at a time between other work, until none is left.
import { HindcastError } from '../contract/values/errors.ts';
import type { Workspace } from '../store/workspace.ts';

type Freeing = Pick<Workspace, 'freePages'>;

/** 16 MB, about 10 ms. */
const PAGES_AT_ONCE = 1_000;
const PAUSE_MS = 40;
/** 4 GB: a host that closes does not stay longer for it. The rest goes with the next deletion. */
const MOST_ROUNDS_AT_CLOSE = 250;

const planned = new WeakMap<Freeing, NodeJS.Timeout>();

/** Begins after the current work. */
export function freePagesSoon(workspace: Freeing): void {
  if (planned.has(workspace)) return;
  planned.set(workspace, setTimeout(freeSome, 0, workspace).unref());
}

/** What is still to be given back, now: for a host that closes. */
export function finishFreeing(workspace: Freeing): void {
  const timer = planned.get(workspace);
  if (!timer) return;
  clearTimeout(timer);
  planned.delete(workspace);
  for (let round = 0; round < MOST_ROUNDS_AT_CLOSE && free(workspace) > 0; round++);
}

function freeSome(workspace: Freeing): void {
  if (free(workspace) > 0) planned.set(workspace, setTimeout(freeSome, PAUSE_MS, workspace).unref());
  else planned.delete(workspace);
}

/** 0, too, where the disk is full or the file is locked or closed: the next deletion tries again. */
function free(workspace: Freeing): number {
  try {
    return workspace.freePages(PAGES_AT_ONCE);
  } catch (cause) {
    if (cause instanceof HindcastError) return 0;
    throw cause;
  }
}
