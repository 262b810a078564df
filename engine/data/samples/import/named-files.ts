// A table that names a text, recording or picture in each row: `path,label`. The files lie beside the table, or anywhere below the folder that is imported.
import { realpath, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, normalize, sep } from 'node:path';
import type { SetAsideRow } from '../../../contract/datasets/dataset.ts';
import { HindcastError } from '../../../contract/values/errors.ts';
import { throwIfCancelled } from '../../import/abort.ts';
import { type FileFinder, fileFinder } from './file-finder.ts';
import { isFolder, readSampleFile } from './folder-form.ts';
import type { RawSamples, ReadRequest } from './raw-samples.ts';
import { isSampleFile, kindOfFiles } from './sample-files.ts';

/** Of the rows that are looked at to tell whether a column names files. */
const LOOKED_AT = 200;

/** The samples with what their files hold, where a column names files that are there; else as they were. */
export async function withNamedFiles(
  raw: RawSamples,
  { path, options, signal }: Pick<ReadRequest, 'path' | 'options' | 'signal'>,
): Promise<RawSamples> {
  // A form that knows its columns, as a folder does, has read its files.
  if (raw.input !== undefined || Object.keys(raw.roles).length > 0) return raw;
  const isWhole = await isFolder(path);
  const find = isWhole ? await fileFinder(path) : null;
  const column = columnOfFiles(raw, find);
  if (column < 0) return raw;
  const folder: Folder = { root: isWhole ? path : dirname(path), find };
  const names = raw.rows.map((row) => row[column]!.trim());
  if (!(await isAnyThere(folder, names))) {
    const note = `The column ${raw.names[column]} names files, but none of them lies beside the table: import the folder that holds both.`;
    return { ...raw, notes: [...raw.notes, note] };
  }
  const kind = kindOfFiles(
    names.map((name) => (isSampleFile(name) ? name : (foundBy(find, name) ?? name))),
    options,
  );
  const isText = kind.kind === 'text';
  const collector = kind.collect(options);
  const rows: string[][] = [];
  const lines: number[] = [];
  const setAside: SetAsideRow[] = [...raw.setAside];
  for (const [index, cells] of raw.rows.entries()) {
    throwIfCancelled(signal);
    try {
      const data = await contentOf(folder, names[index]!);
      const text = await collector.add([data], names[index]!);
      rows.push(isText ? [...cells, text] : [...cells]);
      lines.push(raw.lines[index]!);
    } catch (cause) {
      const { message: reason } = HindcastError.wrap(cause, 'it cannot be read');
      setAside.push({ line: raw.lines[index]!, column: raw.names[column]!, reason, raw: names[index]! });
    }
  }
  const text = freeName('text', raw.names);
  return {
    ...raw,
    form: `${raw.form} that names ${kind.plural}`,
    names: isText ? [...raw.names, text] : raw.names,
    rows,
    lines,
    setAside,
    notes: [...raw.notes, ...collector.notes()],
    roles: { ...raw.roles, nameColumn: raw.names[column]!, inputColumn: isText ? text : kind.kind },
    ...(rows.length > 0 && { input: collector.input() }),
  };
}

interface Folder {
  readonly root: string;
  /** Null of a table alone: the folder around it is not searched. */
  readonly find: FileFinder | null;
}

/** Pictures that cannot be read are named as files, too. */
const OTHER_FILE = /\.(bmp|webp|tiff?|heic|avif|svg)$/i;

/** -1: none. Rows that name no file do not make it a column of texts: each of them says so. */
function columnOfFiles({ names, rows }: RawSamples, find: FileFinder | null): number {
  const some = rows.slice(0, LOOKED_AT).map((row) => row.map((cell) => cell.trim()));
  const columnWhere = (isNamed: (cell: string) => boolean) =>
    names.findIndex((_, column) => some.filter((row) => isNamed(row[column] ?? '')).length * 2 > some.length);
  const named = columnWhere((cell) => isSampleFile(cell) || OTHER_FILE.test(cell));
  return named >= 0 || find === null ? named : columnWhere((cell) => foundBy(find, cell) !== null);
}

/** Of several files any: which one is meant is asked later. */
function foundBy(find: FileFinder | null, name: string): string | null {
  if (find === null || name === '') return null;
  try {
    return find(name);
  } catch {
    return null;
  }
}

/** Null where the name leads out of the folder. */
function pathIn(root: string, name: string): string | null {
  const relative = normalize(name.replaceAll('\\', '/'));
  const isOutside = isAbsolute(relative) || relative === '..' || relative.startsWith(`..${sep}`);
  return isOutside ? null : join(root, relative);
}

async function isAnyThere({ root, find }: Folder, names: readonly string[]): Promise<boolean> {
  for (const name of names.slice(0, LOOKED_AT)) {
    if (foundBy(find, name) !== null) return true;
    const path = pathIn(root, name);
    if (path !== null && (await stat(path).catch(() => null))?.isFile()) return true;
  }
  return false;
}

async function contentOf({ root, find }: Folder, name: string): Promise<Buffer> {
  if (name === '') throw new HindcastError('file-unreadable', 'it names no file');
  const path = pathIn(root, name);
  const exact = path === null ? null : await realpath(path).catch(() => null);
  const other = exact ?? find?.(name) ?? null;
  if (other === null && path === null) throw outside();
  if (other === null) throw new HindcastError('file-unreadable', 'there is no such file beside the table');
  const found = await realpath(other);
  // A link may lead anywhere, and a folder from another person may hold such links.
  if (!found.startsWith(withSeparator(await realpath(root)))) throw outside();
  return readSampleFile(found);
}

const withSeparator = (folder: string): string => (folder.endsWith(sep) ? folder : folder + sep);

const outside = (): HindcastError =>
  new HindcastError('file-unreadable', 'it leads out of the folder of the table');

function freeName(name: string, names: readonly string[]): string {
  let free = name;
  while (names.includes(free)) free += ' of the file';
  return free;
}
