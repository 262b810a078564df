// Awkward files of the folder shared/data/import-cases (its README says what is right for each), read with the defaults: how each is
// read or refused, so that one that is read worse is noticed. The folder is not shipped: without it the test is skipped.
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { HindcastError } from '../../../engine/contract/values/errors.ts';
import { CASES, OPTIONS } from './import-cases.ts';
import { importPath } from './support.ts';

function findFolder(): string | null {
  for (let folder = process.cwd(); ; folder = dirname(folder)) {
    const path = join(folder, 'shared', 'data', 'import-cases');
    if (existsSync(path)) return path;
    if (dirname(folder) === folder) return null;
  }
}

interface Verdict {
  readonly outcome: string;
  /** All that the user is told. */
  readonly said: string;
}

async function verdictOf(path: string, number: string): Promise<Verdict> {
  try {
    const { series, columns, report } = await importPath(path, OPTIONS[number]);
    expect(report.rowsRead).toBe(report.rowsKept + report.rowsSetAside);
    expect(series.reduce((sum, { rows }) => sum + rows, 0)).toBe(report.rowsKept);
    const rows =
      series.length === 1 ? `${report.rowsKept} rows` : `${report.rowsKept} rows in ${series.length}`;
    const from = new Date((series[0]?.startUs ?? 0) / 1000).toISOString().slice(0, 16);
    const said = [...report.notes, ...report.setAside.map(({ line, reason }) => `line ${line}: ${reason}`)];
    return {
      outcome: `${rows} of ${columns.length} columns from ${from}, ${series[0]?.frequency}`,
      said: said.join('\n'),
    };
  } catch (error) {
    if (!(error instanceof HindcastError)) throw error;
    expect(error.message.length).toBeLessThan(400);
    return { outcome: `refused: ${error.code}`, said: error.message };
  }
}

const folder = findFolder();
const reason = folder === null ? ' (skipped where shared/data/import-cases is missing)' : '';
const files = folder === null ? [] : readdirSync(folder).filter((name) => /^\d{3}-/.test(name));

test.skipIf(folder === null)(`the table names every file${reason}`, () => {
  expect(CASES.map(({ number }) => number)).toEqual(files.map((name) => name.slice(0, 3)).sort());
});

test.skipIf(folder === null).concurrent.each(CASES)(
  `$number is read as it should be${reason}`,
  async ({ number, outcome, said }) => {
    const name = files.find((one) => one.startsWith(`${number}-`));
    const verdict = await verdictOf(join(folder ?? '', name ?? ''), number);
    expect(verdict.outcome, verdict.said).toBe(outcome);
    for (const words of said) expect(verdict.said).toContain(words);
  },
);
