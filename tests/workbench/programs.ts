// The programs that the workbench's tests need from the machine: a Chromium, an Electron, a display.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { chromium } from '@playwright/test';

export type Found = { readonly path: string } | { readonly missing: string };

const isRoot = (): boolean => process.getuid?.() === 0;

function onPath(...names: readonly string[]): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return names
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((path) => existsSync(path));
}

function chromiumHere(): string | undefined {
  const named = process.env.HINDCAST_CHROMIUM;
  if (named && existsSync(named)) return named;
  return (
    onPath('chromium', 'chromium-browser', 'google-chrome') ??
    [chromium.executablePath()].find((path) => existsSync(path))
  );
}

/** One that is there, else Debian's where it may be installed. */
export function findChromium(): Found {
  const here = chromiumHere();
  if (here) return { path: here };
  if (!isRoot() || !onPath('apt-get')) {
    return { missing: 'no Chromium here; `apt-get install chromium`, or name one in HINDCAST_CHROMIUM' };
  }
  process.stderr.write("Installing Debian's Chromium for the browser tests…\n");
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args: string[]) =>
    execFileSync('apt-get', ['-o', 'DPkg::Lock::Timeout=300', '-qq', ...args], { env, stdio: 'pipe' });
  try {
    apt('update');
    apt('install', '-y', '--no-install-recommends', 'chromium', 'fonts-dejavu-core');
  } catch (cause) {
    return { missing: `Chromium could not be installed: ${String(cause)}` };
  }
  const installed = chromiumHere();
  return installed ? { path: installed } : { missing: 'the installed Chromium was not found' };
}

/** ELECTRON_OVERRIDE_DIST_PATH, else what the package has downloaded. Nothing is downloaded here. */
export function findElectron(): Found {
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (folder) {
    const path = join(folder, process.platform === 'win32' ? 'electron.exe' : 'electron');
    return existsSync(path) ? { path } : { missing: `no Electron in ${folder}` };
  }
  const electron = dirname(createRequire(import.meta.url).resolve('electron/package.json'));
  const pathFile = join(electron, 'path.txt');
  const path = existsSync(pathFile) ? join(electron, 'dist', readFileSync(pathFile, 'utf8')) : undefined;
  return path && existsSync(path)
    ? { path }
    : {
        missing:
          "Electron's program was never downloaded; `npm start` does, or name one in ELECTRON_OVERRIDE_DIST_PATH",
      };
}

export interface Display {
  readonly name: string;
  end(): void;
}

/** The one there is, else a virtual one of our own. */
export async function findDisplay(): Promise<Display | { readonly missing: string }> {
  if (process.platform !== 'linux') return { name: '', end: () => {} };
  if (process.env.DISPLAY) return { name: process.env.DISPLAY, end: () => {} };
  const xvfb = onPath('Xvfb');
  if (!xvfb) return { missing: 'no display and no Xvfb; `apt-get install xvfb`' };
  const child = spawn(
    xvfb,
    ['-displayfd', '3', '-noreset', '-screen', '0', '1680x1050x24', '-nolisten', 'tcp'],
    {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    },
  );
  const number = await displayNumber(child);
  return number === null
    ? { missing: 'Xvfb did not start' }
    : { name: `:${number}`, end: () => void child.kill() };
}

/** Xvfb chooses a free number and writes it when it is ready. */
function displayNumber(child: ChildProcess): Promise<string | null> {
  return new Promise((resolve) => {
    child.once('error', () => resolve(null));
    child.once('exit', () => resolve(null));
    child.stdio[3]?.once('data', (data: Buffer) => resolve(data.toString().trim()));
  });
}

/** A tone that beeps. */
export const FAKE_MICROPHONE: readonly string[] = ['--use-fake-device-for-media-stream'];

/** Chromium and Electron refuse to run their sandbox as root. */
export const rootSwitches = (): string[] =>
  process.platform === 'linux' && isRoot() ? ['--no-sandbox'] : [];

/** What the set-up found for the tests of the window. */
export function desktopProgram(): { readonly path?: string; readonly missing: string } {
  const path = process.env.HINDCAST_TEST_DESKTOP;
  const missing = process.env.HINDCAST_TEST_DESKTOP_MISSING ?? 'not looked for';
  if (path === undefined && process.env.HINDCAST_UI_REQUIRED) {
    throw new Error(`The desktop tests must not be skipped: ${missing}.`);
  }
  return { ...(path !== undefined && { path }), missing };
}
