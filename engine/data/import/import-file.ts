// Import of one file, structurally: read, type, order, name what is wrong. Nothing is estimated and nothing is filled.
//
// inspect the bytes -> UTF-8 text -> check the records -> DuckDB (text, then types, then order) -> describe -> chunks
import { join } from 'node:path';
import type { ImportOptions, ImportReport, Recipe } from '../../contract/dataset.ts';
import { HindcastError } from '../../contract/errors.ts';
import type { ImportProgress, ImportRequest } from '../../contract/processes/importer.ts';
import { throwIfCancelled } from './abort.ts';
import { type ColumnKinds, chooseColumns, findColumnKinds } from './columns/columns.ts';
import { findFarValues } from './columns/far-values.ts';
import { eraseMissing } from './columns/missing-values.ts';
import { findSpikedColumns, spikeNotes, spikeValues } from './columns/spike-notes.ts';
import { findUnreadableCells, namedRows, unreadableNotes } from './columns/unreadable-cells.ts';
import { describeSeries, describeSpans } from './describe.ts';
import { withoutEcho } from './echo.ts';
import { examine, findingNotes } from './examine.ts';
import { checkKept, noRowLeft, orderNotes, recipeOf } from './report.ts';
import { duplicateFindings, sentinelFindings } from './report-findings.ts';
import { reshapeTable } from './reshape/reshape.ts';
import { reshapeLines } from './reshape/reshape-lines.ts';
import { countChunks, readChunks } from './rows/chunks.ts';
import { cleanValues, putOnGrid, renamed, requireColumns } from './rows/clean.ts';
import { deriveColumns } from './rows/derive.ts';
import { assignSeries, PROBLEM, placeRows, problemsOfRows, stampRows } from './rows/rows.ts';
import { nameRows } from './rows/set-aside.ts';
import type { ImportSink } from './rows/sink.ts';
import { detectTable } from './source/comments.ts';
import type { Dialect, TextFile } from './source/dialect.ts';
import { type Duck, openDuck } from './source/duck.ts';
import { encodingNotes } from './source/encoding-notes.ts';
import { FILE_COLUMN, type JoinedSource, joinFiles } from './source/join-files.ts';
import { type OpenedSource, openSource } from './source/open-source.ts';
import type { Source } from './source/source.ts';
import { createTemporaryFolder, removeTemporaryFolder } from './source/temporary.ts';
import { textFile } from './source/text-file.ts';
import { columnIndex, findSeriesColumn } from './table/layout.ts';
import { loadRawTables } from './table/raw-table.ts';
import { checkTable, type LineTally, type TableCheck, writeCanonicalCopy } from './table/table-check.ts';
import { makeTypedTables, type TypedColumn } from './table/typed-table.ts';
import { markFarTimes } from './time/far-times.ts';
import { isCounted } from './time/named-forms.ts';
import { tellRepeatedHours } from './time/repeated-hours.ts';
import { findSharedOffset } from './time/shared-offset.ts';
import { findTimeColumn } from './time/time-column.ts';
import { namedColumns } from './time/time-parts.ts';
import { checkZone } from './time/zone.ts';
import { zoneNotes } from './time/zone-notes.ts';

interface Job {
  readonly request: ImportRequest;
  readonly sink: ImportSink;
  readonly folder: string;
  readonly signal: AbortSignal | undefined;
  progress(phase: ImportProgress['phase'], rows: number, fraction: number): void;
}

interface Table {
  readonly source: Source;
  /** Of a joined table. */
  readonly files: JoinedSource['files'];
  readonly file: TextFile;
  readonly dialect: Dialect;
  readonly check: TableCheck;
  /** How its bytes were read. */
  readonly textNotes: readonly string[];
  /** What was asked for, and what a reshaping says of its table. */
  readonly options: ImportOptions;
  readonly shape: string | null;
  readonly tally: LineTally;
  /** Of the file itself. */
  readonly delimiter: string;
}

