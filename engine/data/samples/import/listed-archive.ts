// An archive with one table that names the files of its samples, as a folder of that form: unpacked into the temporary folder of the import.
import { dirname, join } from 'node:path';
import { headIn, isTable, listedForm, namesFiles } from './listed-form.ts';
import { withNamedFiles } from './named-files.ts';
import type { RawSamples, ReadRequest, SampleFile } from './raw-samples.ts';
import { fileSource } from './source-of-file.ts';
import { unpackFiles } from './unpack-files.ts';

/** The only table among the files that names another one of them. */
export async function listIn(files: readonly SampleFile[]): Promise<SampleFile | null> {
  const paths = files.map(({ path }) => path);
  const found: SampleFile[] = [];
  for (const table of files.filter(({ path }) => isTable(path)))
    if (namesFiles(headIn(await table.read()), paths)) found.push(table);
  return found.length === 1 ? found[0]! : null;
}

export async function readListedArchive(
  files: readonly SampleFile[],
  list: SampleFile,
  request: ReadRequest,
): Promise<RawSamples> {
  const root = await unpackFiles(files, request);
  const folder = join(root, dirname(list.path));
  const inFolder = { ...request, path: folder };
  const raw = await withNamedFiles(await listedForm.read(inFolder), inFolder);
  const source = { ...raw.recipe.source, ...(await fileSource(request.path)) };
  return { ...raw, form: `${raw.form}, in an archive`, recipe: { ...raw.recipe, source } };
}
