// Makes a plain table of a text file whose lines are no rows of one, as a temporary copy.
import { join } from 'node:path';
import type { ImportOptions } from '../../../contract/datasets/dataset.ts';
import { writeCopy } from '../source/copy.ts';
import { readHead, type TextFile } from '../source/dialect.ts';
import type { LineTally } from '../table/table-check.ts';
import { type LineShape, type LineTable, plainLines } from './line-shape.ts';
import { aemo } from './lines/aemo.ts';
import { arff } from './lines/arff.ts';
import { blanks, blankTable } from './lines/blanks.ts';
import { campbellArrays } from './lines/campbell-arrays.ts';
import { equalQuotes } from './lines/equal-quotes.ts';
import { fixedWidth } from './lines/fixed-width.ts';
import { nem12 } from './lines/nem12.ts';
import { ruled } from './lines/ruled.ts';
import { runs } from './lines/runs.ts';
import { singleQuotes } from './lines/single-quotes.ts';
import { tsf } from './lines/tsf.ts';

/** Tried in this order. */
export const LINE_SHAPES: readonly LineShape[] = [
  aemo,
  nem12,
  tsf,
  arff,
  campbellArrays,
  runs,
  singleQuotes,
  equalQuotes,
  ruled,
  fixedWidth,
  blanks,
];

const HEAD_LINES = 500;

export interface PlainText {
  readonly file: TextFile;
  readonly shape: string;
  readonly notes: readonly string[];
  readonly options: ImportOptions;
  readonly tally: LineTally;
}

interface Request {
  readonly file: TextFile;
  readonly folder: string;
  readonly options: ImportOptions;
  readonly signal?: AbortSignal | undefined;
}

async function findTable({ file, options, signal }: Request) {
  const { buffer, whole } = await readHead(file);
  const text = buffer.toString('utf8');
  const all = text.split(/\r\n|\r|\n/, HEAD_LINES + 1);
  const head = whole && all.length <= HEAD_LINES ? all : all.slice(0, -1);
  if (options.delimiter === ' ') {
    const table = blankTable(head);
    return table === null ? null : { id: blanks.id, table };
  }
  for (const shape of LINE_SHAPES) {
    const table = await shape.find(head, () => plainLines(file.path, file.skip, signal));
    if (table !== null) return { id: shape.id, table };
  }
  return null;
}

/** Null where the file is read as it is. */
export async function reshapeLines(request: Request): Promise<PlainText | null> {
  const { file, folder, options, signal } = request;
  const isAsked = options.skip !== undefined || options.headerLine !== undefined;
  if (options.reshape === 'none' || isAsked || (options.delimiter ?? ' ') !== ' ') return null;
  const found = await findTable(request);
  if (found === null) return null;
  const target = { fileName: file.fileName, delimiter: '\t' };
  let tally: LineTally = { header: 0, rows: 0, skipped: 0 };
  const copy = await writeCopy(join(folder, 'lines.csv'), target, async (to) => {
    tally = await writeRows(to, found.table, plainLines(file.path, file.skip, signal));
  });
  const { notes, seriesColumn } = found.table;
  const isOne = seriesColumn === undefined || options.layout === 'wide' || options.seriesColumn !== undefined;
  const known = { ...options, delimiter: '\t', ...(isOne ? {} : { seriesColumn }) };
  return { file: copy, shape: found.id, notes, options: known, tally };
}

async function writeRows(
  to: Parameters<Parameters<typeof writeCopy>[2]>[0],
  { names, rows }: LineTable,
  lines: AsyncIterable<string>,
): Promise<LineTally> {
  let number = 0;
  let used = 0;
  if (names !== null) to.row(names, 1);
  for await (const line of lines) {
    const before = to.rows;
    for (const row of rows(line, ++number)) to.row(row, number);
    if (to.rows > before) used++;
    await to.flush();
  }
  // A header among the lines is the first one that became a row.
  const header = names === null && used > 0 ? 1 : 0;
  return { header, rows: used - header, skipped: number - used };
}