// Share of the whole work at the end of each part, by measurement of a large file.
const DONE = { inspected: 0.08, checked: 0.2, loaded: 0.45, typed: 0.6, described: 0.65 } as const;

function nothingReadable(fileName: string, check: TableCheck): HindcastError {
  const first = check.unreadable[0];
  if (first === undefined) {
    const message = `${fileName} has only a header and no rows; choose a file with data.`;
    return new HindcastError('file-empty', message, { details: { file: fileName } });
  }
  const message = `${fileName} has no readable row: line ${first.line} ${first.reason}; check the delimiter and the header.`;
  return new HindcastError('file-unreadable', message, { details: { file: fileName, line: first.line } });
}

/** The file, or several joined. */
function openFiles(
  { request, folder, signal }: Job,
  progress: (share: number) => void,
): Promise<OpenedSource | JoinedSource> {
  const { path, more = [], options } = request;
  if (more.length === 0) return openSource({ path, options, folder, progress, signal });
  return joinFiles({ paths: [path, ...more], options, folder, progress, signal });
}

/** What is left to say of a joined table: its files were read as the options say. */
function optionsOf({ options }: ImportRequest, opened: OpenedSource | JoinedSource): ImportOptions {
  if (!('files' in opened)) return options;
  const { skip: _, headerLine: __, encoding: ___, part: ____, ...rest } = options;
  return { ...rest, delimiter: opened.delimiter };
}

/** Reads the file's structure; nothing of DuckDB is needed for it. */
async function openTable(job: Job): Promise<Table> {
  const { request, signal } = job;
  checkZone(request.options.timeZone ?? 'UTC');
  const inspected = (share: number) => job.progress('reading', 0, DONE.inspected * share);
  const opened = await openFiles(job, inspected);
  const { source } = opened;
  const text = await textFile(source, job.folder, signal);
  const textNotes = [...opened.notes, ...(await encodingNotes(source, text, signal))];
  const asked = optionsOf(request, opened);
  const plain = await reshapeLines({ file: text, folder: job.folder, options: asked, signal });
  const options = plain?.options ?? asked;
  const { file, dialect: found } = await detectTable(plain?.file ?? text, options);
  const dialect = plain === null ? found : { ...found, notes: [...plain.notes, ...found.notes] };
  const reshaped = await reshapeTable({ file, dialect, folder: job.folder, options, signal });
  if (reshaped !== null) {
    if (reshaped.check.rows === 0) throw nothingReadable(source.fileName, reshaped.check);
    return {
      source,
      files: filesOf(opened),
      textNotes,
      delimiter: dialect.delimiter,
      ...reshaped,
      tally: plain?.tally ?? reshaped.check.tally,
    };
  }
  const checked = (bytes: number) => {
    const share = Math.min(1, bytes / Math.max(1, file.bytes));
    job.progress('reading', 0, DONE.inspected + (DONE.checked - DONE.inspected) * share);
  };
  const check = await checkTable(file, dialect, checked, signal);
  if (check.rows === 0) throw nothingReadable(source.fileName, check);
  return {
    source,
    files: filesOf(opened),
    file,
    dialect,
    check,
    textNotes,
    options,
    shape: plain?.shape ?? null,
    tally: plain?.tally ?? check.tally,
    delimiter: request.options.delimiter ?? dialect.delimiter,
  };
}

const filesOf = (opened: OpenedSource | JoinedSource): JoinedSource['files'] =>
  'files' in opened ? opened.files : [];

/** DuckDB takes `*`, `?` and `[` in a path for a pattern. */
const hasPattern = (path: string): boolean => /[*?[\]{}]/.test(path);

async function loadTable(job: Job, duck: Duck, { file, dialect, check }: Table): Promise<void> {
  const { rows, longest, lineBreak } = check;
  if (check.plain && !hasPattern(file.path)) {
    await loadRawTables(duck, file.path, dialect, { header: dialect.hasHeader, rows, longest, lineBreak });
  } else {
    const copy = join(job.folder, 'canonical.csv');
    await writeCanonicalCopy(file, dialect, copy, job.signal);
    // Quotes may double in the copy.
    await loadRawTables(duck, copy, dialect, { header: false, rows, longest: 2 * longest, lineBreak: '\\n' });
  }
  job.progress('checking', rows, DONE.loaded);
}

