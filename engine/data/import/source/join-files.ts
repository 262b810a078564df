// Several files of one table, as months of a year: their rows one below the other, under the names that any of them has. A column tells the
// file of each row; it names the series where the files have the same times.
import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { ImportOptions } from '../../../contract/datasets/dataset.ts';
import { HindcastError } from '../../../contract/values/errors.ts';
import { sourceName } from '../../../contract/values/source-name.ts';
import { reshapeLines } from '../reshape/reshape-lines.ts';
import { visitRows } from '../table/table-check.ts';
import { detectTable } from './comments.ts';
import { type CopyWriter, writeCopy } from './copy.ts';
import type { Dialect, FilePart, TextFile } from './dialect.ts';
import { type OpenedSource, openSource } from './open-source.ts';
import { splitRecord } from './record.ts';
import { stemOf } from './source.ts';
import { textFile } from './text-file.ts';

export const FILE_COLUMN = 'file';

interface JoinRequest {
  readonly paths: readonly string[];
  readonly options: ImportOptions;
  readonly folder: string;
  readonly progress: (share: number) => void;
  readonly signal?: AbortSignal | undefined;
}

export interface JoinedSource extends OpenedSource {
  readonly files: readonly { readonly path: string; readonly bytes: number; readonly sha256: string }[];
  /** Of the joined table. */
  readonly delimiter: string;
}

interface OneFile {
  readonly opened: OpenedSource;
  readonly file: TextFile;
  readonly dialect: Dialect;
}

async function openOne(request: JoinRequest, path: string, index: number): Promise<OneFile> {
  const { options, signal } = request;
  const folder = join(request.folder, `file-${index}`);
  mkdirSync(folder);
  const progress = (share: number) => request.progress((index + share) / request.paths.length);
  const opened = await openSource({ path, options, folder, progress, signal });
  const text = await textFile(opened.source, folder, signal);
  const plain = await reshapeLines({ file: text, folder, options, signal });
  return { opened, ...(await detectTable(plain?.file ?? text, plain?.options ?? options)) };
}

function requireAlike(files: readonly OneFile[], names: readonly string[]): void {
  const [first] = files;
  const foreign = files.find(
    ({ dialect }) => !dialect.names.some((name) => first?.dialect.names.includes(name)),
  );
  if (foreign === undefined && !names.includes(FILE_COLUMN)) return;
  const message =
    foreign === undefined
      ? `The files have a column "${FILE_COLUMN}", which tells the files apart where several are joined; rename it.`
      : `${foreign.file.fileName} shares no column with ${first?.file.fileName}; import files of different tables one by one.`;
  throw new HindcastError('invalid-input', message);
}

async function addRows(
  to: CopyWriter,
  { file, dialect, opened }: OneFile,
  names: readonly string[],
  problems: Map<number, string>,
  signal?: AbortSignal,
) {
  const positions = names.map((name) => dialect.names.indexOf(name));
  const stem = stemOf(opened.source.baseName);
  await visitRows(
    file,
    dialect,
    (record, buffer, line, problem) => {
      const fields = splitRecord(buffer.toString('utf8', record.start, record.end), dialect.delimiter);
      if (problem === null) to.row([...positions.map((position) => fields[position] ?? ''), stem], line);
      else {
        to.row([fields.join(dialect.delimiter)], line);
        problems.set(to.rows, problem);
      }
      return undefined;
    },
    { progress: () => to.flush(), signal },
  );
}

/** Errors: those of each file, and `invalid-input` where they share no column. */
export async function joinFiles(request: JoinRequest): Promise<JoinedSource> {
  requireDifferent(request.paths);
  const files: OneFile[] = [];
  for (const [index, path] of request.paths.entries()) files.push(await openOne(request, path, index));
  const names = [...new Set(files.flatMap(({ dialect }) => dialect.names))];
  requireAlike(files, names);
  const parts: FilePart[] = [];
  const problems = new Map<number, string>();
  const delimiter = files[0]?.dialect.delimiter ?? ',';
  const fileName = `${files[0]?.file.fileName} and ${files.length - 1} more`;
  const copy = await writeCopy(join(request.folder, 'joined.csv'), { fileName, delimiter }, async (to) => {
    to.row([...names, FILE_COLUMN], 1);
    for (const one of files) {
      parts.push({ name: one.file.fileName, from: to.rows + 1 });
      await addRows(to, one, names, problems, request.signal);
    }
  });
  const sources = files.map(({ opened }) => opened.source);
  const hashes = await Promise.all(sources.map(({ sha256 }) => sha256));
  const hash = createHash('sha256').update(hashes.join('\n'));
  const partial = names.filter((name) => files.some(({ dialect }) => !dialect.names.includes(name)));
  const missing =
    partial.length > 0
      ? `; not all have the columns ${partial
          .slice(0, 5)
          .map((name) => `"${name}"`)
          .join(', ')}`
      : '';
  return {
    source: {
      path: copy.path,
      fileName,
      baseName: sources[0]?.baseName ?? fileName,
      bytes: sources.reduce((sum, { bytes }) => sum + bytes, 0),
      sha256: Promise.resolve(hash.digest('hex')),
      encoding: 'utf-8',
      mixture: null,
      hasZeros: false,
      hasByteOrderMark: false,
      isNamed: true,
      isValid: true,
      hasLost: sources.some(({ hasLost }) => hasLost),
      lines: copy.lines,
      problems,
      parts,
    },
    containers: [],
    notes: [
      `${files.length} files were joined${missing}.`,
      ...files.flatMap(({ opened, dialect, file }) =>
        [...opened.notes, ...dialect.notes].map((note) => `${file.fileName}: ${note}`),
      ),
    ],
    files: request.paths.map((path, i) => ({
      path: sourceName(path),
      bytes: sources[i]?.bytes ?? 0,
      sha256: hashes[i] ?? '',
    })),
    delimiter,
  };
}

/** Every name of a path is a file of its own. Error: `invalid-input` (one comes twice). */
function requireDifferent(paths: readonly string[]): void {
  const twice = paths.find((path, i) => paths.indexOf(path) !== i);
  if (twice === undefined) return;
  throw new HindcastError('invalid-input', `${basename(twice)} is named twice; name each file once.`);
}
