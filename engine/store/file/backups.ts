// Automatic backups: whole copies in a folder beside the workspace. The newest few are kept.
import { mkdirSync, readdirSync, statfsSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Backup } from '../../contract/workspace/engine-info.ts';

/** Number of daily copies that are kept. */
export const KEPT_BACKUPS = 7;
const DAY_MS = 86_400_000;
/** Larger workspaces are copied only when their owner asks: a copy each day would fill the disk. */
const LARGEST_BYTES = 2 ** 30;

const DAILY = /^(\d{4})-(\d\d)-(\d\d)T(\d\d)-(\d\d)-(\d\d)\.hindcast$/;
const DRAFT = /\.hindcast\.new-(\d+)(?:-journal|-wal|-shm)?$/;
/** Copies beside the workspace: before an update or a repair, and what a restore replaced. */
const BESIDE = /^\.before-(?:migration-\d+|restore|repair)(?:-\d+)?$/;

const folderOf = (workspacePath: string): string => `${workspacePath}-backups`;

/** The newest first. */
export function listBackups(workspacePath: string): Backup[] {
  const stem = basename(workspacePath);
  const beside = namesIn(dirname(workspacePath))
    .filter((name) => name.startsWith(stem) && BESIDE.test(name.slice(stem.length)))
    .map((name) => join(dirname(workspacePath), name));
  const daily = namesIn(folderOf(workspacePath))
    .filter((name) => DAILY.test(name))
    .map((name) => join(folderOf(workspacePath), name));
  return [...daily, ...beside]
    .flatMap((path) => {
      const found = statSync(path, { throwIfNoEntry: false });
      if (!found?.isFile()) return [];
      const name = basename(path);
      return [{ name, path, bytes: found.size, atMs: timeOfName(name) ?? Math.floor(found.mtimeMs) }];
    })
    .sort((one, other) => other.atMs - one.atMs);
}

/** Where the next daily copy goes; null where none is due: the workspace is new, too large, copied already, or there is no room. */
export function dueBackup(
  workspacePath: string,
  createdAtMs: number,
  nowMs: number,
  mostBytes = LARGEST_BYTES,
): string | null {
  const bytes = statSync(workspacePath).size;
  if (bytes > mostBytes) return null;
  const last = namesIn(folderOf(workspacePath)).flatMap((name) => timeOfName(name) ?? []);
  // A clock that was set back must not put the next copy off for long: copies of the future do not count.
  const newest = Math.max(createdAtMs, ...last.filter((atMs) => atMs <= nowMs));
  if (nowMs - newest < DAY_MS) return null;
  const { bavail, bsize } = statfsSync(dirname(workspacePath));
  if (bavail * bsize < 3 * bytes) return null;
  mkdirSync(folderOf(workspacePath), { recursive: true, mode: 0o700 });
  const stamp = new Date(nowMs).toISOString().slice(0, 19).replaceAll(':', '-');
  return join(folderOf(workspacePath), `${stamp}.hindcast`);
}

/**
 * Removes all but the newest daily copies, and drafts of hosts that were killed. Only the workspace's host may call it. It does not wait
 * for the disk, which takes a second to remove 1 GB.
 */
export async function pruneBackups(workspacePath: string, ownPid: number): Promise<void> {
  const folder = folderOf(workspacePath);
  const names = namesIn(folder);
  const old = names
    .filter((name) => DAILY.test(name))
    .sort()
    .slice(0, -KEPT_BACKUPS);
  const drafts = names.filter((name) => {
    const pid = DRAFT.exec(name)?.[1];
    return pid !== undefined && Number(pid) !== ownPid;
  });
  await Promise.all([...old, ...drafts].map((name) => rm(join(folder, name), { force: true })));
}

function timeOfName(name: string): number | null {
  const [, year, month, day, hour, minute, second] = DAILY.exec(name) ?? [];
  if (year === undefined) return null;
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
