// Writes a temporary table in UTF-8: one row a line, and for each line the line of the source it was made from.
import { open } from 'node:fs/promises';
import type { TextFile } from './dialect.ts';

const FLUSH_CHARACTERS = 1 << 20;

export interface CopyWriter {
  /** `line`: of the source. */
  row(fields: readonly string[], line: number): void;
  /** Writes what is pending where it is much, or all of it. */
  flush(all?: boolean): Promise<void>;
  readonly rows: number;
  /** Characters of the longest row. */
  readonly longest: number;
}

/** Line breaks inside a field become spaces, so that a line is a row. */
function fieldText(text: string, delimiter: string): string {
  const line = /[\r\n]/.test(text) ? text.replace(/\s*[\r\n]+\s*/g, ' ') : text;
  const isPlain = !line.includes('"') && !line.includes(delimiter) && line.trim() === line;
  return isPlain ? line : `"${line.replaceAll('"', '""')}"`;
}

/** Lines of the source by line of the copy; grows by doubling. */
function lineList(): { add(line: number): void; list(): Uint32Array } {
  let lines = new Uint32Array(1024);
  let count = 0;
  return {
    add(line) {
      if (count === lines.length) {
        const larger = new Uint32Array(2 * count);
        larger.set(lines);
        lines = larger;
      }
      lines[count++] = line;
    },
    list: () => lines.slice(0, count),
  };
}

/** Calls `write` with a writer and returns the file it wrote, named as its source in messages. */
export async function writeCopy(
  path: string,
  source: Pick<TextFile, 'fileName'> & { readonly delimiter: string },
  write: (copy: CopyWriter) => Promise<void>,
): Promise<TextFile> {
  const { fileName, delimiter } = source;
  const lines = lineList();
  let pending: string[] = [];
  let characters = 0;
  let bytes = 0;
  await using target = await open(path, 'wx');
  const copy = {
    rows: 0,
    longest: 0,
    row(fields: readonly string[], line: number) {
      const text = `${fields.map((field) => fieldText(field, delimiter)).join(delimiter)}\n`;
      pending.push(text);
      lines.add(line);
      characters += text.length;
      copy.rows++;
      copy.longest = Math.max(copy.longest, text.length);
    },
    async flush(all = false) {
      if (characters === 0 || (!all && characters < FLUSH_CHARACTERS)) return;
      const block = Buffer.from(pending.join(''));
      pending = [];
      characters = 0;
      bytes += block.length;
      await target.appendFile(block);
    },
  };
  await write(copy);
  await copy.flush(true);
  return { path, fileName, bytes, skip: 0, firstLine: 1, lines: lines.list() };
}

/** Line of the source for a line of the file as it is read. */
export const sourceLine = ({ lines }: Pick<TextFile, 'lines'>, line: number): number =>
  lines?.[line - 1] ?? line;
