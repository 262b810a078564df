// Import of samples: reads a file or folder in the form it has, shapes it into columns, and hands out description and chunks.
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import type { ImportRequest } from '../../../contract/processes/importer.ts';
import { HindcastError } from '../../../contract/values/errors.ts';
import { throwIfCancelled } from '../../import/abort.ts';
import type { ImportSink } from '../../import/rows/sink.ts';
import { createTemporaryFolder, removeTemporaryFolder } from '../../import/source/temporary.ts';
import { withEventLog } from './event-log.ts';
import { isFolder } from './folder-form.ts';
import { SAMPLE_FORMS } from './forms.ts';
import { withNamedFiles } from './named-files.ts';
import { isRatherOfTimes } from './rather-times.ts';
import type { FormSubject, RawSamples, ReadRequest, SampleForm } from './raw-samples.ts';
import { chunksOfSamples } from './sample-chunks.ts';
import { noRoles, type ShapedSamples, shapeSamples } from './shape-samples.ts';
import { shownSamples } from './shown-samples.ts';
import { textForm } from './text-form.ts';
import { withEvents } from './with-events.ts';

const HEAD_BYTES = 4096;

/** The form of a file or folder; its first one that recognises it. */
export async function formOf(path: string, name = basename(path)): Promise<SampleForm> {
  const isOfFolder = await isFolder(path);
  const head = isOfFolder ? Buffer.alloc(0) : await headOf(path);
  const subject: FormSubject = { path, name, isFolder: isOfFolder, head };
  for (const form of SAMPLE_FORMS) if (await form.recognises(subject)) return form;
  throw new HindcastError(
    'file-unreadable',
    `${name} has no form that is known; give a CSV file or a folder.`,
  );
}

/** Empty where it cannot be read: the form says why. */
async function headOf(path: string): Promise<Buffer> {
  try {
    await using handle = await open(path, 'r');
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } catch {
    return Buffer.alloc(0);
  }
}

/**
 * Hands the description and then the chunks to the sink; temporary files are gone when it settles.
 * @throws HindcastError of reading, and where no sample can be made of it
 */
export async function importSamples(
  request: ImportRequest,
  sink: ImportSink,
  signal?: AbortSignal,
): Promise<void> {
  const form = isAsText(request.options) ? textForm : await formOf(request.path);
  const found = await shaped(request, form, sink, signal);
  if ('names' in found) throw noRoles(found, request.path);
  await deliver(found, request, sink, signal);
}

/** The same where samples are only one guess: false where there are none. */
export async function tryImportSamples(
  request: ImportRequest,
  sink: ImportSink,
  signal?: AbortSignal,
): Promise<boolean> {
  const found = await shaped(request, await formOf(request.path), sink, signal);
  if ('names' in found || isRatherOfTimes(found.raw, found.info)) return false;
  await deliver(found, request, sink, signal);
  return true;
}

const isAsText = ({ as }: ImportRequest['options']): boolean => as === 'text' || as === 'lines';

/** Where samples were asked for and nothing is a label: texts to learn to write. */
function unlabelled(raw: RawSamples, { path, options }: ReadRequest): ShapedSamples | null {
  if (options.labelColumn !== undefined) return null;
  const { otherwise } = raw;
  if (otherwise === undefined && options.as !== 'samples') return null;
  return shapeSamples({ ...(otherwise ?? raw), isUnlabelled: true }, { path, options });
}

const PICTURES: readonly string[] = ['frames', 'image'];

function noFrames(path: string): HindcastError {
  const message = `${basename(path)} holds no videos; frames are read from GIFs, folders of numbered pictures, folders of both, and .npy files.`;
  return new HindcastError('file-unreadable', message, { details: { file: path, field: 'as' } });
}

const READ = 0.7;

interface Shaped extends ShapedSamples {
  readonly recipe: RawSamples['recipe'];
  readonly raw: RawSamples;
}

/** The same of a table whose rows are the events of samples; false, and nothing is handed out, where they are not. */
export async function tryImportEventLog(
  request: ImportRequest,
  sink: ImportSink,
  signal?: AbortSignal,
): Promise<boolean> {
  const isLog = ({ asked }: RawSamples) => asked?.sampleColumn !== undefined;
  const found = await shaped(request, await formOf(request.path), sink, signal, isLog);
  if ('names' in found) return false;
  await deliver(found, request, sink, signal);
  return true;
}

/** What was read, where nothing can be shaped of it, or it is not wanted. */
async function shaped(
  { path, sample, options }: ImportRequest,
  form: SampleForm,
  sink: ImportSink,
  signal: AbortSignal | undefined,
  isWanted: (read: RawSamples) => boolean = () => true,
): Promise<Shaped | RawSamples> {
  const folder = createTemporaryFolder();
  try {
    const request: ReadRequest = {
      path,
      sample,
      options,
      signal,
      folder,
      progress: (share) => sink.progress({ phase: 'reading', rows: 0, fraction: READ * share }),
    };
    const read = await withNamedFiles(await form.read(request), request);
    const raw = withEvents(withEventLog(read, request), request);
    if (!isWanted(raw)) return raw;
    throwIfCancelled(signal);
    sink.progress({ phase: 'checking', rows: raw.rows.length, fraction: READ });
    const found = shapeSamples(raw, request) ?? unlabelled(raw, request);
    if (options.as === 'frames' && !found?.table.columns.some(({ kind }) => PICTURES.includes(kind)))
      throw noFrames(path);
    return found === null ? raw : { ...found, recipe: raw.recipe, raw };
  } finally {
    removeTemporaryFolder(folder);
  }
}

async function deliver(
  { table, info, report, recipe }: Shaped,
  { examples }: ImportRequest,
  sink: ImportSink,
  signal: AbortSignal | undefined,
): Promise<void> {
  const chunks = chunksOfSamples(table);
  sink.described({
    recipe,
    report,
    series: [],
    columns: info.columns.map(({ name, kind }) => ({ name, kind })),
    samples: { rows: table.rows, info, ...(examples && { shown: shownSamples(table, info) }) },
    chunks: chunks.length,
  });
  for (const [index, chunk] of chunks.entries()) {
    throwIfCancelled(signal);
    await sink.chunk({ chunk: index + 1, ...chunk });
    const share = (index + 1) / chunks.length;
    sink.progress({
      phase: 'storing',
      rows: Math.round(share * table.rows),
      fraction: READ + (1 - READ) * share,
    });
  }
}
