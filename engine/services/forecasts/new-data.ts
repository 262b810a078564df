// New data for a trained run: an import process reads the file as it read the run's dataset. The data is kept in memory and
// stored nowhere.
import { basename } from 'node:path';
import {
  type DatasetDetail,
  formOf,
  type ImportOptions,
  type ImportReport,
  type ImportSource,
} from '../../contract/datasets/dataset.ts';
import type { FromImporter, ImportDescription } from '../../contract/processes/importer.ts';
import type { NewSeries } from '../../contract/processes/jobs/version.ts';
import type { ForecastFrame } from '../../contract/results/forecast.ts';
import type { TrainedOn } from '../../contract/runs/export.ts';
import { asForecastTask } from '../../contract/tasks/forecast.ts';
import { type ErrorCode, HindcastError } from '../../contract/values/errors.ts';
import type { RunId } from '../../contract/values/ids.ts';
import { didYouMean, nameList } from '../../data/pipeline/did-you-mean.ts';
import { decodeTimes, decodeValues } from '../../store/datasets/chunk-codec.ts';
import { columnsNeeded } from '../../tasks/forecast/preparation/prepare.ts';
import type { EngineContext } from '../context.ts';
import { runImporter } from '../processes/run-importer.ts';

type Chunk = Extract<FromImporter, { type: 'chunk' }>;

export interface NewData {
  /** Under the names of the run's data. */
  readonly series: readonly NewSeries[];
  readonly report: ImportReport;
  /** The name of the file, for sentences: an upload's path says nothing to its user. */
  readonly file: string;
  /** The name that the only series of a wide file has in the run's data; null where the file itself names its series. */
  readonly trainedName: string | null;
}

/** What new data must be like. */
export interface Wanted {
  readonly trainedOn: TrainedOn;
  /** Columns that the model reads. */
  readonly columns: readonly string[];
}

/**
 * The series of the file, under the names of the run's data.
 * @throws HindcastError of the import, `unknown-column` for one that the model reads, and `invalid-input` for another frequency than the run was trained on.
 */
export async function readNewData(
  context: EngineContext,
  { trainedOn, columns }: Wanted,
  source: ImportSource,
  signal: AbortSignal | undefined,
): Promise<NewData> {
  const file = source.kind === 'file' ? basename(source.path) : source.name;
  const { description, series } = await readAsTrained(context, source, trainedOn.reading, signal);
  requireColumns({ file, columns, series, report: description.report });
  const named = series.map((one) => ({ ...one, name: nameOf(one.name, trainedOn) }));
  for (const [index, one] of named.entries()) {
    const { frequency } = description.series[index]!;
    requireFrequency({ series: one.name, frequency, file, isOnly: named.length === 1 }, trainedOn);
  }
  const trainedName = trainedOn.reading.layout === 'wide' ? (named[0]?.name ?? null) : null;
  return { series: named, report: description.report, file, trainedName };
}

interface ReadColumns {
  readonly file: string;
  readonly columns: readonly string[];
  readonly series: readonly NewSeries[];
  readonly report: ImportReport;
}

/** Before anything else: another file has other columns. @throws HindcastError `unknown-column` */
function requireColumns({ file, columns, series, report }: ReadColumns): void {
  const names = series[0]?.columns.map(({ name }) => name) ?? [];
  const missing = columns.find((column) => !names.includes(column));
  if (missing === undefined) return;
  const message = `${file}: the new data has no column "${missing}"${didYouMean(missing, names)}, which the model reads; its columns are ${nameList(names)}. Rename that column, or give a file that has it.`;
  const about = report.notes.filter((note) => note.includes(`"${missing}"`));
  throw new HindcastError('unknown-column', [message, ...about].join(' '), {
    details: { file, column: missing, columns: names },
  });
}

/** As the model's own file was; a file with another delimiter is looked at afresh. */
async function readAsTrained(
  context: EngineContext,
  source: ImportSource,
  { delimiter, ...rest }: ImportOptions,
  signal: AbortSignal | undefined,
): ReturnType<typeof readSeries> {
  if (delimiter === undefined) return readSeries(context, source, rest, signal);
  return readSeries(context, source, { ...rest, delimiter }, signal).catch((cause) => {
    if (!(cause instanceof HindcastError) || !OF_THE_FORM.includes(cause.code)) throw cause;
    return readSeries(context, source, rest, signal);
  });
}

/** What goes wrong where a file is split at the wrong letter. */
const OF_THE_FORM: readonly ErrorCode[] = [
  'unknown-column',
  'no-time-column',
  'no-numeric-column',
  'duplicate-column',
  'file-unreadable',
];

/**
 * Forecasts of new data with what was noted while they were read.
 * @throws the HindcastError of `forecast`, which then names the file.
 */
export async function withReading(data: NewData, forecast: Promise<ForecastFrame>): Promise<ForecastFrame> {
  const frame = await forecast.catch((cause) => {
    throw cause instanceof HindcastError ? inOwnWords(cause, data) : cause;
  });
  const own = (frame.header.notes ?? []).map((note) => aboutFile(note, data));
  return { ...frame, header: { ...frame.header, notes: [...readingNotes(data.report), ...own] } };
}

function inOwnWords(error: HindcastError, data: NewData): HindcastError {
  const { code, message, details = {} } = error;
  return new HindcastError(code, aboutFile(message, data), {
    details: { ...details, file: data.file },
    cause: error,
  });
}

