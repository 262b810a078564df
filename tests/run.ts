// `npm test`: builds (the tests of whole processes run what ships), runs every suite, then counts them all in one line.
// Arguments go to Vitest: `npm test -- tests/store`.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

const folder = mkdtempSync(join(tmpdir(), 'hindcast-test-'));

/** Runs the unit and process tests. A runner that dies without a report counts as one failure. */
function runVitest(args: readonly string[]): Counts {
  const report = join(folder, 'vitest.json');
  const { status } = spawnSync(
    process.execPath,
    [
      join('node_modules', 'vitest', 'vitest.mjs'),
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      ...args,
    ],
    { stdio: 'inherit' },
  );
  try {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, success } = JSON.parse(
      readFileSync(report, 'utf8'),
    );
    const failed = Number(numFailedTests);
    // A file that fails outside its tests counts none of them.
    return {
      passed: numPassedTests,
      failed: failed === 0 && !(success && status === 0) ? 1 : failed,
      skipped: numPendingTests + numTodoTests,
    };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

try {
  execFileSync('npm', ['run', '--silent', 'build'], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  const { passed, failed, skipped } = runVitest(process.argv.slice(2));
  process.stdout.write(`\n${passed} passed, ${failed} failed, ${skipped} skipped\n`);
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
