// Finds out whether a file is a container, and unpacks it until a text is there.
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { HindcastError } from '../../../contract/values/errors.ts';
import type { Container, Unpacked, UnpackRequest } from './container.ts';
import { gzip } from './gzip.ts';
import { json } from './json.ts';
import { parquet } from './parquet.ts';
import { workbook } from './workbook.ts';
import { zip } from './zip.ts';

/** Tried in this order. */
export const CONTAINERS: readonly Container[] = [gzip, workbook, zip, parquet, json];

const HEAD_BYTES = 4096;
/** An archive in an archive is unpacked; one in that is not. */
const MOST_LEVELS = 3;

async function headOf(path: string): Promise<Buffer> {
  try {
    await using handle = await open(path, 'r');
    const buffer = Buffer.alloc(HEAD_BYTES);
    const { bytesRead } = await handle.read(buffer, 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } catch {
    // That it cannot be read is said where it is read.
    return Buffer.alloc(0);
  }
}

/** The text that a container holds; null for a file that is none. */
export async function unpack(
  request: Omit<UnpackRequest, 'target'>,
): Promise<(Unpacked & { readonly kinds: readonly string[] }) | null> {
  const kinds: string[] = [];
  const notes: string[] = [];
  let { path, fileName } = request;
  let found: Unpacked | null = null;
  for (;;) {
    const head = await headOf(path);
    const container = CONTAINERS.find((one) => one.matches(head, fileName));
    if (container === undefined) break;
    if (kinds.length >= MOST_LEVELS) {
      const message = `${request.fileName} holds archives in archives; unpack it and import the table.`;
      throw new HindcastError('file-unreadable', message, { details: { file: request.fileName } });
    }
    const target = join(request.folder, `unpacked-${kinds.length}`);
    found = await container.unpack({ ...request, path, target });
    kinds.push(container.id);
    notes.push(...found.notes);
    path = found.path;
    fileName = found.name ?? fileName;
    if (found.isFinal) break;
  }
  return found === null ? null : { ...found, notes, name: fileName, kinds };
}
