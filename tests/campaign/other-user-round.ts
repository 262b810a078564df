// A round with a second user in a folder that both may write: the other user can neither read what lies there nor lock, plant or remove
// anything that keeps the owner from working. Only root can play both.
import { spawnSync } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { openWorkspace } from '../../engine/store/workspace.ts';
import { newRun } from '../store/content.ts';
import { below, type Random } from './random.ts';

const NOBODY = 65_534;

export const canPlayOtherUser = (): boolean => process.getuid?.() === 0;

const ATTEMPTS: readonly { readonly what: string; readonly script: string }[] = [
  { what: 'read', script: 'cat "$1" >/dev/null' },
  { what: 'write', script: 'printf x >>"$1"' },
  { what: 'remove', script: 'rm -f "$1" && [ ! -e "$1" ]' },
  { what: 'replace', script: 'printf x >"$1.mine" && mv -f "$1.mine" "$1"' },
  { what: 'change the mode of', script: 'chmod 666 "$1"' },
];

export interface OtherUserRound {
  readonly what: string;
  readonly files: number;
}

/** @throws Error that says what the other user could do. */
export function playOtherUserRound(folder: string, random: Random): OtherUserRound {
  // Everybody may make files here, and only their owner removes them.
  chmodSync(folder, 0o1777);
  const path = join(folder, 'w.hindcast');
  const workspace = openWorkspace(path, { create: true, now: Date.now });
  newRun(workspace);
  const attempt = ATTEMPTS[below(random, ATTEMPTS.length)]!;
  const files = readdirSync(folder).map((name) => join(folder, name));
  for (const file of files) {
    const before = [statSync(file).mode, readFileSync(file).toString('base64')].join();
    const { status } = spawnSync('sh', ['-c', attempt.script, 'sh', file], { uid: NOBODY, gid: NOBODY });
    const after = [statSync(file).mode, readFileSync(file).toString('base64')].join();
    if (status === 0 || before !== after) throw new Error(`another user could ${attempt.what} ${file}`);
  }
  newRun(workspace);
  workspace.checkIntegrity();
  workspace.close();
  return { what: attempt.what, files: files.length };
}
