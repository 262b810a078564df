// Checks the system's limits before anything is opened. With too few open files Node crashes during its start, and with too
// little memory V8 aborts, so the user gets a sentence first. Only Linux reports the system's limits; elsewhere the heap alone is checked.
// Below about 20 open files, 1.5 GB of address space or 8 MB of heap Node itself ends before it reads this file.
import { readFileSync } from 'node:fs';
import { getHeapStatistics } from 'node:v8';

/** Node takes about 25; the rest is for a workspace, its worker processes and a few clients. */
const NEEDED_FILES = 48;
/** V8 and WebAssembly reserve address space that they never use: a host starts from about 2 GB on. */
const NEEDED_ADDRESS_BYTES = 4 * 2 ** 30;

/** 64 MB for what lives long, as set by --max-old-space-size, and what Node 24 adds to it. */
const NEEDED_HEAP_BYTES = 256 * 2 ** 20;
const MEGABYTE = 2 ** 20;

/** @returns {string | undefined} a sentence on the limit that is too low */
export function tooLowLimit() {
  const limits = readLimits();
  const files = softLimit(limits, 'Max open files');
  if (files !== undefined && files < NEEDED_FILES) {
    return `this process may open only ${files} files at once, and Hindcast needs ${NEEDED_FILES}; raise the limit (\`ulimit -n 1024\`) and try again.`;
  }
  const bytes = softLimit(limits, 'Max address space');
  if (bytes !== undefined && bytes < NEEDED_ADDRESS_BYTES) {
    return `this process may use only ${Math.floor(bytes / MEGABYTE)} MB of address space, and Hindcast needs ${NEEDED_ADDRESS_BYTES / MEGABYTE}; raise the limit (\`ulimit -v unlimited\`) and try again.`;
  }
  return undefined;
}

/** @returns {string | undefined} a sentence, for the Node that runs the program itself */
export function tooLittleHeap() {
  const bytes = getHeapStatistics().heap_size_limit;
  if (bytes >= NEEDED_HEAP_BYTES) return undefined;
  return `this process may use only ${Math.floor(bytes / MEGABYTE)} MB for its heap, and Hindcast needs ${NEEDED_HEAP_BYTES / MEGABYTE}; raise --max-old-space-size, or leave it out (NODE_OPTIONS may contain it), and try again.`;
}

function readLimits() {
  try {
    return readFileSync('/proc/self/limits', 'utf8');
  } catch (error) {
    // EMFILE: not even this file.
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    return code === 'EMFILE' ? 'Max open files 0' : '';
  }
}

/**
 * @param {string} limits
 * @param {string} name
 */
function softLimit(limits, name) {
  const value = new RegExp(`^${name}\\s+(\\d+)`, 'm').exec(limits)?.[1];
  return value === undefined ? undefined : Number(value);
}
