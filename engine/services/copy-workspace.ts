// A whole copy of the workspace, written by a worker process: flushing it takes a second for 2 GB, in which the host would answer nothing.
import type { Jobs } from '../contract/processes/jobs/table.ts';
import { makeCopy } from '../store/file/copy-workspace.ts';
import type { Workspace } from '../store/workspace.ts';
import type { RunJob } from './processes/job-pool.ts';

/** @throws HindcastError `conflict` for a file that is there; `disk-full`, `workspace-unreachable`, `cancelled`, ... */
export async function copyWorkspace(
  workspace: Workspace,
  runJob: RunJob<Jobs>,
  path: string,
  signal?: AbortSignal,
): Promise<void> {
  // What is open, not what was put in its place.
  if (wasMoved(workspace)) return workspace.copyTo(path, signal);
  await makeCopy(path, async (draft) => {
    await runJob('copy-workspace', { workspacePath: workspace.path, path: draft }, { signal });
  });
}

function wasMoved(workspace: Workspace): boolean {
  try {
    workspace.refuseMoved();
    return false;
  } catch {
    return true;
  }
}
