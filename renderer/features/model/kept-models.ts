// Folders of opened models: the last few are kept, for the Back button and for running forecasts; older uploads are released.
import type { EngineFile } from '../../shell/shell.ts';

export const MODELS_KEPT = 4;

/** By path; the last opened comes last. */
const kept = new Map<string, EngineFile>();
const released = new Set<string>();

export function keepModel(folder: EngineFile): void {
  kept.delete(folder.path);
  kept.set(folder.path, folder);
  released.delete(folder.path);
  for (const [path, old] of kept) {
    if (kept.size <= MODELS_KEPT) break;
    kept.delete(path);
    released.add(path);
    old.release();
  }
}

/** Its copy is gone, where there was one; a folder of this machine is still there. */
export const wasReleased = (path: string): boolean => released.has(path);
