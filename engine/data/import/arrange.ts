// Finds out what the columns are, puts the rows in order, and applies what was asked to be cleaned: raw tables -> typed tables.
import type { ImportReport, Recipe } from '../../contract/datasets/dataset.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import { type ColumnKinds, chooseColumns, findColumnKinds } from './columns/columns.ts';
import { eraseMissing } from './columns/missing-values.ts';
import {
  findUnreadableCells,
  namedRows,
  type UnreadableCells,
  unreadableNotes,
} from './columns/unreadable-cells.ts';
import type { ValueColumn } from './columns/value-column.ts';
import { DONE, type Job } from './job.ts';
import type { Table } from './open-table.ts';
import { plainColumns, plainRows } from './plain/plain-rows.ts';
import { checkKept, noRowLeft, orderNotes, recipeOf } from './report.ts';
import { byOwnNames, type CleanRequest, cleanValues, renamed, requireColumns } from './rows/clean.ts';
import { deriveColumns } from './rows/derive.ts';
import { type Placed, placedInDuck } from './rows/placed.ts';
import { changeRows } from './rows/regrid.ts';
import {
  assignSeries,
  type PlacedRows,
  PROBLEM,
  placeRows,
  problemsOfRows,
  stampRows,
  timesRise,
} from './rows/rows.ts';
import { nameRows, type ReportedColumns } from './rows/set-aside.ts';
import type { Dialect } from './source/dialect.ts';
import type { Duck } from './source/duck.ts';
import { FILE_COLUMN } from './source/join-files.ts';
import { splitRecord } from './source/record.ts';
import { columnIndex, findSeriesColumn } from './table/layout.ts';
import type { LineTally } from './table/table-check.ts';
import { makeTypedTables, type TypedColumn } from './table/typed-table.ts';
import { markFarTimes } from './time/far-times.ts';
import { isCounted } from './time/named-forms.ts';
import { tellRepeatedHours } from './time/repeated-hours.ts';
import { findSharedOffset } from './time/shared-offset.ts';
import { findTimeColumn } from './time/time-column.ts';
import { namedColumns } from './time/time-parts.ts';
import { zoneNotes } from './time/zone-notes.ts';

export interface Arranged {
  readonly recipe: Recipe;
  readonly report: ImportReport;
  readonly placed: Placed;
  readonly columns: readonly TypedColumn[];
  readonly seriesNames: readonly string[];
  /** See ImportDescription. */
  readonly setAsideRows: Uint8Array | null;
}

/** What the columns are, and the times of all rows (table `times`, but for a plain table). */
async function readColumns(duck: Duck, { source, files, file, lines, dialect, check, options }: Table) {
  const { fileName } = source;
  const columnOf = (field: string) => (name: string) => columnIndex(dialect, fileName, name, field);
  const given = options.timeColumn === undefined ? null : namedColumns(dialect, options.timeColumn);
  const [named = null] =
    options.seriesColumn === undefined
      ? []
      : namedColumns(dialect, options.seriesColumn).map(columnOf('seriesColumn'));
  const times = given?.map(columnOf('timeColumn')) ?? null;
  const format = options.timeFormat ?? null;
  const time = await findTimeColumn({ duck, fileName, dialect, columns: times, series: named, format });
  const timeZone = options.timeZone ?? 'UTC';
  await eraseMissing(duck, dialect.names.length, new Set(time.columns), options.missing ?? []);
  const kinds = await findColumnKinds(duck, dialect, new Set(time.columns), options.decimal);
  const isGiven = options.timeZone !== undefined;
  const shared = isGiven ? null : await findSharedOffset(duck, time);
  const plain = plainRows(duck.known, { time, kinds, timeZone, options });
  if (plain === null) await stampRows(duck, time.columns, time.format, timeZone, shared?.us);
  const above =
    file.lines === undefined ? lines.slice(0, Math.max(0, file.firstLine - 1)) : (source.above ?? []);
  const zone = await zoneNotes({
    duck,
    dialect,
    ...time,
    timeZone,
    isGiven,
    shared,
    above,
    isDocument: source.above !== undefined,
  });
  const far = plain ? [] : await markFarTimes(duck, PROBLEM.far, isCounted(time.format.label));
  const rise = plain !== null || (await timesRise(duck));
  const rows = check.rows;
  const layout = { duck, fileName, dialect, timeColumns: time.columns, options, kinds, rise, rows };
  const series = await findSeriesColumn(layout);
  const { columns, notes } = chooseColumns(
    dialect,
    withoutFile(dialect, kinds, files),
    series.columns,
    fileName,
  );
  const reported = { time: time.columns, timeFormat: time.format.label, timeZone, series: series.columns };
  return {
    columns,
    texts: kinds.text.map(({ column }) => column),
    reported,
    plain,
    rise: rise && series.columns.length === 0,
    notes: [...time.notes, ...zone, ...far, ...kinds.notes, ...series.notes, ...notes],
  };
}

/** The column that tells joined files apart is no value. */
function withoutFile({ names }: Dialect, kinds: ColumnKinds, files: readonly unknown[]): ColumnKinds {
  if (files.length === 0) return kinds;
  const isOther = ({ column }: { readonly column: number }) => names[column] !== FILE_COLUMN;
  return { ...kinds, numeric: kinds.numeric.filter(isOther), text: kinds.text.filter(isOther) };
}

const linesOf = ({ header, rows, skipped }: LineTally): NonNullable<ImportReport['lines']> => ({
  all: header + rows + skipped,
  header,
  rows,
  skipped,
});

interface Sorted {
  readonly seriesNames: readonly string[];
  readonly hourNotes: readonly string[];
  readonly cells: readonly UnreadableCells[];
  readonly rows: PlacedRows;
  readonly problems: ReadonlyMap<number, number>;
}

