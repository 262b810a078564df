// New data for a trained run: an import process reads the file as it read the run's dataset. The data is kept in memory and
// stored nowhere.
import type { DatasetDetail, ImportOptions, ImportReport, ImportSource } from '../../contract/dataset.ts';
import { type ErrorCode, HindcastError } from '../../contract/errors.ts';
import type { TrainedOn } from '../../contract/export.ts';
import type { ForecastFrame } from '../../contract/forecast.ts';
import type { RunId } from '../../contract/ids.ts';
import type { FromImporter, ImportDescription } from '../../contract/processes/importer.ts';
import type { NewSeries } from '../../contract/processes/jobs.ts';
import { decodeTimes, decodeValues } from '../../store/chunk-codec.ts';
import type { EngineContext } from '../context.ts';
import { runImporter } from '../processes/run-importer.ts';

type Chunk = Extract<FromImporter, { type: 'chunk' }>;

export interface NewData {
  readonly series: readonly NewSeries[];
  readonly report: ImportReport;
}

/**
 * The series of the file, under the names of the run's data.
 * @throws HindcastError of the import, and `invalid-input` for another frequency than the run was trained on.
 */
export async function readNewData(
  context: EngineContext,
  trainedOn: TrainedOn,
  source: ImportSource,
  signal: AbortSignal | undefined,
): Promise<NewData> {
  const { description, series } = await readAsTrained(context, source, trainedOn.reading, signal);
  const named = series.map((one) => ({ ...one, name: nameOf(one.name, trainedOn) }));
  for (const [index, one] of named.entries()) {
    requireFrequency(one.name, description.series[index]!.frequency, trainedOn);
  }
  return { series: named, report: description.report };
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
 * @throws the HindcastError of `forecast`; where it misses a column, with what the reading says of that column.
 */
export async function withReading(
  { report }: NewData,
  forecast: Promise<ForecastFrame>,
): Promise<ForecastFrame> {
  const frame = await forecast.catch((cause) => {
    throw cause instanceof HindcastError && cause.code === 'unknown-column'
      ? explained(cause, report)
      : cause;
  });
  const notes = [...readingNotes(report), ...(frame.header.notes ?? [])];
  return { ...frame, header: { ...frame.header, notes } };
}

function explained(missing: HindcastError, { notes }: ImportReport): HindcastError {
  const about = notes.filter((note) => note.includes(`"${String(missing.details?.column)}"`));
  if (about.length === 0) return missing;
  const { code, message, details = {} } = missing;
  return new HindcastError(code, [message, ...about].join(' '), { details, cause: missing });
}

function readingNotes({ notes, rowsRead, rowsSetAside, setAside }: ImportReport): string[] {
  const first = setAside[0];
  if (first === undefined) return notes;
  const where = first.column === null ? `line ${first.line}` : `line ${first.line}, column "${first.column}"`;
  const rows = `${rowsSetAside.toLocaleString('en-US')} of ${rowsRead.toLocaleString('en-US')} rows`;
  return [...notes, `${rows} could not be used and were set aside; the first: ${where}: ${first.reason}.`];
}

/** The version that a run was trained on. */
export function datasetOf({ workspace }: EngineContext, runId: RunId): DatasetDetail {
  const { datasetName, datasetVersion } = workspace.runs.detail(runId);
  return workspace.datasets.detail(datasetName, datasetVersion);
}

/** What new data for a run on this dataset must be like. */
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
  };
}

/** A wide file holds one series, whatever the file is called. */
function nameOf(name: string, { reading, series }: TrainedOn): string {
  return reading.layout === 'wide' ? (series[0]?.name ?? name) : name;
}

/** Two frequencies are told apart by their word; a series too short to have one passes. */
function requireFrequency(series: string, frequency: string, trainedOn: TrainedOn): void {
  const trained = trainedOn.series.find(({ name }) => name === series)?.frequency;
  if (trained === undefined || trained === frequency) return;
  const unclear = ['irregular', ''];
  if (unclear.includes(trained) || unclear.includes(frequency)) return;
  const message = `The rows of "${series}" are ${frequency} apart, but the run was trained on "${trainedOn.dataset}" with ${trained}; give data of that frequency.`;
  throw new HindcastError('invalid-input', message, { details: { series, frequency, trained } });
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
