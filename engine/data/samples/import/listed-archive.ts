// An archive with one table that names the files of its samples, as a folder of that form: unpacked into the temporary folder of the import.
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { throwIfCancelled } from '../../import/abort.ts';
import { isTable, listedForm, namesFiles } from './listed-form.ts';
import { withNamedFiles } from './named-files.ts';
import type { RawSamples, ReadRequest, SampleFile } from './raw-samples.ts';
import { fileSource } from './source-of-file.ts';

/** The only table among the files, where it names another one of them. */
export async function listIn(files: readonly SampleFile[]): Promise<SampleFile | null> {
  const [only, ...others] = files.filter(({ path }) => isTable(path));
  if (!only || others.length > 0) return null;
  const text = (await only.read()).toString('utf8');
  return namesFiles(
    text,
    files.map(({ path }) => path),
  )
    ? only
    : null;
}

export async function readListedArchive(
  files: readonly SampleFile[],
  list: SampleFile,
  request: ReadRequest,
): Promise<RawSamples> {
  const root = join(request.folder, 'unpacked');
  for (const file of files) {
    throwIfCancelled(request.signal);
    const path = join(root, ...file.path.split('/'));
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, await file.read());
  }
  const folder = join(root, dirname(list.path));
  const inFolder = { ...request, path: folder };
  const raw = await withNamedFiles(await listedForm.read(inFolder), inFolder);
  const source = { ...raw.recipe.source, ...(await fileSource(request.path)) };
  return { ...raw, form: `${raw.form}, in an archive`, recipe: { ...raw.recipe, source } };
}