/** Every row is kept as it stands in the file. */
const asRead = ({ source, check }: Table): Sorted => ({
  seriesNames: [source.baseName],
  hourNotes: [],
  cells: [],
  rows: { kept: check.rows, setAside: 0, duplicates: 0, atClockChange: 0, outOfOrder: 0, asInFile: true },
  problems: new Map(),
});

/** Makes `placed`. */
async function sortRows(
  duck: Duck,
  { source, check, options }: Table,
  { columns, texts, reported, rise }: Awaited<ReturnType<typeof readColumns>>,
): Promise<Sorted> {
  const seriesNames = await assignSeries(duck, reported.series, source.baseName);
  const hourNotes = await tellRepeatedHours(duck, reported.timeZone);
  const numeric = columns.filter((column) => column.kind === 'numeric');
  const cells = await findUnreadableCells(duck, numeric);
  const keepsRepeats = options.clean?.repeats !== undefined;
  const rows = await placeRows(duck, {
    rows: check.rows,
    columns: numeric,
    texts,
    cells,
    rise,
    keepsRepeats,
  });
  return { seriesNames, hourNotes, cells, rows, problems: await problemsOfRows(duck) };
}

/** Finds out what the columns are and puts the rows in order. */
export async function arrange(job: Job, duck: Duck, table: Table): Promise<Arranged> {
  const { source, dialect, check, file } = table;
  const found = await readColumns(duck, table);
  const { columns: values, reported, plain, notes } = found;
  const sorted = plain ? asRead(table) : await sortRows(duck, table, found);
  const { seriesNames, cells, rows, problems } = sorted;
  const clean = byOwnNames(table.options.clean ?? {}, dialect.names);
  const named = await nameRows(file, dialect, check, reported, { problems, wanted: namedRows(cells) });
  const report: ImportReport = {
    rowsRead: check.rows + check.unreadableRows,
    rowsKept: rows.kept,
    rowsSetAside: check.unreadableRows + rows.setAside,
    setAside: named.setAside,
    lines: linesOf(table.tally),
    notes: [
      ...table.textNotes,
      ...dialect.notes,
      ...notes,
      ...unreadableNotes(dialect, cells, named.lines),
      ...sorted.hourNotes,
      ...orderNotes(rows, table.options.timeZone !== undefined),
    ],
  };
  const swapped = named.setAside.find(({ raw }) =>
    isInOtherOrder(splitRecord(raw, dialect.delimiter), dialect.names),
  );
  if (swapped !== undefined) throw otherOrder(source.fileName, swapped.line);
  if (rows.kept === 0) throw noRowLeft(source.fileName, report);
  checkKept(job.request, source.fileName, report);
  job.progress('checking', rows.kept, (DONE.loaded + DONE.typed) / 2);
  const dropped = new Set(clean.drop);
  requireColumns(
    values.map(({ column }) => dialect.names[column] ?? ''),
    clean,
  );
  const kept = values.filter(({ column }) => !dropped.has(dialect.names[column] ?? ''));
  if (!kept.some(({ kind }) => kind === 'numeric')) throw nothingLeft(source.fileName);
  const typed = plain
    ? { columns: plainColumns(kept, dialect), notes: [] }
    : await typeColumns(duck, kept, { clean, seriesNames, asInFile: rows.asInFile, dialect, reported });
  job.progress('checking', rows.kept, DONE.typed);
  const recipe: Recipe = {
    ...(await recipeOf(job.request, source, dialect, reported)),
    delimiter: table.delimiter,
    ...(table.shape === null ? {} : { shape: table.shape }),
    ...(table.files.length > 0 ? { files: [...table.files] } : {}),
  };
  return {
    recipe,
    report: { ...report, notes: [...report.notes, ...typed.notes] },
    placed: plain ?? (await placedInDuck(duck)),
    columns: renamed(typed.columns, clean),
    seriesNames,
    setAsideRows: named.setAsideFile,
  };
}

/** A header again, whose columns stand in another order: the rows below it cannot be read by the first one. */
function isInOtherOrder(fields: readonly string[], names: readonly string[]): boolean {
  const texts = fields.map((text) => text.trim());
  const own = names.map((name) => name.trim());
  return texts.join('\n') !== own.join('\n') && texts.toSorted().join('\n') === own.toSorted().join('\n');
}

function otherOrder(fileName: string, line: number): HindcastError {
  const message = `Line ${line} of ${fileName} is a second header, whose columns stand in another order than those of the first; split the file there, and import its parts together.`;
  return new HindcastError('invalid-input', message, { details: { file: fileName } });
}

interface Typing extends Pick<CleanRequest, 'clean' | 'seriesNames'> {
  readonly asInFile: boolean;
  readonly dialect: Dialect;
  readonly reported: ReportedColumns;
}

/** Makes the typed tables, cleaned and with derived columns. */
async function typeColumns(
  duck: Duck,
  kept: readonly ValueColumn[],
  { clean, seriesNames, asInFile, dialect, reported }: Typing,
): Promise<{ readonly columns: readonly TypedColumn[]; readonly notes: readonly string[] }> {
  const columns = await makeTypedTables(duck, kept, dialect.names, asInFile);
  const cleaning = { duck, columns, seriesNames, clean };
  const notes = [...(await cleanValues(cleaning)), ...(await changeRows(cleaning))];
  return { columns: await deriveColumns({ duck, columns, clean, timeZone: reported.timeZone }), notes };
}

function nothingLeft(fileName: string): HindcastError {
  const message = `${fileName} has no column of numbers left: leave out fewer columns.`;
  return new HindcastError('no-numeric-column', message, { details: { file: fileName, field: 'clean' } });
}
