// Reads the files of an exported model, which may be hostile: only regular files of the folder itself, up to a size limit. A
// device never ends, a pipe blocks for ever, and a link could lead to any file of this machine.
import { constants } from 'node:fs';
import { type FileHandle, open, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { HindcastError } from '../../../contract/values/errors.ts';
import { isUploaded } from '../../../contract/values/source-name.ts';

/** @throws HindcastError `file-missing`, `file-unreadable` for what is no such file. */
export async function readModelFile(
  folder: string,
  name: string,
  mostBytes: number,
): Promise<Buffer<ArrayBuffer>> {
  const path = join(folder, name);
  const refuse = (why: string, cause?: unknown) =>
    new HindcastError(
      'file-unreadable',
      `${shownFolder(path, 'A file of the uploaded folder')} ${why}; give the folder of an export, as it was written.`,
      {
        details: { file: path },
        cause,
      },
    );
  const file = await openThere(folder, name);
  try {
    if ((await realpath(path)) !== join(await realpath(folder), name)) throw refuse('is a link');
    const found = await file.stat();
    if (!found.isFile()) throw refuse('is no regular file');
    if (found.size > mostBytes) throw refuse(`has ${count(found.size)} bytes, more than ${count(mostBytes)}`);
    return await readUpTo(file, found.size);
  } finally {
    await file.close();
  }
}

async function openThere(folder: string, name: string): Promise<FileHandle> {
  try {
    // Without waiting for the other side of a pipe.
    return await open(join(folder, name), constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (cause) {
    const message = `${shownFolder(folder, 'The uploaded folder')} holds no ${name} that can be read; give the folder of \`hindcast export RUN --format tfjs\`, whole.`;
    throw new HindcastError('file-missing', message, { details: { file: join(folder, name) }, cause });
  }
}

/** A file that grows meanwhile is not read further. */
async function readUpTo(file: FileHandle, bytes: number): Promise<Buffer<ArrayBuffer>> {
  const content = Buffer.alloc(bytes);
  let filled = 0;
  while (filled < bytes) {
    const { bytesRead } = await file.read(content, filled, bytes - filled, filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return content.subarray(0, filled);
}

const count = (value: number): string => value.toLocaleString('en-US');

/** A user does not know the temporary folder of an upload. */
const shownFolder = (path: string, uploaded: string): string => (isUploaded(path) ? uploaded : path);
