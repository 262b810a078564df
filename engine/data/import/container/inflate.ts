// Writes what a compressed stream expands to, and stops where that is so much more than it was that it can be no table.
import { open } from 'node:fs/promises';
import type { Duplex, Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import { HindcastError } from '../../../contract/values/errors.ts';
import { throwIfCancelled } from '../abort.ts';

/** Tables shrink to a tenth, those of one value to a hundredth. */
const MOST_TIMES = 300;
/** Below this nothing can harm. */
const HARMLESS_BYTES = 64 << 20;

export function tooLarge(fileName: string): HindcastError {
  const message = `${fileName} would unpack to more than ${MOST_TIMES} times its size, which no table does; unpack it yourself and import the table if you trust it.`;
  return new HindcastError('file-unreadable', message, { details: { file: fileName } });
}

export const isTooLarge = (bytes: number, packed: number): boolean =>
  bytes > HARMLESS_BYTES && bytes > MOST_TIMES * packed;

interface Inflating {
  readonly from: Readable;
  readonly inflate: Duplex;
  readonly to: string;
  readonly fileName: string;
  /** Bytes of the compressed stream. */
  readonly packed: number;
  /** CRC-32 of what comes out; absent where the format checks its own. */
  readonly crc?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Errors: `file-unreadable` (damaged, or too large), `cancelled`. */
export async function inflateTo({
  from,
  inflate,
  to,
  fileName,
  packed,
  crc,
  signal,
}: Inflating): Promise<void> {
  let bytes = 0;
  let sum = 0;
  await using target = await open(to, 'wx');
  from.on('error', (cause) => inflate.destroy(cause));
  try {
    for await (const block of from.pipe(inflate)) {
      throwIfCancelled(signal);
      bytes += (block as Buffer).length;
      if (isTooLarge(bytes, packed)) throw tooLarge(fileName);
      if (crc !== undefined) sum = crc32(block as Buffer, sum);
      await target.appendFile(block as Buffer);
    }
    if (crc !== undefined && sum !== crc) throw new Error('its checksum is another one');
  } catch (cause) {
    if (cause instanceof HindcastError) throw cause;
    if ((cause as NodeJS.ErrnoException).code === 'ENOSPC') throw cause;
    const message = `${fileName} is damaged: it cannot be unpacked to its end (${cause instanceof Error ? cause.message : String(cause)}); fetch it again.`;
    throw new HindcastError('file-unreadable', message, { details: { file: fileName }, cause });
  } finally {
    from.destroy();
  }
}
