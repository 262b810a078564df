// Opens an address in the user's browser.
import { spawn } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createTemporaryFolder,
  removeTemporaryFolder,
  sweepTemporaryFolders,
} from '../../data/import/source/temporary.ts';
import { hasDisplay } from './display.ts';

const PREFIX = 'hindcast-open-';

/**
 * By a file that only this user can read and that leads on to the address: command lines are seen by every user of a machine, and the
 * address lets in.
 * @returns a function that removes the file; null where there is no screen to show it on, or nothing that opens files.
 */
export function openInBrowser(address: string): (() => void) | null {
  if (!hasDisplay(process.platform, process.env)) return null;
  const parent = hasBrowserOfSnap() ? homedir() : tmpdir();
  sweepTemporaryFolders(parent, PREFIX);
  const folder = createTemporaryFolder(parent, PREFIX);
  const file = join(folder, 'hindcast.html');
  writeFileSync(file, redirecting(address), { mode: 0o600 });
  const [command, ...args] = openerOf(process.platform, file);
  const child = spawn(command, args, { stdio: 'ignore', detached: true });
  // Without an opener there is an error later; the address has been printed anyway.
  child.on('error', () => {});
  child.unref();
  const remove = () => removeTemporaryFolder(folder);
  if (child.pid !== undefined) return remove;
  remove();
  return null;
}

/** Such a browser has a temporary folder of its own, and reads files of the user's folder. */
const hasBrowserOfSnap = (): boolean =>
  ['firefox', 'chromium'].some((name) => existsSync(`/snap/bin/${name}`));

function redirecting(address: string): string {
  return `<!doctype html>
<meta charset="utf-8">
<title>Hindcast</title>
<meta name="referrer" content="no-referrer">
<meta http-equiv="refresh" content="0; url=${address}">
<p><a href="${address}">Open Hindcast</a></p>
`;
}

function openerOf(platform: NodeJS.Platform, file: string): [string, ...string[]] {
  if (platform === 'darwin') return ['open', file];
  if (platform === 'win32') return ['explorer', file];
  return ['xdg-open', file];
}
