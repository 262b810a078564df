// `npm test`: builds (the tests of whole processes and of the workbench run the built programs), runs every suite, then counts
// all tests in one line, after what failed: who reads only the end of a long record finds it there. Arguments go to Vitest and leave
// the workbench out: `npm test -- tests/store`. HINDCAST_BUILT=1 tests what is built already.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** What failed, with its reason. */
  readonly failures: readonly string[];
}

/** Lines of a failure that are repeated at the end. */
const REPEATED_LINES = 30;

const folder = mkdtempSync(join(tmpdir(), 'hindcast-test-'));
const reportOf = (suite: string): string => join(folder, `${suite}.json`);

const failure = (name: string, reasons: readonly (string | undefined)[]): string => {
  const lines = stripVTControlCharacters(reasons.join('\n'))
    .trim()
    .split('\n')
    .filter((line) => !/^\s+at .*(node_modules|node:|<anonymous>)/.test(line));
  return [name, ...lines.slice(0, REPEATED_LINES).map((line) => `  ${line}`)].join('\n');
};

/** A runner that dies without a report, or fails outside its tests, counts as one failure. */
function countsOf(suite: string, status: number | null, read: (report: never) => Counts): Counts {
  const died = [`${suite} ended with status ${status}`];
  try {
    const counts = read(JSON.parse(readFileSync(reportOf(suite), 'utf8')) as never);
    if (status === 0 || counts.failed > 0) return counts;
    return { ...counts, failed: 1, failures: counts.failures.length > 0 ? counts.failures : died };
  } catch {
    return { passed: 0, failed: 1, skipped: 0, failures: died };
  }
}

function run(program: readonly string[], environment: Readonly<Record<string, string>> = {}): number | null {
  const env = { ...process.env, ...environment };
  return spawnSync(process.execPath, [...program], { stdio: 'inherit', env }).status;
}

interface VitestReport {
  readonly numPassedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  /** By file. One that could not be loaded has no tests, but a message. */
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages?: readonly string[] | null;
    }[];
  }[];
}

const vitestFailures = (report: VitestReport): string[] =>
  report.testResults
    .filter(({ status }) => status === 'failed')
    .flatMap(({ name, message, assertionResults }) => {
      const file = relative(process.cwd(), name);
      const tests = assertionResults.filter(({ status }) => status === 'failed');
      return tests.length === 0
        ? [failure(file, [message])]
        : tests.map((test) => failure(`${file} > ${test.fullName}`, test.failureMessages ?? []));
    });

function runVitest(args: readonly string[]): Counts {
  const output = `--outputFile.json=${reportOf('vitest')}`;
  const program = join('node_modules', 'vitest', 'vitest.mjs');
  const status = run([program, 'run', '--reporter=default', '--reporter=json', output, ...args]);
  return countsOf('vitest', status, (report: VitestReport) => {
    const failures = vitestFailures(report);
    const skipped = report.numPendingTests + report.numTodoTests;
    // A file that could not be loaded fails without a test.
    return { passed: report.numPassedTests, failed: failures.length, skipped, failures };
  });
}

interface PlaywrightSuite {
  readonly file: string;
  readonly suites?: readonly PlaywrightSuite[];
  readonly specs: readonly {
    readonly title: string;
    readonly tests: readonly {
      readonly projectName: string;
      readonly status: string;
      readonly results: readonly { readonly errors: readonly { readonly message?: string }[] }[];
    }[];
  }[];
}

interface PlaywrightReport {
  readonly suites: readonly PlaywrightSuite[];
  /** Outside the tests, as of the set-up. */
  readonly errors: readonly { readonly message?: string }[];
  readonly stats: {
    readonly expected: number;
    readonly unexpected: number;
    readonly flaky: number;
    readonly skipped: number;
  };
}

function playwrightFailures({ file, suites = [], specs }: PlaywrightSuite): string[] {
  const own = specs.flatMap(({ title, tests }) =>
    tests
      .filter(({ status }) => status === 'unexpected' || status === 'flaky')
      .map(({ projectName, results }) =>
        failure(
          `[${projectName}] ${file} > ${title}`,
          results.flatMap(({ errors }) => errors.map(({ message }) => message)),
        ),
      ),
  );
  return [...own, ...suites.flatMap(playwrightFailures)];
}

function runPlaywright(): Counts {
  const program = join('node_modules', '@playwright', 'test', 'cli.js');
  const status = run([program, 'test'], { HINDCAST_UI_REPORT: reportOf('playwright') });
  return countsOf('playwright', status, ({ stats, suites, errors }: PlaywrightReport) => ({
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
    skipped: stats.skipped,
    failures: [
      ...suites.flatMap(playwrightFailures),
      ...errors.map(({ message }) => failure('outside the tests', [message])),
    ],
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
  const total = (key: 'passed' | 'failed' | 'skipped') => suites.reduce((sum, suite) => sum + suite[key], 0);
  const failures = suites.flatMap((suite) => suite.failures);
  if (failures.length > 0) process.stdout.write(`\nFailed:\n\n${failures.join('\n\n')}\n`);
  process.stdout.write(
    `\n${total('passed')} passed, ${total('failed')} failed, ${total('skipped')} skipped\n`,
  );
  process.exitCode = total('failed') === 0 && total('passed') > 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
