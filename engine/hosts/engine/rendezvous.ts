// The rendezvous file beside a workspace: the address of its host, for processes that come later. A second copy lies with the
// lock of the file itself (host-lock.ts), in case the one beside the workspace is deleted.
import { randomBytes } from 'node:crypto';
import { existsSync, lstatSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { HindcastError } from '../../contract/values/errors.ts';
import { fileNotePath } from '../../store/file/host-lock.ts';

const RendezvousSchema = z.object({
  pid: z.int(),
  port: z.int().min(1).max(65_535),
  /** Only a process that can read this file may use the engine. */
  token: z.string().min(32),
  version: z.string(),
  /** The name under which the host opened the workspace. */
  workspace: z.string().optional(),
  /** UUID of the workspace. */
  id: z.string().optional(),
});
export type Rendezvous = z.infer<typeof RendezvousSchema>;

export const rendezvousPath = (workspacePath: string): string => `${workspacePath}-host.json`;
export const lockPath = (workspacePath: string): string => `${workspacePath}-host`;
/** @param stays the process would host the workspace itself: a host that leaves does not wait for it. */
export const rendezvousAddress = ({ port, token }: Rendezvous, stays = false): string =>
  `ws://127.0.0.1:${port}/?token=${token}${stays ? '&stays=1' : ''}`;
export const newToken = (): string => randomBytes(32).toString('hex');

/** @throws HindcastError `workspace-unreachable` where a folder has the name; what the file system throws. */
export function writeRendezvous(workspacePath: string, rendezvous: Rendezvous): void {
  writeWhole(rendezvousPath(workspacePath), rendezvous);
}

/** Written to a temporary file first, so that no process reads half of it. */
export function writeWhole(path: string, rendezvous: Rendezvous): void {
  refuseFolder(path);
  const half = `${path}.${rendezvous.pid}`;
  try {
    writeFileSync(half, JSON.stringify(rendezvous), { mode: 0o600 });
    renameSync(half, path);
  } finally {
    // It holds the token.
    rmSync(half, { force: true });
  }
}

/** Null where there is none, or none that can be read: the host may be writing or removing it right now. */
export function readRendezvous(workspacePath: string): Rendezvous | null {
  return readOwn(workspacePath) ?? readFileNote(workspacePath);
}

/** The file beside the workspace alone. */
export const readOwn = (workspacePath: string): Rendezvous | null => readFrom(rendezvousPath(workspacePath));

/** What the host of the file left, under whatever name it opened it. */
function readFileNote(workspacePath: string): Rendezvous | null {
  if (!existsSync(workspacePath)) return null;
  const path = fileNotePath(workspacePath);
  return path === null ? null : readFrom(path);
}

function readFrom(path: string): Rendezvous | null {
  try {
    return RendezvousSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return null;
  }
}

/** @throws HindcastError `workspace-unreachable` where a folder has the name. */
export function removeRendezvous(workspacePath: string): void {
  refuseFolder(rendezvousPath(workspacePath));
  rmSync(rendezvousPath(workspacePath), { force: true });
}

function refuseFolder(path: string): void {
  if (!lstatSync(path, { throwIfNoEntry: false })?.isDirectory()) return;
  throw new HindcastError(
    'workspace-unreachable',
    `A folder is at ${path}, where Hindcast keeps the address of the process that has the workspace open: move it away, then try again.`,
    { details: { path } },
  );
}