/** A wide file has the name of the series that it was trained on in sentences of a job; its user knows the name of the file. */
function aboutFile(sentence: string, { trainedName, file }: NewData): string {
  return trainedName === null
    ? sentence
    : ['Series', 'series'].reduce(
        (text, word) => text.replaceAll(`${word} "${trainedName}"`, () => file),
        sentence,
      );
}

function readingNotes({ notes, rowsRead, rowsSetAside, setAside }: ImportReport): string[] {
  const first = setAside[0];
  if (first === undefined) return notes;
  const where = first.column === null ? `line ${first.line}` : `line ${first.line}, column "${first.column}"`;
  const rows = `${rowsSetAside.toLocaleString('en-US')} of ${rowsRead.toLocaleString('en-US')} rows`;
  return [...notes, `${rows} could not be used and were set aside; the first: ${where}: ${first.reason}.`];
}

/** The version that a run was trained on. */
function datasetOf({ workspace }: EngineContext, runId: RunId): DatasetDetail {
  const { datasetName, datasetVersion } = workspace.runs.detail(runId);
  return workspace.datasets.detail(datasetName, datasetVersion);
}

/** What new data for a run must be like. */
export function wantedBy(context: EngineContext, runId: RunId): Wanted {
  const { configuration } = context.workspace.runs.detail(runId);
  return {
    trainedOn: trainedOn(datasetOf(context, runId)),
    columns: columnsNeeded(asForecastTask(configuration.task)),
  };
}

/** What new data for a run on this dataset must be like, apart from its columns. */
export function trainedOn(dataset: Pick<DatasetDetail, 'name' | 'recipe' | 'seriesInfo'>): TrainedOn {
  const series = dataset.seriesInfo.map(({ name, frequency }) => ({ name, frequency }));
  return { dataset: dataset.name, reading: optionsOf(dataset), series };
}

/** The recipe of the dataset, as far as it is about the form of a file. */
function optionsOf({ recipe }: Pick<DatasetDetail, 'recipe'>): ImportOptions {
  const { delimiter, layout, timeColumn, timeFormat, timeZone, seriesColumn, missing } = recipe;
  return {
    layout,
    timeColumn,
    timeZone,
    ...(delimiter.length === 1 ? { delimiter } : {}),
    ...(timeFormat === 'detected' ? {} : { timeFormat }),
    ...(seriesColumn === null ? {} : { seriesColumn }),
    ...(missing === undefined ? {} : { missing }),
    ...formOf(recipe),
  };
}

/** A wide file holds one series, whatever its name. */
function nameOf(name: string, { reading, series }: TrainedOn): string {
  return reading.layout === 'wide' ? (series[0]?.name ?? name) : name;
}

interface ReadFrequency {
  readonly series: string;
  readonly frequency: string;
  readonly file: string;
  /** The file holds no other. */
  readonly isOnly: boolean;
}

/** Frequencies are compared by their words; a series that is too short to have one passes. */
function requireFrequency({ series, frequency, file, isOnly }: ReadFrequency, trainedOn: TrainedOn): void {
  const trained = trainedOn.series.find(({ name }) => name === series)?.frequency;
  if (trained === undefined || trained === frequency) return;
  const unclear = ['irregular', ''];
  if (unclear.includes(trained) || unclear.includes(frequency)) return;
  const what = isOnly ? file : `"${series}" in ${file}`;
  const message = `The rows of ${what} are ${frequency} apart, but the model was trained on "${trainedOn.dataset}", where they are ${trained} apart; give data of that frequency.`;
  throw new HindcastError('invalid-input', message, { details: { file, series, frequency, trained } });
}

async function readSeries(
  { host }: EngineContext,
  source: ImportSource,
  options: ImportOptions,
  signal: AbortSignal | undefined,
): Promise<{ readonly description: ImportDescription; readonly series: NewSeries[] }> {
  const cancelled = 'The forecast was cancelled.';
  let description: ImportDescription | undefined;
  let assembly: Assembly | undefined;
  for await (const message of runImporter(host, { source, options, signal, cancelled })) {
    if (message.type === 'described') {
      description = message;
      assembly = createAssembly(message);
    } else if (message.type === 'chunk') assembly?.add(message);
  }
  if (description && assembly) return { description, series: assembly.series };
  throw new HindcastError('internal', 'The import process described nothing: give the file again.');
}

interface Assembly {
  readonly series: NewSeries[];
  add(chunk: Chunk): void;
}

/** Fills the series as their chunks arrive. */
function createAssembly({ series }: ImportDescription): Assembly {
  const made = series.map((info) => ({
    name: info.name,
    times: new BigInt64Array(info.rows),
    columns: info.columns.map(({ name, kind, categories }) => ({
      name,
      kind,
      values: new Float64Array(info.rows),
      categories: categories ?? [],
    })),
  }));
  const filled = new Map<string, number>();
  return {
    series: made,
    add(chunk) {
      const target = made[chunk.series]!;
      const column = `${chunk.series} ${chunk.column}`;
      const from = filled.get(column) ?? 0; // chunks of a column come in order
      if (chunk.column < 0) target.times.set(decodeTimes(chunk), from);
      else target.columns[chunk.column]!.values.set(decodeValues(chunk), from);
      filled.set(column, from + chunk.rows);
    },
  };
}
