// A sheet of an Excel workbook (.xlsx).
import { open, stat } from 'node:fs/promises';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createInflateRaw } from 'node:zlib';
import { HindcastError } from '../../../contract/values/errors.ts';
import { writeCopy } from '../source/copy.ts';
import type { Container, UnpackRequest } from './container.ts';
import { isTooLarge, tooLarge } from './inflate.ts';
import { isWorkbook } from './zip.ts';
import { entryStream, readDirectory } from './zip-directory.ts';

/** Sheets are held in memory. */
const MOST_BYTES = 1 << 30;

type Cell = string | number | boolean | Date | null | undefined;

interface Sheet {
  readonly sheet: string;
  readonly data: readonly (readonly Cell[])[];
}

export function cellText(cell: Cell): string {
  if (cell === null || cell === undefined) return '';
  if (!(cell instanceof Date)) return String(cell);
  if (Number.isNaN(cell.getTime())) return '';
  // Fractions of a day are rounded: 0.1 s is less than any clock of a sheet.
  const text = new Date(Math.round(cell.getTime() / 100) * 100).toISOString();
  return text.endsWith('T00:00:00.000Z')
    ? text.slice(0, 10)
    : text
        .slice(0, 23)
        .replace('T', ' ')
        .replace(/\.000$/, '');
}

/** The real size of everything in the workbook, before it is read into memory. Error: `file-unreadable`. */
async function checkSize({ path, fileName }: UnpackRequest): Promise<void> {
  const { size } = await stat(path);
  await using handle = await open(path, 'r');
  let bytes = 0;
  const entries = await readDirectory(handle, size, fileName).catch((cause: unknown) =>
    Promise.reject(unreadable(fileName, cause)),
  );
  for (const entry of entries) {
    if (entry.method !== 8 || entry.packed === 0) continue;
    const count = new Writable({
      write(block: Buffer, _encoding, done) {
        bytes += block.length;
        done(bytes > MOST_BYTES || isTooLarge(bytes, size) ? tooLarge(fileName) : null);
      },
    });
    await pipeline(await entryStream(handle, entry, fileName), createInflateRaw(), count).catch(
      (cause: unknown) => {
        if (cause instanceof HindcastError) throw cause;
        throw unreadable(fileName, cause);
      },
    );
  }
}

function unreadable(fileName: string, cause: unknown): HindcastError {
  const message = `${fileName} seems to be an Excel workbook (.xlsx) and cannot be read; save its sheet as CSV and import that.`;
  return new HindcastError('file-binary', message, { details: { file: fileName }, cause });
}

function chosenSheet(sheets: readonly Sheet[], { fileName, options }: UnpackRequest): Sheet {
  const names = sheets.map(({ sheet }) => `"${sheet}"`).join(', ');
  if (options.part !== undefined) {
    const found = sheets.find(({ sheet }) => sheet === options.part);
    if (found) return found;
    const message = `${fileName} has no sheet "${options.part}"; its sheets are ${names}.`;
    throw new HindcastError('invalid-input', message, { details: { file: fileName, field: 'part' } });
  }
  const rows = ({ data }: Sheet) => data.filter((row) => row.some((cell) => cell !== null)).length;
  const longest = sheets.reduce<Sheet | null>(
    (best, one) => (best && rows(best) >= rows(one) ? best : one),
    null,
  );
  if (longest && rows(longest) > 0) return longest;
  throw new HindcastError('file-empty', `${fileName} has no sheet with cells; choose another file.`, {
    details: { file: fileName },
  });
}

export const workbook: Container = {
  id: 'workbook',
  matches: (head) => head.subarray(0, 4).toString('latin1') === 'PK\x03\x04' && isWorkbook(head),
  async unpack(request) {
    const { path, fileName, target } = request;
    await checkSize(request);
    // Most files are none, and an import starts earlier without its reader.
    const { default: readWorkbook } = await import('read-excel-file/node');
    const sheets = (await readWorkbook(path).catch((cause: unknown) =>
      Promise.reject(unreadable(fileName, cause)),
    )) as readonly Sheet[];
    const { sheet, data } = chosenSheet(sheets, request);
    const width = data.reduce((most, row) => Math.max(most, row.length), 0);
    const copy = await writeCopy(target, { fileName, delimiter: '\t' }, async (to) => {
      for (const [i, row] of data.entries()) {
        if (row.every((cell) => cell === null || cell === '')) continue;
        to.row(
          Array.from({ length: width }, (_, column) => cellText(row[column])),
          i + 1,
        );
        await to.flush();
      }
    });
    const others = sheets.filter((one) => one.sheet !== sheet).map((one) => `"${one.sheet}"`);
    const notes =
      others.length > 0 && request.options.part === undefined
        ? [
            `Of the workbook the sheet "${sheet}" was read, the longest one; others are ${others.slice(0, 8).join(', ')} (in a terminal: --part).`,
          ]
        : [];
    return { path: target, notes, isFinal: true, lines: copy.lines };
  },
};
