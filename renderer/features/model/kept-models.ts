// Folders of opened models: the last few are kept, for the Back button and for running forecasts; older uploads are released.
import { isUploaded } from '../../../engine/contract/values/source-name.ts';
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

/** In the session of the tab, so that a reload finds the folder again. */
const keyOf = (upload: string): string => `hindcast.upload.${upload}`;

/** What the address says of a folder: that of an upload is temporary, so the address holds its id. */
export function addressOf(path: string): Readonly<Record<string, string>> {
  if (!isUploaded(path)) return { folder: path };
  const upload = path.split(/[\\/]/).at(-1) ?? '';
  sessionStorage.setItem(keyOf(upload), path);
  return { upload };
}

/** The folder that an address names; empty where it names none that this tab knows. */
export function folderIn(query: URLSearchParams): string {
  const upload = query.get('upload');
  if (upload === null) return query.get('folder') ?? '';
  return sessionStorage.getItem(keyOf(upload)) ?? '';
}
