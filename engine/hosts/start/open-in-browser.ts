// Opens an address in the user's own browser.
import { spawn } from 'node:child_process';
import { hasDisplay } from './display.ts';

/** False where there is no screen to show it on, or nothing that opens addresses. */
export function openInBrowser(address: string): boolean {
  if (!hasDisplay(process.platform, process.env)) return false;
  const [command, ...args] = openerOf(process.platform, address);
  try {
    const child = spawn(command, args, { stdio: 'ignore', detached: true });
    // Without an opener there is an error later; the address has been printed anyway.
    child.on('error', () => {});
    child.unref();
    return child.pid !== undefined;
  } catch {
    return false;
  }
}

function openerOf(platform: NodeJS.Platform, address: string): [string, ...string[]] {
  if (platform === 'darwin') return ['open', address];
  if (platform === 'win32') return ['explorer', address];
  return ['xdg-open', address];
}
