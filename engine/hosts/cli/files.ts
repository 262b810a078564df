// Writes files completely or not at all: into a temporary file in the same folder, which is then renamed. Existing files are
// refused unless forced. A symbolic link stays a link: its target is written. A pipe or a device gets the bytes directly.
import { mkdir, mkdtemp, readdir, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { HindcastError } from '../../contract/values/errors.ts';
import { reasonOf } from '../../contract/values/system-errors.ts';

export interface NamedBytes {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Writes one file. Errors: `conflict` where it exists and is not forced, `file-missing` without its folder, `disk-full`. */
export async function writeNewFile(path: string, bytes: Uint8Array, force: boolean): Promise<void> {
  await refuseExisting(path, 'file', force);
  if ((await kindOf(path)) === 'pipe or device') return writeFile(path, bytes);
  const target = await realpath(path).catch(() => resolve(path));
  await inNeighbour(target, async (folder) => {
    const temporary = join(folder, basename(target));
    await writeFile(temporary, bytes);
    await rename(temporary, target);
  });
}

/** Writes files into a new folder; into an existing one file by file, where it is empty or forced. Other files in it stay. */
export async function writeNewFolder(
  path: string,
  files: readonly NamedBytes[],
  force: boolean,
): Promise<void> {
  await refuseExisting(path, 'folder', force);
  const target = resolve(path);
  await inNeighbour(target, async (folder) => {
    const temporary = join(folder, 'files');
    await mkdir(temporary);
    for (const { name, bytes } of files) await writeFile(join(temporary, basename(name)), bytes);
    if ((await kindOf(target)) === 'nothing') await rename(temporary, target);
    else
      for (const { name } of files)
        await rename(join(temporary, basename(name)), join(target, basename(name)));
  });
}

/** Errors: `conflict` where `path` exists (a folder: with something in it) and is not forced, or is of the other kind; `file-missing` without its folder. */
export async function refuseExisting(path: string, wanted: 'file' | 'folder', force: boolean): Promise<void> {
  const target = resolve(path);
  const kind = await kindOf(target);
  const details = { path };
  if (kind === 'nothing') {
    if ((await kindOf(dirname(target))) === 'folder') return;
    const message = `${path} can't be written, since there is no folder ${dirname(path)}; make it first.`;
    throw new HindcastError('file-missing', message, { details });
  }
  if (kind === 'pipe or device' && wanted === 'file') return;
  if (kind !== wanted) {
    const instead = wanted === 'file' ? 'name a file' : 'name a folder';
    throw new HindcastError('conflict', `${path} is a ${kind}; ${instead} instead.`, { details });
  }
  if (force || (kind === 'folder' && (await readdir(target)).length === 0)) return;
  const what = kind === 'folder' ? 'is not empty' : 'exists already';
  throw new HindcastError('conflict', `${path} ${what}; choose another path or add --force to overwrite.`, {
    details,
  });
}

async function kindOf(path: string): Promise<'nothing' | 'file' | 'folder' | 'pipe or device'> {
  const found = await stat(path).catch(() => null);
  if (!found) return 'nothing';
  if (found.isDirectory()) return 'folder';
  return found.isFile() ? 'file' : 'pipe or device';
}

/** A temporary folder beside `target`, on the same disk, so that renaming is one step; it goes in any case. */
async function inNeighbour(target: string, work: (folder: string) => Promise<void>): Promise<void> {
  let folder: string | undefined;
  try {
    folder = await mkdtemp(join(dirname(target), '.hindcast-'));
    await work(folder);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOSPC') {
      throw new HindcastError(
        'disk-full',
        `The disk is full, so ${target} was not written; make room and try again.`,
        {
          details: { path: target },
          cause,
        },
      );
    }
    throw new HindcastError(
      'file-unreadable',
      `${target} could not be written (${reasonOf(cause)}); choose another path.`,
      {
        details: { path: target },
        cause,
      },
    );
  } finally {
    if (folder) await rm(folder, { recursive: true, force: true });
  }
}
