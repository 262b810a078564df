// The rendezvous file beside a workspace: where its host can be reached, for processes that come later.
import { randomBytes } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

const RendezvousSchema = z.object({
  pid: z.int(),
  port: z.int().min(1).max(65_535),
  /** Whoever can read the file may use the engine; nobody else. */
  token: z.string().min(32),
  version: z.string(),
});
export type Rendezvous = z.infer<typeof RendezvousSchema>;

export const rendezvousPath = (workspacePath: string): string => `${workspacePath}-host.json`;
export const lockPath = (workspacePath: string): string => `${workspacePath}-host`;
export const rendezvousAddress = ({ port, token }: Rendezvous): string =>
  `ws://127.0.0.1:${port}/?token=${token}`;
export const newToken = (): string => randomBytes(32).toString('hex');

export function writeRendezvous(workspacePath: string, rendezvous: Rendezvous): void {
  const path = rendezvousPath(workspacePath);
  const half = `${path}.${rendezvous.pid}`;
  writeFileSync(half, JSON.stringify(rendezvous), { mode: 0o600 });
  renameSync(half, path);
}

/** Null where there is none, or none that can be read: the host may be writing or removing it right now. */
export function readRendezvous(workspacePath: string): Rendezvous | null {
  try {
    return RendezvousSchema.parse(JSON.parse(readFileSync(rendezvousPath(workspacePath), 'utf8')));
  } catch {
    return null;
  }
}

export function removeRendezvous(workspacePath: string): void {
  rmSync(rendezvousPath(workspacePath), { force: true });
}
