// The API group `classify`: the result of a classifier, and what a run of any task that answers samples says of new ones. Made in worker
// processes.
import { basename } from 'node:path';
import {
  type DatasetDetail,
  type ImportOptions,
  type ImportSource,
  NO_LINE,
  type SetAsideRow,
} from '../../contract/datasets/dataset.ts';
import type { SampleColumn } from '../../contract/datasets/samples.ts';
import type { FromImporter } from '../../contract/processes/importer.ts';
import type { Cell, ClassAnswers, ClassifyResult } from '../../contract/results/classify-result.ts';
import { asClassifyTask } from '../../contract/tasks/classify.ts';
import { ClassifyFrame } from '../../contract/tasks/classify-frame.ts';
import type { Task } from '../../contract/tasks/task.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import type { RunReference } from '../../contract/values/ids.ts';
import { guardRecord } from '../../export/csv-guard.ts';
import { resultSentence } from '../../export/report/scores.ts';
import { plainText } from '../../export/report/text.ts';
import { samplesFrom } from '../../store/datasets/sample-reader.ts';
import { taskOf } from '../../tasks/task-of.ts';
import { unknownText } from '../../words/unknown-items.ts';
import type { EngineContext } from '../context.ts';
import { askedRun, keyOfPart } from '../forecasts/asked-run.ts';
import { readNewData, trainedOn } from '../forecasts/new-data.ts';
import { pathOf, runImporter } from '../processes/run-importer.ts';

type Part = 'test' | 'validation';
type Signal = AbortSignal | undefined;

export interface ResultRequest {
  readonly run: RunReference;
  readonly part: Part;
  readonly cell?: Cell | undefined;
  readonly threshold?: number | undefined;
  readonly most: number;
}

const subjectOf = (context: EngineContext, reference: RunReference) =>
  askedRun(context, reference, asAnsweringTask);

/** @throws HindcastError `conflict` for a task that answers no samples */
export function asAnsweringTask(task: Task): Task {
  const { kind, samples, verb } = taskOf(task);
  if (samples) return task;
  const instead = verb === undefined ? '' : `ask it in its own way (in a terminal: hindcast ${verb}), or `;
  const message = `Only a run that classifies, gives labels or estimates a number answers samples, but the task of this one is "${kind}"; ${instead}choose another run.`;
  throw new HindcastError('conflict', message, { details: { task: kind } });
}

/** @throws HindcastError `conflict` for a run of another task, and before its first epoch has ended */
export function classifyResult(
  context: EngineContext,
  { run: reference, part, cell, threshold, most }: ResultRequest,
  signal: Signal,
): Promise<ClassifyResult> {
  const { run, task, job } = askedRun(context, reference, asClassifyTask);
  const verdict = part === 'test' ? plainText(resultSentence(run, [task.label])) : '';
  const key = keyOfPart({ run, job }, part);
  return context.runJob(
    'classify-result',
    { ...job, part, cell, threshold, most, key, verdict },
    { signal, about: `run ${run.id}` },
  );
}

export function answerTexts(
  context: EngineContext,
  { run: reference, texts }: { readonly run: RunReference; readonly texts: readonly string[] },
  signal: Signal,
): Promise<ClassAnswers> {
  const { run, job } = subjectOf(context, reference);
  const asked = { kind: 'texts', texts } as const;
  return context.runJob('classify-answer', { ...job, asked }, { signal, about: `run ${run.id}` });
}

export interface RecordingRequest {
  readonly run: RunReference;
  readonly rate: number;
  /** In base64. */
  readonly wave: string;
}

/** @throws HindcastError `invalid-input` for an empty recording, and `conflict` where the run reads no recordings */
export async function answerRecording(
  context: EngineContext,
  { run: reference, rate, wave }: RecordingRequest,
  signal: Signal,
): Promise<ClassAnswers> {
  const { run, job } = subjectOf(context, reference);
  const bytes = new Uint8Array(Buffer.from(wave, 'base64'));
  if (bytes.length < 2 || bytes.length % 2 === 1) {
    throw new HindcastError('invalid-input', 'The recording is empty or cut off; record some seconds.');
  }
  const clip = { rate, wave: new Int16Array(bytes.buffer) };
  const asked = { kind: 'clip', clip } as const;
  return context.runJob('classify-answer', { ...job, asked }, { signal, about: `run ${run.id}` });
}

/** @throws HindcastError `file-unreadable`, and `conflict` where the run reads no pictures */
export function answerPicture(
  context: EngineContext,
  { run: reference, picture }: { readonly run: RunReference; readonly picture: string },
  signal: Signal,
): Promise<ClassAnswers> {
  const { run, job } = subjectOf(context, reference);
  const asked = { kind: 'picture', file: new Uint8Array(Buffer.from(picture, 'base64')) } as const;
  return context.runJob('classify-answer', { ...job, asked }, { signal, about: `run ${run.id}` });
}

export interface Predicted {
  readonly csv: Blob;
  readonly rows: number;
  readonly notes: string[];
}

