// Folders that a killed process left are removed, also while the system still lists that process.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createTemporaryFolder, sweepTemporaryFolders } from '../../engine/data/import/source/temporary.ts';

const PREFIX = 'hindcast-test-';

test.skipIf(process.platform !== 'linux')(
  'a process that has ended but was not waited for owns nothing',
  async () => {
    const parent = mkdtempSync(join(tmpdir(), 'hindcast sweep '));
    // The shell's child ends; the shell becomes `sleep`, which never asks for that end.
    const holder = spawn('sh', ['-c', 'true & echo $!; exec sleep 60'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    onTestFinished(() => {
      holder.kill();
      rmSync(parent, { recursive: true });
    });
    const pid = await new Promise<string>((resolve) =>
      holder.stdout.once('data', (text) => resolve(String(text).trim())),
    );
    const [left, own] = [join(parent, `${PREFIX}${pid}-abc`), createTemporaryFolder(parent, PREFIX)];
    mkdirSync(left);
    await expect
      .poll(() => {
        sweepTemporaryFolders(parent, PREFIX);
        return existsSync(left);
      })
      .toBe(false);
    expect(existsSync(own)).toBe(true);
  },
);