interface Arranged {
  readonly recipe: Recipe;
  readonly report: ImportReport;
  readonly columns: readonly TypedColumn[];
  readonly seriesNames: readonly string[];
  /** See ImportDescription. */
  readonly setAsideRows: Uint8Array | null;
}

/** What the columns are, and the times of all rows (table `times`). */
async function readColumns(duck: Duck, { source, files, dialect, options }: Table) {
  const { fileName } = source;
  const columnOf = (field: string) => (name: string) => columnIndex(dialect, fileName, name, field);
  const given = options.timeColumn === undefined ? null : namedColumns(dialect, options.timeColumn);
  const named = options.seriesColumn === undefined ? null : columnOf('seriesColumn')(options.seriesColumn);
  const times = given?.map(columnOf('timeColumn')) ?? null;
  const format = options.timeFormat ?? null;
  const time = await findTimeColumn({ duck, fileName, dialect, columns: times, series: named, format });
  const timeZone = options.timeZone ?? 'UTC';
  await eraseMissing(duck, dialect.names.length, new Set(time.columns), options.missing ?? []);
  const kinds = await findColumnKinds(duck, dialect, new Set(time.columns), options.decimal);
  const isGiven = options.timeZone !== undefined;
  const shared = isGiven ? null : await findSharedOffset(duck, time);
  await stampRows(duck, time.columns, time.format, timeZone, shared?.us);
  const zone = await zoneNotes({ duck, dialect, ...time, timeZone, isGiven, shared });
  const far = await markFarTimes(duck, PROBLEM.far, isCounted(time.format.label));
  const layout = { duck, fileName, dialect, timeColumns: time.columns, options, kinds };
  const series = await findSeriesColumn(layout);
  const { columns, notes } = chooseColumns(
    dialect,
    withoutFile(dialect, kinds, files),
    series.column,
    fileName,
  );
  const reported = { time: time.columns, timeFormat: time.format.label, timeZone, series: series.column };
  return {
    columns,
    reported,
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

/** Finds out what the columns are and puts the rows in order. */
async function arrange(job: Job, duck: Duck, table: Table): Promise<Arranged> {
  const { source, dialect, check, file } = table;
  const { columns: values, reported, notes } = await readColumns(duck, table);
  const seriesNames = await assignSeries(duck, reported.series, source.baseName);
  const hourNotes = await tellRepeatedHours(duck, reported.timeZone);
  const numeric = values.filter((column) => column.kind === 'numeric');
  const cells = await findUnreadableCells(duck, numeric);
  const rows = await placeRows(duck, { rows: check.rows, columns: numeric, cells });
  const problems = await problemsOfRows(duck);
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
      ...hourNotes,
      ...orderNotes(rows),
    ],
  };
  if (rows.kept === 0) throw noRowLeft(source.fileName, report);
  checkKept(job.request, source.fileName, report);
  job.progress('checking', rows.kept, (DONE.loaded + DONE.typed) / 2);
  const clean = table.options.clean ?? {};
  const dropped = new Set(clean.drop);
  requireColumns(
    values.map(({ column }) => dialect.names[column] ?? ''),
    clean,
  );
  const kept = values.filter(({ column }) => !dropped.has(dialect.names[column] ?? ''));
  if (!kept.some(({ kind }) => kind === 'numeric')) throw nothingLeft(source.fileName);
  const columns = await makeTypedTables(duck, kept, dialect.names, rows.asInFile);
  const cleaning = { duck, columns, seriesNames, clean };
  const cleaned = [...(await cleanValues(cleaning)), ...(await putOnGrid(cleaning))];
  const all = await deriveColumns({ duck, columns, clean, timeZone: reported.timeZone });
  job.progress('checking', rows.kept, DONE.typed);
  const recipe: Recipe = {
    ...recipeOf(job.request, source, dialect, reported),
    delimiter: table.delimiter,
    ...(table.shape === null ? {} : { shape: table.shape }),
    ...(table.files.length > 0 ? { files: [...table.files] } : {}),
  };
  return {
    recipe,
    report: { ...report, notes: [...report.notes, ...cleaned] },
    columns: renamed(all, clean),
    seriesNames,
    setAsideRows: named.setAsideFile,
  };
}