/** @throws HindcastError of reading the file or folder, which needs a column of the name that the run reads */
export async function predictSamples(
  context: EngineContext,
  { run: reference, input }: { readonly run: RunReference; readonly input: ImportSource },
  signal: Signal,
): Promise<Predicted> {
  const { run, task, job } = subjectOf(context, reference);
  const kind = taskOf(task);
  const inputs = kind.inputs(task);
  if (kind.needs(task).kind === 'series')
    return predictWindows(context, { run, columns: inputs, job, input }, signal);
  const dataset = context.workspace.datasets.detail(run.datasetName, run.datasetVersion);
  const column = dataset.samples?.columns.find(({ name }) => inputs.includes(name));
  const reading = {
    ...inputOf(dataset, kind.samples?.reading(task) ?? {}),
    ...(column && pictureOptions(column)),
    ...eventOptions(dataset),
  };
  const { samples, notes } = await readNewSamples(context, { input, reading }, signal);
  const answers = await context.runJob('predict', { ...job, part: 'future', samples }, { signal });
  const unknown = kind.samples?.said(answers).unknown;
  const ofItems = unknown ? [unknownText(unknown)] : [];
  return { csv: csvOf(task, answers), rows: samples.rows, notes: [...notes, ...ofItems] };
}

/** Numbers that are one input are no column of a file: those of a vector are named, since others may lie beside them. */
function inputOf({ samples }: DatasetDetail, reading: ImportOptions): ImportOptions {
  const { inputColumn, ...others } = reading;
  if (!samples?.chosenFrom || inputColumn === undefined || samples.chosenFrom.includes(inputColumn))
    return reading;
  const numbers = samples.columns.filter(({ name, kind }) => kind === 'numeric' && name !== samples.value);
  return { ...others, ...(numbers.length > 0 && { numberColumns: numbers.map(({ name }) => name) }) };
}

/** Rows of one value are a sample again. */
function eventOptions({ samples }: DatasetDetail): ImportOptions {
  const { sampleColumn, timeColumn } = samples?.asked ?? {};
  return sampleColumn === undefined ? {} : { sampleColumn, ...(timeColumn !== undefined && { timeColumn }) };
}

const csvOf = (task: Task, answers: Uint8Array): Blob => {
  const { 'answers.csv': lines = [] } = taskOf(task).exports.tables(answers);
  return new Blob([`${lines.map(guardRecord).join('\n')}\n`], { type: 'text/csv' });
};

type Subject = ReturnType<typeof subjectOf>;

interface NewRows {
  readonly run: Subject['run'];
  /** That the model reads. */
  readonly columns: readonly string[];
  readonly job: Subject['job'];
  readonly input: ImportSource;
}

/** Of a table that is read as the dataset of the run was: an answer for each window, the last one being what comes next. */
async function predictWindows(
  context: EngineContext,
  { run, columns, job, input }: NewRows,
  signal: Signal,
): Promise<Predicted> {
  const dataset = context.workspace.datasets.detail(run.datasetName, run.datasetVersion);
  const wanted = { trainedOn: trainedOn(dataset), columns };
  const { series, report } = await readNewData(context, wanted, input, signal);
  const bytes = await context.runJob('predict', { ...job, part: 'future', series }, { signal });
  const frame = ClassifyFrame.decode(bytes);
  return {
    csv: csvOf(run.configuration.task, bytes),
    rows: frame.columns.sample.length,
    notes: [...report.notes],
  };
}

interface NewSamplesRequest {
  readonly input: ImportSource;
  readonly reading: ImportOptions;
}

/** New pictures get the form of those that the run learned from. */
export function pictureOptions({ kind, picture }: SampleColumn): ImportOptions {
  if (!picture) return {};
  return {
    ...(kind === 'frames' && { as: kind }),
    pictureSize: picture.width,
    pictureColour: picture.channels === 1 ? 'grey' : 'colour',
  };
}

/** Reads as an import does, and keeps nothing. */
export async function readNewSamples(
  { host }: EngineContext,
  { input, reading }: NewSamplesRequest,
  signal: Signal,
) {
  const options = { as: 'samples', ...reading, unlabelled: true } as const;
  const cancelled = 'The prediction was cancelled.';
  type Chunk = Extract<FromImporter, { type: 'chunk' }>;
  const chunks: Chunk[] = [];
  let described: Extract<FromImporter, { type: 'described' }> | undefined;
  for await (const message of runImporter(host, { source: input, options, signal, cancelled })) {
    if (message.type === 'described') described = message;
    if (message.type === 'chunk') chunks.push(message);
  }
  const info = described?.samples?.info;
  if (!described || !info) {
    const file = basename(pathOf(host, input));
    throw new HindcastError('internal', `The import process read no samples of ${file}: try it again.`);
  }
  const { notes, rowsSetAside, setAside } = described.report;
  const aside = rowsSetAside === 0 ? [] : [asideText(rowsSetAside, setAside)];
  return { samples: samplesFrom(info, chunks), notes: [...notes, ...aside] };
}

/** `2 rows were set aside; line 3: its list is empty.` */
function asideText(count: number, [first]: readonly SetAsideRow[]): string {
  const rows = `${count.toLocaleString('en-US')} ${count === 1 ? 'row was' : 'rows were'} set aside`;
  if (!first) return `${rows}.`;
  return `${rows}; ${first.line === NO_LINE ? first.raw : `line ${first.line}`}: ${first.reason}.`;
}
