// `hindcast backup` and `hindcast restore`: copies of the workspace.
import { existsSync, renameSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fetchBackUp } from '../../../connect/back-up.ts';
import { HindcastError } from '../../../contract/values/errors.ts';
import { listBackups } from '../../../store/file/backups.ts';
import { putInPlace } from '../../../store/file/restore.ts';
import type { Outcome, VerbContext } from '../context.ts';
import { formatBytes, formatTime } from '../text/format.ts';
import { renderTable } from '../text/table.ts';
import { withLocks } from './locked-file.ts';
import { tableStyle } from './style.ts';

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

/** Also of a workspace that does not open. */
export async function listOfBackups({ workspacePath, terminal }: VerbContext): Promise<Outcome> {
  const backups = listBackups(workspacePath);
  const rows = backups.map(({ name, bytes, atMs }) => [name, formatTime(atMs), formatBytes(bytes)]);
  const columns = [{ header: 'BACKUP' }, { header: 'MADE' }, { header: 'SIZE' }];
  const text =
    backups.length === 0
      ? 'There are no automatic backups yet; `hindcast backup` writes a copy now.'
      : `${renderTable(columns, rows, tableStyle(terminal))}\n\nhindcast restore NAME puts one back.`;
  return { json: backups, text };
}

/** No process may have the workspace open; an existing file is renamed, never deleted. */
export async function restore({ workspacePath }: VerbContext, from: string): Promise<Outcome> {
  const backupPath = backupNamed(workspacePath, from);
  const { kept, logs } = withLocks(workspacePath, () => putInPlace(workspacePath, backupPath));
  const text = [
    `Restored ${workspacePath} from ${backupPath}.`,
    ...(kept ? [`What was there is now ${kept}.`] : []),
  ];
  return { json: { workspace: workspacePath, from: backupPath, kept, logs }, text: text.join('\n') };
}

/** A path, or a name of `hindcast backup --list`; `latest` is the newest of these. */
function backupNamed(workspacePath: string, from: string): string {
  const path = resolve(from);
  if (existsSync(path)) return path;
  const listed = listBackups(workspacePath);
  const found = from === 'latest' ? listed[0] : listed.find(({ name }) => name === from);
  if (found) return found.path;
  throw new HindcastError(
    'file-missing',
    `There is no file ${path}, and no backup of that name: see \`hindcast backup --list\`.`,
  );
}
