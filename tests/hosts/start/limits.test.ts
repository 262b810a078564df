// Too few open files, or too little address space: one sentence instead of an abort of Node.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const run = promisify(execFile);
const LAUNCHER = join(import.meta.dirname, '../../../bin/hindcast.js');

async function startWith(limit: string, ...flags: string[]): Promise<string> {
  const command = `ulimit ${limit}; exec "$0" ${flags.join(' ')} "$1" --version`;
  const failure = await run('sh', ['-c', command, process.execPath, LAUNCHER]).catch(
    (error: { stderr: string; code: number }) => error,
  );
  return 'code' in failure ? `${failure.code}: ${failure.stderr}` : failure.stdout;
}

test.runIf(process.platform === 'linux')('a limit that is too low is one sentence', async () => {
  for (const files of [24, 32, 40]) {
    expect(await startWith(`-n ${files}`)).toMatch(/^1: hindcast: this process may open only .*\n$/);
  }
  // Node 24 itself needs 22.
  expect(await startWith('-n 22')).toMatch(/^1: hindcast: this process may open only 22 .*\n$/);
  expect(await startWith('-n 1024', '--max-old-space-size=16')).toMatch(
    /^1: hindcast: this process may use only \d+ MB for its heap.*\n$/,
  );
  expect(await startWith('-n 1024', '--max-old-space-size=128')).toMatch(/^\d+\.\d+\.\d+\n$/);
  expect(await startWith('-v 2000000')).toMatch(/^1: hindcast: this process may use only .*\n$/);
});