function nothingLeft(fileName: string): HindcastError {
  const message = `${fileName} has no column of numbers left: leave out fewer columns.`;
  return new HindcastError('no-numeric-column', message, { details: { file: fileName, field: 'clean' } });
}

async function deliver(
  job: Job,
  duck: Duck,
  { file, dialect }: Table,
  { recipe, report, columns, seriesNames, setAsideRows }: Arranged,
): Promise<void> {
  const { sink, signal } = job;
  const { spans, notes } = await describeSpans(duck, seriesNames);
  const described = (share: number) =>
    job.progress('checking', report.rowsKept, DONE.typed + (DONE.described - DONE.typed) * share);
  const all = await describeSeries(duck, spans, columns, described);
  const { series, statistics } = all;
  const rows = series.map((one) => one.rows);
  const chunks = countChunks(rows, columns.length);
  const far = findFarValues(columns, statistics) ?? { values: [], notes: [], rows: [] };
  const spiked = findSpikedColumns(columns, all, new Set(far.values.map(Number)));
  const spikes = await spikeNotes(spiked, { duck, file, dialect });
  const farValues = [...new Set([...far.values, ...spikeValues(spiked)])];
  throwIfCancelled(signal);
  const findings = await examine({ duck, file, dialect, columns, described: all });
  sink.described({
    recipe,
    report: {
      ...report,
      findings: [...sentinelFindings(far), ...duplicateFindings(report), ...findings],
      notes: [...report.notes, ...notes, ...far.notes, ...spikes, ...findingNotes(findings)],
      ...(farValues.length > 0 && { farValues }),
    },
    series,
    ...(setAsideRows === null ? {} : { setAsideRows }),
    columns: columns.map(({ name, kind }) => ({ name, kind })),
    chunks,
  });
  for await (const chunk of readChunks(duck, rows, columns)) {
    throwIfCancelled(signal);
    await sink.chunk(chunk);
    const share = chunk.chunk / chunks;
    job.progress(
      'storing',
      Math.round(report.rowsKept * share),
      DONE.described + (1 - DONE.described) * share,
    );
  }
}

/**
 * Reads a file and hands its description and then its chunks to the sink; temporary files are gone when it settles.
 *
 * Errors: `file-missing`, `file-empty`, `file-binary`, `file-unreadable`, `no-time-column`, `no-numeric-column`,
 * `duplicate-column`, `unknown-column`, `invalid-input` (an option), `disk-full`, `cancelled`.
 */
export async function importFile(
  request: ImportRequest,
  sink: ImportSink,
  signal?: AbortSignal,
): Promise<void> {
  const folder = createTemporaryFolder();
  let duck: Duck | null = null;
  try {
    const job: Job = {
      request,
      sink,
      folder,
      signal,
      progress: (phase, rows, fraction) => sink.progress({ phase, rows, fraction }),
    };
    const table = await openTable(job);
    const { source, dialect } = table;
    const doing = `reading ${source.fileName}`;
    duck = await openDuck({ folder, columns: dialect.names.length, doing }, signal);
    await loadTable(job, duck, table);
    const arranged = await arrange(job, duck, table).catch((cause: unknown) => {
      throw withoutEcho(cause, source.fileName, dialect.sample);
    });
    await deliver(job, duck, table, arranged);
  } finally {
    duck?.close();
    removeTemporaryFolder(folder);
  }
}
