// Finds Electron's program, or says why there is none. Electron's package downloads the program at its first start; npm does not.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { projectRoot } from '../node/paths.ts';
import { hasDisplay } from './display.ts';

export type FoundElectron =
  | { readonly path: string; readonly reason: null }
  /** One sentence. */
  | { readonly path: null; readonly reason: string };

export interface FindElectronOptions {
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Called before something takes long. */
  note(line: string): void;
  /** Folder of the package; default: the installed one, null where it is not. */
  readonly packageFolder?: string | null;
}

/** About 110 MB; a slow line needs minutes, a machine without the way out fails at once. */
const DOWNLOAD_MS = 15 * 60_000;

export async function findElectron(options: FindElectronOptions): Promise<FoundElectron> {
  const { platform, environment, note } = options;
  if (!hasDisplay(platform, environment)) return none('There is no display for a window.');
  const override = environment.ELECTRON_OVERRIDE_DIST_PATH;
  if (override) {
    const path = join(override, programOf(platform));
    return existsSync(path) ? { path, reason: null } : none(`There is no Electron in ${override}.`);
  }
  const folder = options.packageFolder === undefined ? installedPackage() : options.packageFolder;
  if (folder === null) return none("Electron's package is not installed.");
  const there = downloaded(folder);
  if (there) return { path: there, reason: null };
  note('Downloading Electron (about 110 MB, once)…');
  const failure = await download(folder);
  const path = downloaded(folder);
  return path ? { path, reason: null } : none(`Electron could not be downloaded (${failure}).`);
}

const none = (reason: string): FoundElectron => ({ path: null, reason });

function programOf(platform: NodeJS.Platform): string {
  if (platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron';
  return platform === 'win32' ? 'electron.exe' : 'electron';
}

function installedPackage(): string | null {
  try {
    return dirname(createRequire(join(projectRoot, 'package.json')).resolve('electron/package.json'));
  } catch {
    return null;
  }
}

/** `path.txt` is written after the last file has been unpacked. */
function downloaded(folder: string): string | null {
  const pathFile = join(folder, 'path.txt');
  if (!existsSync(pathFile)) return null;
  const path = join(folder, 'dist', readFileSync(pathFile, 'utf8'));
  return existsSync(path) ? path : null;
}

/** @returns why it failed, in a few words; empty where it did not. */
async function download(folder: string): Promise<string> {
  const child = spawn(process.execPath, [join(folder, 'install.js')], {
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: DOWNLOAD_MS,
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const code = await new Promise<number | null>((resolve) => {
    child.once('error', () => resolve(null));
    child.once('close', resolve);
  });
  if (code === 0) return '';
  // The first line of a stack is the message: `RequestError: getaddrinfo ENOTFOUND github.com`.
  const message = said.split('\n').find((line) => /Error/.test(line)) ?? said.split('\n')[0] ?? '';
  return message.replace(/^\w*Error:\s*/, '').trim() || `its installer ended with code ${code}`;
}
