// A table in a zip archive. Its files are written under names of our own, never under those of the archive.
import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { PassThrough } from 'node:stream';
import { createInflateRaw } from 'node:zlib';
import { HindcastError } from '../../../contract/values/errors.ts';
import type { Container, UnpackRequest } from './container.ts';
import { inflateTo, isTooLarge, tooLarge } from './inflate.ts';
import { entryStream, readDirectory, type ZipEntry } from './zip-directory.ts';

const TABLE = /\.(csv|tsv|txt|tab|dat|data|json|jsonl|ndjson|parquet|xlsx|arff|tsf|epw)$/i;
/** A text may be a table or words about one. */
const TEXT = /\.(txt|dat|data)$/i;
/** Files about a table, as statistical offices and weather services add them. */
const ABOUT = /(^|\/)(read.?me|licen[cs]e|metadat|legend|changelog|copying|attribution|beschreibung)[^/]*$/i;
/** The table is this much larger than all other files together. */
const LARGER = 10;
const MOST_NAMED = 8;

function refused(fileName: string, why: string): HindcastError {
  return new HindcastError('file-unreadable', `${fileName} ${why}.`, { details: { file: fileName } });
}

const isOutside = (name: string): boolean =>
  /^([/\\]|[A-Za-z]:)/.test(name) || name.split(/[/\\]/).includes('..');

const list = (entries: readonly ZipEntry[]): string => {
  const names = entries.slice(0, MOST_NAMED).map(({ name }) => `"${name.slice(0, 60)}"`);
  const more = entries.length - names.length;
  return names.join(', ') + (more > 0 ? ` and ${more} more` : '');
};

/** Error: `file-unreadable` for an archive with a file that leads out of it. */
export function refuseOutside(entries: readonly ZipEntry[], fileName: string): void {
  const outside = entries.find(({ name }) => isOutside(name));
  if (!outside) return;
  throw refused(
    fileName,
    `holds a file that points out of the archive ("${outside.name.slice(0, 60)}"), as only harmful ones do; unpack it yourself if you trust it`,
  );
}

/** The one that is no text about another, or much larger than the others; null where several may be meant. */
function obviousTable(tables: readonly ZipEntry[]): ZipEntry | null {
  const told = tables.filter(({ name }) => !ABOUT.test(name));
  const [only, ...others] = told;
  if (only !== undefined && others.length === 0) return only;
  const plain = told.filter(({ name }) => !TEXT.test(name));
  if (plain.length === 1) return plain[0] ?? null;
  const all = tables.reduce((sum, { bytes }) => sum + bytes, 0);
  return told.find(({ bytes }) => bytes > LARGER * (all - bytes)) ?? null;
}

function chosenEntry(entries: readonly ZipEntry[], { fileName, options }: UnpackRequest): ZipEntry {
  refuseOutside(entries, fileName);
  const files = entries.filter(({ name }) => !name.endsWith('/') && !/(^|\/)(__MACOSX\/|\.)/.test(name));
  const tables = files.filter(({ name }) => TABLE.test(name));
  const part = options.part;
  if (part !== undefined) {
    const found = files.find(({ name }) => name === part || basename(name) === part);
    if (found) return found;
    throw refused(fileName, `has no file "${part}"; its files are ${list(files)}`);
  }
  const [only, ...others] = tables.length > 0 ? tables : files;
  if (only === undefined) throw refused(fileName, 'is a zip archive without any file; choose another one');
  const obvious = obviousTable(tables);
  if (obvious !== null) return obvious;
  if (others.length > 0) {
    const how = 'name one of them (in a terminal: --part), or unpack the archive and import them together';
    throw refused(
      fileName,
      `is a zip archive of several files, ${list(tables.length > 0 ? tables : files)}; ${how}`,
    );
  }
  return only;
}

export const zip: Container = {
  id: 'zip',
  // The second is of an archive without any file.
  matches: (head) =>
    ['PK\x03\x04', 'PK\x05\x06'].includes(head.toString('latin1', 0, 4)) && !isWorkbook(head),
  async unpack(request) {
    const { path, fileName, target, signal } = request;
    const { size } = await stat(path);
    await using handle = await open(path, 'r');
    const entries = await readDirectory(handle, size, fileName);
    const entry = chosenEntry(entries, request);
    await unpackEntry({ handle, entry, fileName, target, signal });
    const others = entries.length - 1;
    const notes =
      others > 0 && request.options.part === undefined
        ? [
            `Of the archive "${entry.name}" was read: if another of its files is meant, name it (in a terminal: --part).`,
          ]
        : [];
    return { path: target, notes, isFinal: false, name: basename(entry.name) };
  },
};

interface Unpacking {
  readonly handle: Parameters<typeof entryStream>[0];
  readonly entry: ZipEntry;
  readonly fileName: string;
  readonly target: string;
  readonly signal?: AbortSignal | undefined;
}

/** Errors: `file-unreadable` (a password, an unknown method, damaged, too large). */
export async function unpackEntry({ handle, entry, fileName, target, signal }: Unpacking): Promise<void> {
  if (entry.isEncrypted)
    throw refused(fileName, `is locked by a password; unpack it and import "${entry.name}"`);
  if (entry.method !== 0 && entry.method !== 8) {
    throw refused(
      fileName,
      `packs "${entry.name}" in a way that is not read (method ${entry.method}); unpack it and import the table`,
    );
  }
  if (isTooLarge(entry.bytes, entry.packed)) throw tooLarge(fileName);
  const from = await entryStream(handle, entry, fileName);
  const inflate = entry.method === 8 ? createInflateRaw() : new PassThrough();
  await inflateTo({ from, inflate, to: target, fileName, packed: entry.packed, crc: entry.crc, signal });
}

/** A workbook is a zip archive, too. */
export function isWorkbook(head: Buffer): boolean {
  const text = head.toString('latin1');
  return text.includes('xl/') || text.includes('[Content_Types].xml');
}
