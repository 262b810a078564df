// `hindcast check`, `hindcast backup` and `hindcast restore`: the workspace as a file.
import { copyFileSync, existsSync, renameSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fetchBackUp } from '../../../connect/back-up.ts';
import { HindcastError } from '../../../contract/errors.ts';
import { findMigrationsFolder, readMigrations } from '../../../store/migrations.ts';
import { freeName, setLogAside } from '../../../store/set-aside.ts';
import { inspectWorkspaceFile } from '../../../store/workspace-file.ts';
import { FileIsHeld, type HostLocks, lockWorkspace } from '../../engine/host-locks.ts';
import type { Outcome, VerbContext } from '../context.ts';
import { formatBytes } from '../text/format.ts';

export async function check(context: VerbContext): Promise<Outcome> {
  const { client } = await context.connect('existing');
  const result = await client.workspace.check();
  if (result.healthy)
    return { json: result, text: `The workspace is sound; read in ${result.seconds.toFixed(1)} s.` };
  const complaint = new HindcastError(
    'workspace-damaged',
    `${context.workspacePath} is damaged: ${result.findings.length === 1 ? 'one finding' : `${result.findings.length} findings`}.`,
    { details: { findings: result.findings } },
  );
  return { json: result, text: result.findings.join('\n'), complaint };
}

export async function backup(context: VerbContext, to: string | undefined): Promise<Outcome> {
  const { client } = await context.connect('existing');
  if (to !== undefined) refuseTaken(resolve(to));
  return fetchBackUp(client, async ({ name, bytes, pieces }) => {
    const path = resolve(to ?? name);
    refuseTaken(path);
    await writeWhole(path, pieces());
    return { json: { path, bytes }, text: `Wrote ${path} (${formatBytes(bytes)}).` };
  });
}

function refuseTaken(path: string): void {
  if (!existsSync(path)) return;
  const message = `The file ${path} is there already: name another one with --to FILE.`;
  throw new HindcastError('conflict', message);
}

/** Never half a file: under another name until the last piece is there. */
async function writeWhole(path: string, pieces: AsyncIterable<Blob>): Promise<void> {
  const draft = `${path}.new-${process.pid}`;
  try {
    const bytes = (async function* () {
      for await (const piece of pieces) yield new Uint8Array(await piece.arrayBuffer());
    })();
    await writeFile(draft, bytes, { flag: 'wx', mode: 0o600 });
    renameSync(draft, path);
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Nobody may have the workspace open; what stands there is renamed, never deleted. */
export async function restore({ workspacePath }: VerbContext, from: string): Promise<Outcome> {
  const backupPath = resolve(from);
  if (!existsSync(backupPath))
    throw new HindcastError('file-missing', `There is no file ${backupPath}; see the path.`);
  const locks = lockWorkspace(workspacePath);
  if (!locks) throw isOpen(workspacePath);
  try {
    claim(locks, workspacePath);
    const draft = `${workspacePath}.new-${process.pid}`;
    try {
      copyFileSync(backupPath, draft);
      inspectWorkspaceFile(draft, readMigrations(findMigrationsFolder()), { now: Date.now });
      const { names } = setLogAside(workspacePath);
      const kept = existsSync(workspacePath) ? freeName(`${workspacePath}.before-restore`) : null;
      if (kept) renameSync(workspacePath, kept);
      renameSync(draft, workspacePath);
      const text = [
        `Restored ${workspacePath} from ${backupPath}.`,
        ...(kept ? [`What was there is now ${kept}.`] : []),
      ];
      return {
        json: { workspace: workspacePath, from: backupPath, kept, logs: names },
        text: text.join('\n'),
      };
    } finally {
      for (const ending of ['', '-wal', '-shm']) rmSync(draft + ending, { force: true });
    }
  } finally {
    locks.release();
  }
}

/** It may be open under another name. */
function claim(locks: HostLocks, workspacePath: string): void {
  if (!existsSync(workspacePath)) return;
  try {
    locks.claim(workspacePath);
  } catch (cause) {
    throw cause instanceof FileIsHeld ? isOpen(workspacePath) : cause;
  }
}

const isOpen = (path: string): HindcastError =>
  new HindcastError('workspace-locked', `Another process has ${path} open: close it, then restore.`);
