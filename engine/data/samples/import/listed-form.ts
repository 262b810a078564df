// A folder with one table that names the files of its samples: `metadata.csv` beside `clips/1.wav`.
import { open, readdir } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { HindcastError } from '../../../contract/values/errors.ts';
import { sourceName } from '../../../contract/values/source-name.ts';
import { filesBelow } from './folder-form.ts';
import { jsonLinesForm } from './json-lines.ts';
import { beginningOf } from './plain-text.ts';
import type { SampleForm } from './raw-samples.ts';
import { isSampleFile } from './sample-files.ts';
import { tableForm } from './table-form.ts';

export const listedForm: SampleForm = {
  recognises: async ({ path, isFolder }) => isFolder && (await listIn(path)) !== null,
  isOnlySamples: true,
  async read(request) {
    const list = join(request.path, (await listIn(request.path))!);
    const form = /\.(jsonl|ndjson)$/i.test(list) ? jsonLinesForm : tableForm;
    return form.read({ ...request, path: list });
  },
};

const HEAD_BYTES = 16_384;

/** The only table of the folder whose beginning names files of samples that are there. */
async function listIn(folder: string): Promise<string | null> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const names = entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map(({ name }) => name);
  // `captions.txt` is a table where it is the only text and names files.
  const texts = names.filter((name) => /\.txt$/i.test(name));
  const tables = [...names.filter(isTable), ...(texts.length === 1 ? texts : [])];
  if (tables.length === 0) return null;
  const paths = (await filesBelow(folder).catch(() => [])).map(({ path }) => path);
  const found: string[] = [];
  for (const name of tables) {
    const others = paths.filter((path) => path !== name);
    if (namesFiles(await headOf(join(folder, name)), others)) found.push(name);
  }
  if (found.length > 1 && !hasClasses(paths)) throw severalTables(folder, found);
  return found.length === 1 ? found[0]! : null;
}

/** Folders of classes have their samples without a table. */
const hasClasses = (paths: readonly string[]): boolean =>
  new Set(paths.filter(isSampleFile).map((path) => dirname(path))).size > 1;

function severalTables(folder: string, tables: readonly string[]): HindcastError {
  const message = `${sourceName(folder)} has several tables that name its files (${tables.slice(0, 3).join(', ')}); leave one of them in the folder.`;
  return new HindcastError('file-unreadable', message, { details: { file: folder } });
}

export const isTable = (name: string): boolean => /\.(csv|tsv|jsonl|ndjson)$/i.test(name);

/** Whether the beginning of a table names the file of a sample, or in most of its lines such files without their endings. */
export const namesFiles = (head: string, paths: readonly string[]): boolean => {
  const text = head.toLowerCase();
  const files = paths.filter(isSampleFile).map((path) => basename(path).toLowerCase());
  if (files.some((name) => text.includes(name))) return true;
  // Numbers of another table may be names of files, too.
  if (hasClasses(paths)) return false;
  const stems = new Set(files.map((name) => basename(name, extname(name))));
  const lines = text.split(/\r?\n/).slice(1, -1);
  const named = lines.filter((line) => line.split(/[\t,;|]/).some((cell) => stems.has(stemIn(cell))));
  return lines.length > 0 && named.length * 2 > lines.length;
};

/** `"images/7"`: 7. */
const stemIn = (cell: string): string => /[^\\/]*$/.exec(cell.replaceAll('"', '').trim())![0];

async function headOf(path: string): Promise<string> {
  await using handle = await open(path, 'r');
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
  return beginningOf(buffer.subarray(0, bytesRead));
}

/** Of a whole table. */
export const headIn = (table: Buffer): string => beginningOf(table.subarray(0, HEAD_BYTES));
