// Removes half-made files that killed processes left beside a workspace. Drafts of a workspace are only made under its lock, so
// the holder of the lock knows that nobody uses the others.
import { readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** `w.new-12`, `w.before-migration-4.new-12`, `w.before-migration-4-2.new-12`, `w.before-repair.new-12`, `w.repaired.new-12`,
 * `w-host.json.12`, with what SQLite keeps beside them. */
const DRAFT =
  /^(?:(?:\.(?:before-migration-\d+|before-repair)(?:-\d+)?|\.repaired)?\.new-(\d+)(?:-journal|-wal|-shm)?|-host\.json\.(\d+))$/;

/** Removes them; returns their names. */
export function sweepDrafts(workspacePath: string, ownPid: number): string[] {
  const folder = dirname(workspacePath);
  const stem = basename(workspacePath);
  const left = readdirSync(folder).filter((name) => {
    if (!name.startsWith(stem)) return false;
    const [, draftPid, noticePid] = DRAFT.exec(name.slice(stem.length)) ?? [];
    const pid = draftPid ?? noticePid;
    return pid !== undefined && Number(pid) !== ownPid;
  });
  for (const name of left) rmSync(join(folder, name), { force: true });
  return left;
}
