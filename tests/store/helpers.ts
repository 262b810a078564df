// What the tests of the store share: a folder of their own, a clock, a workspace, and checks of errors.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { HindcastError } from '../../engine/contract/values/errors.ts';
import { type OpenWorkspaceOptions, openWorkspace, type Workspace } from '../../engine/store/workspace.ts';

export * from './content.ts';

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'hindcast store '));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A clock that advances by a millisecond at each reading. */
export function testClock(): () => number {
  let nowMs = 1_700_000_000_000;
  return () => nowMs++;
}

export function openTest(path: string, options: Partial<OpenWorkspaceOptions> = {}): Workspace {
  return openWorkspace(path, { create: true, now: testClock(), ...options });
}

/** A new workspace in a folder of its own, closed at the end of the test. */
export function newWorkspace(): Workspace {
  const workspace = openTest(join(temporaryFolder(), 'w.hindcast'));
  onTestFinished(() => workspace.close());
  return workspace;
}

/** The HindcastError that `work` throws. */
export function errorOf(work: () => unknown): HindcastError {
  try {
    work();
  } catch (cause) {
    if (cause instanceof HindcastError) return cause;
    throw cause;
  }
  throw new Error('nothing was thrown');
}

/** Every file of a folder with its bytes. */
export function folderBytes(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  return Object.fromEntries(
    files.sort().map((file) => [file, readFileSync(join(folder, file)).toString('hex')]),
  );
}
