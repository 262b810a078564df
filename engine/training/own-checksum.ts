// The checksum that weights files and checkpoints carry: SHA-256 of everything before, as the last bytes.
import { createHash } from 'node:crypto';

export const DIGEST_BYTES = 32;

/** Whether the file carries the checksum of its contents, of any kind. */
export function hasItsChecksum(bytes: Uint8Array): boolean {
  const end = bytes.length - DIGEST_BYTES;
  return end > 0 && sha256(bytes.subarray(0, end)).equals(bytes.subarray(end));
}

export function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}
