// Runs the window and waits until it is closed.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { projectRoot } from '../node/paths.ts';

export interface ElectronRun {
  readonly exitCode: number;
  /** Why no window came up, in one sentence; null where one did. */
  readonly reason: string | null;
}

export interface RunElectronOptions {
  readonly electron: string;
  /** Null: the workspace that was open last. */
  readonly workspacePath: string | null;
  note(line: string): void;
}

/** An Electron that ends badly so soon never showed a window: a library is missing, or the display does not answer. */
const STARTED_MS = 8_000;

export async function runElectron({
  electron,
  workspacePath,
  note,
}: RunElectronOptions): Promise<ElectronRun> {
  const args = [join(projectRoot, 'out', 'main', 'electron.js')];
  if (workspacePath !== null) args.push(`--workspace=${workspacePath}`);
  if (process.platform === 'linux' && process.getuid?.() === 0) {
    note("Electron's sandbox does not work for the user root: it is off for this window.");
    args.unshift('--no-sandbox');
  }
  const startedAt = performance.now();
  const child = spawn(electron, args, { stdio: ['ignore', 'inherit', 'pipe'], windowsHide: false });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-4_000);
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
  const code = await new Promise<number | null>((resolve) => {
    child.once('error', () => resolve(null));
    child.once('close', resolve);
  });
  if (code === 0) return { exitCode: 0, reason: null };
  if (performance.now() - startedAt > STARTED_MS) return { exitCode: code ?? 1, reason: null };
  const last = said.trim().split('\n').at(-1) ?? '';
  return { exitCode: code ?? 1, reason: `Electron did not start${last ? ` (${last.trim()})` : ''}.` };
}
