// A folder with one table that names the files of its samples: `metadata.csv` beside `clips/1.wav`.
import { open, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { filesBelow } from './folder-form.ts';
import { jsonLinesForm } from './json-lines.ts';
import type { SampleForm } from './raw-samples.ts';
import { isSampleFile } from './sample-files.ts';
import { tableForm } from './table-form.ts';

export const listedForm: SampleForm = {
  recognises: async ({ path, isFolder }) => isFolder && (await listIn(path)) !== null,
  isOnlySamples: true,
  async read(request) {
    const list = join(request.path, (await listIn(request.path))!);
    const form = /\.(csv|tsv)$/i.test(list) ? tableForm : jsonLinesForm;
    return form.read({ ...request, path: list });
  },
};

const HEAD_BYTES = 16_384;

/** The only table of the folder, where its beginning names a file of a sample that is there. */
async function listIn(folder: string): Promise<string | null> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const tables = entries.filter((entry) => entry.isFile() && isTable(entry.name));
  const [only, ...others] = tables;
  if (!only || others.length > 0) return null;
  const head = await headOf(join(folder, only.name));
  const files = await filesBelow(folder).catch(() => []);
  return namesFiles(
    head,
    files.map(({ path }) => path),
  )
    ? only.name
    : null;
}

export const isTable = (name: string): boolean => /\.(csv|tsv|jsonl|ndjson)$/i.test(name);

/** Whether the beginning of a table names the file of a sample. */
export const namesFiles = (text: string, paths: readonly string[]): boolean => {
  const head = text.slice(0, HEAD_BYTES);
  return paths.some((path) => isSampleFile(path) && head.includes(basename(path)));
};

async function headOf(path: string): Promise<string> {
  await using handle = await open(path, 'r');
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
  return buffer.toString('utf8', 0, bytesRead);
}
