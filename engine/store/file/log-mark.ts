// Decides whether the log beside a workspace (`-wal`) belongs to it.
//
// SQLite replays a log into whatever file has the workspace's name. A crash leaves the log behind; if the file is then replaced
// by a backup or a new workspace, the replay would mix the pages of two files. So the file carries a mark (a random number in a
// table of its own), and every log begins with a transaction that writes `(before, now)`: the mark of the file on which the log
// was begun, and a new one. Another mark is written before each checkpoint, so that a file that contains more than the log is
// recognised too.
//
// A log belongs to a file whose mark is the log's first `before` (nothing of the log has reached the file), or one of its `now`s
// (a part or all of it has). Both marks are inside the files: a folder that was copied or moved as a whole (other device, other
// inodes) still matches, and nothing beside the two files can be out of date.
// A log without marks (of an older Hindcast, or of another program) proves nothing: the caller checks the resulting file
// completely.
//
// Formats: https://www.sqlite.org/walformat.html, https://www.sqlite.org/fileformat2.html#b_tree_pages
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { HindcastError } from '../../contract/values/errors.ts';

/** The contents of the table's one row: the magic, the mark before, the mark now. */
const MAGIC = Buffer.from('Hindcast log m1\0', 'latin1');
const MARK_BYTES = 16;
const VALUE_BYTES = MAGIC.length + 2 * MARK_BYTES;
/** The first mark of a file that had none. */
export const NO_MARK = '0'.repeat(MARK_BYTES * 2);

/** SQLite keeps the roots of tables at the start of a file with auto-vacuum. */
const PAGES_WITH_ROOTS = 512;
const LOG_HEADER_BYTES = 32;
const FRAME_HEADER_BYTES = 24;
const LEAF_OF_TABLE = 0x0d;

export interface Mark {
  /** Hexadecimal. */
  readonly before: string;
  readonly now: string;
}

export type Verdict = 'none' | 'belongs' | 'foreign' | 'unproven';

export function encodeMark({ before, now }: Mark): Buffer {
  return Buffer.concat([MAGIC, Buffer.from(before, 'hex'), Buffer.from(now, 'hex')]);
}

export function decodeMark(value: Buffer): Mark | null {
  if (value.length !== VALUE_BYTES || !value.subarray(0, MAGIC.length).equals(MAGIC)) return null;
  const hex = (at: number): string => value.toString('hex', at, at + MARK_BYTES);
  return { before: hex(MAGIC.length), now: hex(MAGIC.length + MARK_BYTES) };
}

/** The mark on a page that is the table's: a leaf with one cell, whose payload is our value. */
export function markOnPage(page: Buffer): Mark | null {
  if (page[0] !== LEAF_OF_TABLE || page.readUInt16BE(3) !== 1) return null;
  const cell = page.readUInt16BE(8);
  // Before the value: the payload's size, the row's number, and the record's header, each a byte or two.
  const at = page.indexOf(MAGIC, cell);
  if (at < 0 || at > cell + 12 || at + VALUE_BYTES > page.length) return null;
  return decodeMark(page.subarray(at, at + VALUE_BYTES));
}

/** The mark in the file itself, not in its log; null where it has none. `file` is a descriptor. */
export function markInFile(file: number): string | null {
  const header = Buffer.alloc(100);
  if (readSync(file, header, 0, header.length, 0) < header.length) return null;
  const pageSize = pageSizeOf(header.readUInt16BE(16));
  if (pageSize === null) return null;
  const page = Buffer.alloc(pageSize);
  for (let index = 1; index < PAGES_WITH_ROOTS; index++) {
    if (readSync(file, page, 0, pageSize, index * pageSize) < pageSize) return null;
    const mark = markOnPage(page);
    if (mark) return mark.now;
  }
  return null;
}

const pageSizeOf = (stored: number): number | null => {
  const size = stored === 1 ? 65_536 : stored;
  return size >= 512 && (size & (size - 1)) === 0 ? size : null;
};

export interface LogMarks {
  /** Pages that the log holds. */
  readonly frames: number;
  readonly marks: readonly Mark[];
}

/**
 * What a log holds; no frames where SQLite would ignore it.
 * @throws HindcastError `workspace-unreachable` where a folder has the name of the log.
 */
export function readLog(path: string): LogMarks {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch {
    return { frames: 0, marks: [] };
  }
  try {
    if (fstatSync(file).isDirectory()) {
      throw new HindcastError(
        'workspace-unreachable',
        `A folder is at ${path}, where SQLite keeps the log of the workspace: move it away, then try again.`,
        { details: { path } },
      );
    }
    return scanLog(file);
  } finally {
    closeSync(file);
  }
}

function scanLog(file: number): LogMarks {
  const header = Buffer.alloc(LOG_HEADER_BYTES);
  const short = readSync(file, header, 0, LOG_HEADER_BYTES, 0) < LOG_HEADER_BYTES;
  const isLog = !short && (header.readUInt32BE(0) & ~1) >>> 0 === 0x377f0682;
  const pageSize = isLog ? header.readUInt32BE(8) : 0;
  if (pageSize < 512 || pageSize > 65_536) return { frames: 0, marks: [] };
  const salts = header.subarray(16, 24);
  const frame = Buffer.alloc(FRAME_HEADER_BYTES + pageSize);
  const marks: Mark[] = [];
  let frames = 0;
  for (let at = LOG_HEADER_BYTES; ; at += frame.length) {
    if (readSync(file, frame, 0, frame.length, at) < frame.length) break;
    // Frames of an earlier round of the same log file have other salts.
    if (!frame.subarray(8, 16).equals(salts)) break;
    frames++;
    const mark = markOnPage(frame.subarray(FRAME_HEADER_BYTES));
    if (mark) marks.push(mark);
  }
  return { frames, marks };
}

/** Whether the log beside `path` may be replayed into it. Reads both, changes nothing. */
export function judgeLog(path: string): Verdict {
  const { frames, marks } = readLog(`${path}-wal`);
  if (frames === 0) return 'none';
  const [first] = marks;
  if (first === undefined) return 'unproven';
  const file = openSync(path, 'r');
  try {
    const mark = markInFile(file);
    if (mark === null) return first.before === NO_MARK ? 'unproven' : 'foreign';
    return mark === first.before || marks.some(({ now }) => now === mark) ? 'belongs' : 'foreign';
  } finally {
    closeSync(file);
  }
}
