// The files of an archive in the temporary folder of the import.
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { HindcastError } from '../../../contract/values/errors.ts';
import { throwIfCancelled } from '../../import/abort.ts';
import type { ReadRequest, SampleFile } from './raw-samples.ts';

/** @returns the folder that they lie in. @throws HindcastError `file-unreadable` where one is called as the folder of another */
export async function unpackFiles(
  files: readonly SampleFile[],
  { path: archive, folder, signal }: Pick<ReadRequest, 'path' | 'folder' | 'signal'>,
): Promise<string> {
  const root = join(folder, 'unpacked');
  for (const file of files) {
    throwIfCancelled(signal);
    const path = join(root, ...file.path.split('/'));
    const content = await file.read();
    await mkdir(dirname(path), { recursive: true })
      .then(() => writeFile(path, content))
      .catch((cause: NodeJS.ErrnoException) => {
        throw CLASHES.includes(cause.code ?? '') ? clash(archive, file, cause) : cause;
      });
  }
  return root;
}

/** Of a file where a folder has to be, or the other way round. */
const CLASHES: readonly string[] = ['EEXIST', 'ENOTDIR', 'EISDIR'];

function clash(archive: string, { path }: SampleFile, cause: unknown): HindcastError {
  const message = `${basename(archive)} has a file and a folder of one name ("${path}"), so it cannot be unpacked; pack it again with other names.`;
  return new HindcastError('file-unreadable', message, { cause, details: { file: basename(archive) } });
}
