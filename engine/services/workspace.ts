// workspace.*: the check of the file, and the settings that are stored in it.
import { HindcastError } from '../contract/errors.ts';
import type { Settings } from '../contract/views.ts';
import { BACKUPS_KEY } from './automatic-backups.ts';
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

export function readSettings({ workspace }: EngineContext): Settings {
  return {
    threads: (workspace.settings.get(THREADS_KEY) as number | null | undefined) ?? null,
    automaticBackups: workspace.settings.get(BACKUPS_KEY) !== false,
  };
}

export function changeSettings(
  context: EngineContext,
  change: { readonly threads?: number | null | undefined; readonly automaticBackups?: boolean | undefined },
): Settings {
  if (change.threads !== undefined) {
    context.workspace.settings.set(THREADS_KEY, change.threads);
    context.supervisor.shareThreads();
  }
  if (change.automaticBackups !== undefined)
    context.workspace.settings.set(BACKUPS_KEY, change.automaticBackups);
  return readSettings(context);
}
