// workspace.*: the settings that the file keeps.
import type { Settings } from '../contract/datasets/views.ts';
import { BACKUPS_KEY } from './automatic-backups.ts';
import type { EngineContext } from './context.ts';
import { THREADS_KEY } from './runs/thread-share.ts';

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
