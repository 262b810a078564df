// Imports damaged tables: each is read or refused in words, and no line is lost without a word.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ImportDescription } from '../../engine/contract/processes/importer.ts';
import { HindcastError } from '../../engine/contract/values/errors.ts';
import { importFile } from '../../engine/data/import/import-file.ts';
import { fuzzedTable } from './tables.ts';

interface ImportFinding {
  readonly index: number;
  readonly what: string;
}

interface ImportCounts {
  readonly read: number;
  readonly refused: number;
  readonly findings: readonly ImportFinding[];
}

const LONGEST_MESSAGE = 600;
/** Of the processor: on a busy machine any file takes long. */
const SLOW_MS = 30_000;

/** What is wrong with a report; null for nothing. */
function wrongWith({ report, series }: ImportDescription): string | null {
  const { rowsRead, rowsKept, rowsSetAside, lines } = report;
  if (rowsRead !== rowsKept + rowsSetAside)
    return `${rowsRead} rows are not ${rowsKept} kept and ${rowsSetAside} set aside`;
  const stored = series.reduce((sum, { rows }) => sum + rows, 0);
  if (stored !== rowsKept) return `${stored} rows are in the series, and ${rowsKept} were kept`;
  if (lines === undefined) return 'the report counts no lines';
  const { all, header, rows, skipped } = lines;
  if (all !== header + rows + skipped)
    return `${all} lines are not ${header} of the header, ${rows} of rows and ${skipped} skipped`;
  return null;
}

async function importOne(path: string, bytes: Buffer): Promise<'read' | 'refused' | string> {
  let description: ImportDescription | undefined;
  try {
    const sink = {
      progress: () => {},
      described: (found: ImportDescription) => {
        description = found;
      },
      chunk: async () => {},
    };
    await importFile({ path, sample: null, options: {} }, sink);
  } catch (error) {
    if (!(error instanceof HindcastError))
      return `it crashed: ${error instanceof Error ? error.stack : String(error)}`;
    if (error.code === 'internal') return `an unknown failure: ${error.message}`;
    if (error.message.length > LONGEST_MESSAGE) return `a message of ${error.message.length} characters`;
    return 'refused';
  }
  if (description === undefined) return 'nothing was described';
  const lines = linesOf(bytes);
  const counted = description.report.lines?.all;
  if (isPlain(bytes) && counted !== lines) return `${counted} lines were counted, and the file has ${lines}`;
  return wrongWith(description) ?? 'read';
}

/** Of JSON and of UTF-16 the lines are others. */
const isPlain = (bytes: Buffer): boolean =>
  !bytes.includes(0) && !/^\s*(\xef\xbb\xbf)?\s*[[{]/.test(bytes.toString('latin1'));

/** Lines of a text, whatever ends them. */
function linesOf(bytes: Buffer): number {
  const text = bytes.toString('latin1');
  const breaks = text.match(/\r\n|\r|\n/g)?.length ?? 0;
  return /[\r\n]$/.test(text) || text === '' ? breaks : breaks + 1;
}

/** Files `from` to `from + count` of a seed. */
export async function fuzzImport(seed: number, count: number, from = 0): Promise<ImportCounts> {
  const folder = mkdtempSync(join(tmpdir(), 'hindcast-fuzz-import-'));
  const findings: ImportFinding[] = [];
  let [read, refused] = [0, 0];
  try {
    for (let index = from; index < from + count; index++) {
      const path = join(folder, 'table.csv');
      const bytes = fuzzedTable(seed, index);
      writeFileSync(path, bytes);
      const began = process.cpuUsage();
      const outcome = await importOne(path, bytes);
      if (outcome === 'read') read++;
      else if (outcome === 'refused') refused++;
      else findings.push({ index, what: outcome });
      const { user, system } = process.cpuUsage(began);
      if ((user + system) / 1000 > SLOW_MS) findings.push({ index, what: 'it took more than 30 CPU s' });
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return { read, refused, findings };
}
