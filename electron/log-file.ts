// Writes the engine's log to a file beside the settings and keeps its last few megabytes.
import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

const LIMIT_BYTES = 4 * 1024 * 1024;

/** @returns a function that appends text; a log that cannot be written stops nothing. */
export function logFile(path: string): (text: string) => void {
  let bytes = sizeOf(path);
  return (text) => {
    try {
      mkdirSync(dirname(path), { recursive: true });
      if (bytes > LIMIT_BYTES) {
        renameSync(path, `${path}.1`);
        bytes = 0;
      }
      appendFileSync(path, text);
      bytes += Buffer.byteLength(text);
    } catch {
      // A full disk shows elsewhere.
    }
  };
}

function sizeOf(path: string): number {
  try {
    return statSync(path).size;
  } catch {
    return 0;
  }
}
