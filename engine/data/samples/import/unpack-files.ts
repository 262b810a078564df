// The files of an archive in the temporary folder of the import.
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { throwIfCancelled } from '../../import/abort.ts';
import type { ReadRequest, SampleFile } from './raw-samples.ts';

/** @returns the folder that they lie in. */
export async function unpackFiles(
  files: readonly SampleFile[],
  { folder, signal }: Pick<ReadRequest, 'folder' | 'signal'>,
): Promise<string> {
  const root = join(folder, 'unpacked');
  for (const file of files) {
    throwIfCancelled(signal);
    const path = join(root, ...file.path.split('/'));
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, await file.read());
  }
  return root;
}
