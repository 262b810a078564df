// workspace.*: whether the file is sound, a copy of it, and the settings that it keeps.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, extname, join } from 'node:path';
import { HindcastError } from '../contract/errors.ts';
import type { Settings } from '../contract/views.ts';
import type { EngineContext } from './context.ts';
import { THREADS_KEY } from './runs/thread-share.ts';

/** So long may a step of the check keep other calls waiting. */
const SLICE_MS = 10;

/** The structure, then all contents against their checksums; other calls are answered in between. */
export async function checkWorkspace({ workspace, host }: EngineContext) {
  const startedAtMs = host.now();
  const findings: string[] = [];
  try {
    workspace.checkIntegrity();
    let sliceAtMs = performance.now();
    for (const found of workspace.checkContents()) {
      findings.push(...found);
      if (performance.now() - sliceAtMs < SLICE_MS) continue;
      await new Promise((resolve) => setImmediate(resolve));
      sliceAtMs = performance.now();
    }
  } catch (cause) {
    findings.push(HindcastError.wrap(cause, 'The workspace could not be checked').message);
  }
  return { healthy: findings.length === 0, findings, seconds: (host.now() - startedAtMs) / 1000 };
}

/** A whole copy, made beside the running work and handed over as bytes. */
export async function backUpWorkspace({
  workspace,
  host,
}: EngineContext): Promise<{ name: string; content: Blob }> {
  const folder = await mkdtemp(join(tmpdir(), 'hindcast-backup-'));
  try {
    const file = join(folder, 'copy.hindcast');
    await workspace.copyTo(file);
    const day = new Date(host.now()).toISOString().slice(0, 10);
    const stem = basename(workspace.path, extname(workspace.path));
    const bytes = await readFile(file);
    return { name: `${stem} ${day}.hindcast`, content: new Blob([bytes]) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export function readSettings({ workspace }: EngineContext): Settings {
  return { threads: (workspace.settings.get(THREADS_KEY) as number | null | undefined) ?? null };
}

export function changeSettings(
  context: EngineContext,
  change: { readonly threads?: number | null | undefined },
): Settings {
  if (change.threads !== undefined) {
    context.workspace.settings.set(THREADS_KEY, change.threads);
    context.supervisor.shareThreads();
  }
  return readSettings(context);
}
