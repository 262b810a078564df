// The user's browser is given a file to open: every user of the machine could read a token in a command line.
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { openInBrowser } from '../../../engine/hosts/start/open-in-browser.ts';

test.runIf(process.platform === 'linux')(
  'the token is in a private file, and in no command line',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hindcast-opener-'));
    const said = join(folder, 'said');
    writeFileSync(join(folder, 'xdg-open'), `#!/bin/sh\necho "$@" > ${said}.half; mv ${said}.half ${said}\n`);
    chmodSync(join(folder, 'xdg-open'), 0o755);
    vi.stubEnv('PATH', `${folder}:${process.env.PATH}`);
    vi.stubEnv('DISPLAY', ':99');
    try {
      const remove = openInBrowser('http://127.0.0.1:1/#token=abc');
      await expect.poll(() => existsSync(said)).toBe(true);
      const file = readFileSync(said, 'utf8').trim();
      expect(file).not.toContain('abc');
      expect(readFileSync(file, 'utf8')).toContain('url=http://127.0.0.1:1/#token=abc');
      expect(statSync(file).mode & 0o777).toBe(0o600);
      expect(statSync(dirname(file)).mode & 0o777).toBe(0o700);
      remove?.();
      expect(existsSync(file)).toBe(false);
    } finally {
      vi.unstubAllEnvs();
      rmSync(folder, { recursive: true, force: true });
    }
  },
);
