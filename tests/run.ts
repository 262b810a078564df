// `npm test`: builds (the tests of whole processes and of the workbench run the built programs), runs every suite, then counts
// all tests in one line. Arguments go to Vitest and leave the workbench out: `npm test -- tests/store`. HINDCAST_BUILT=1 tests what
// is built already.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const folder = mkdtempSync(join(tmpdir(), 'hindcast-test-'));
const reportOf = (suite: string): string => join(folder, `${suite}.json`);

/** A runner that dies without a report, or fails outside its tests, counts as one failure. */
function countsOf(suite: string, status: number | null, read: (report: never) => Counts): Counts {
  try {
    const counts = read(JSON.parse(readFileSync(reportOf(suite), 'utf8')) as never);
    return status !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

function run(program: readonly string[], environment: Readonly<Record<string, string>> = {}): number | null {
  const env = { ...process.env, ...environment };
  return spawnSync(process.execPath, [...program], { stdio: 'inherit', env }).status;
}

interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
}

function runVitest(args: readonly string[]): Counts {
  const output = `--outputFile.json=${reportOf('vitest')}`;
  const program = join('node_modules', 'vitest', 'vitest.mjs');
  const status = run([program, 'run', '--reporter=default', '--reporter=json', output, ...args]);
  return countsOf('vitest', status, (report: VitestReport) => ({
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
  }));
}

interface PlaywrightReport {
  readonly stats: {
    readonly expected: number;
    readonly unexpected: number;
    readonly flaky: number;
    readonly skipped: number;
  };
}

function runPlaywright(): Counts {
  const program = join('node_modules', '@playwright', 'test', 'cli.js');
  const status = run([program, 'test'], { HINDCAST_UI_REPORT: reportOf('playwright') });
  return countsOf('playwright', status, ({ stats }: PlaywrightReport) => ({
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky,
    skipped: stats.skipped,
  }));
}

try {
  if (process.env.HINDCAST_BUILT !== '1') {
    execFileSync('npm', ['run', '--silent', 'build'], {
      stdio: 'inherit',
      shell: process.platform === 'win32',
    });
  }
  const args = process.argv.slice(2);
  const suites = args.length > 0 ? [runVitest(args)] : [runVitest([]), runPlaywright()];
  const total = (key: keyof Counts) => suites.reduce((sum, suite) => sum + suite[key], 0);
  process.stdout.write(
    `\n${total('passed')} passed, ${total('failed')} failed, ${total('skipped')} skipped\n`,
  );
  process.exitCode = total('failed') === 0 && total('passed') > 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
