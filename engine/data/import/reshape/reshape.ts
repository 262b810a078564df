// Makes a table of one row a time from one that has many times in a record, as a temporary copy.
import { join } from 'node:path';
import type { ImportOptions } from '../../../contract/datasets/dataset.ts';
import { writeCopy } from '../source/copy.ts';
import type { Dialect, TextFile } from '../source/dialect.ts';
import { splitRecord } from '../source/record.ts';
import { rawText, startTally, type TableCheck, type UnreadableRow, visitRows } from '../table/table-check.ts';
import { headerTimes } from './header-times.ts';
import { ROW_STEPS, rowSteps } from './row-steps.ts';
import { seriesRows } from './series-rows.ts';
import type { ShapedTable, TableShape } from './shape.ts';
import { startAbove } from './start-above.ts';

/** Tried in this order. */
export const TABLE_SHAPES: readonly TableShape[] = [headerTimes, seriesRows, startAbove];

export interface Reshaped {
  readonly file: TextFile;
  readonly dialect: Dialect;
  readonly check: TableCheck;
  readonly shape: string;
  /** Records of the file that became rows. */
  readonly records: number;
  readonly options: ImportOptions;
}

const SAMPLE_ROWS = 1_000;

interface Table {
  readonly file: TextFile;
  readonly dialect: Dialect;
  readonly folder: string;
  readonly options: ImportOptions;
  readonly signal?: AbortSignal | undefined;
}

/** Null where the table is read as it is. */
export async function reshapeTable(table: Table): Promise<Reshaped | null> {
  const { options } = table;
  if (options.reshape === 'steps') return write(table, ROW_STEPS, rowSteps(table.dialect));
  if (options.reshape === 'none' || options.layout === 'wide') return null;
  for (const shape of TABLE_SHAPES) {
    const found = await shape.find(table);
    if (found !== null) return write(table, shape.id, found);
  }
  return null;
}

async function write(table: Table, shape: string, shaped: ShapedTable): Promise<Reshaped> {
  const { dialect, signal } = table;
  const unreadable: UnreadableRow[] = [];
  const sample: (readonly string[])[] = [];
  let unreadableRows = 0;
  let records = 0;
  let rows = 0;
  let longest = 0;
  const tally = startTally(table.file);
  const { delimiter } = dialect;
  const target = { fileName: table.file.fileName, delimiter };
  const file = await writeCopy(join(table.folder, 'reshaped.csv'), target, async (copy) => {
    await visitRows(
      table.file,
      dialect,
      (record, buffer, line, problem) => {
        const text = () => buffer.toString('utf8', record.start, record.end);
        if (problem !== null) {
          unreadableRows++;
          unreadable.push({ line, reason: problem, raw: rawText(buffer, record.start, record.end) });
          return undefined;
        }
        records++;
        for (const row of shaped.rows(splitRecord(text(), delimiter))) {
          if (sample.length < SAMPLE_ROWS) sample.push(row);
          copy.row(row, line);
        }
        return undefined;
      },
      { tally, progress: () => copy.flush(), signal },
    );
    rows = copy.rows;
    longest = copy.longest;
  });
  return {
    file,
    dialect: {
      delimiter,
      hasHeader: false,
      names: shaped.names,
      sample,
      notes: [...dialect.notes, ...shaped.notes],
    },
    check: { rows, unreadableRows, unreadable, plain: true, lineBreak: '\\n', longest: 4 * longest, tally },
    shape,
    records,
    options: {
      ...table.options,
      timeColumn: shaped.timeColumn,
      ...(shaped.seriesColumn === null ? { layout: 'wide' as const } : { seriesColumn: shaped.seriesColumn }),
      ...(shaped.timeFormat === null ? {} : { timeFormat: shaped.timeFormat }),
    },
  };
}
