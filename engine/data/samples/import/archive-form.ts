// A ZIP archive of texts, recordings or pictures, read as the folder that it would unpack to; nothing of it is written to the disk.
import { type FileHandle, open, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { crc32, inflateRaw } from 'node:zlib';
import { HindcastError } from '../../../contract/values/errors.ts';
import { isTooLarge, tooLarge } from '../../import/container/inflate.ts';
import { isWorkbook, refuseOutside } from '../../import/container/zip.ts';
import { entryBytes, readDirectory, type ZipEntry } from '../../import/container/zip-directory.ts';
import { abcForm } from './abc-form.ts';
import { byCode, MOST_FILES, samplesOf, tooMany } from './folder-form.ts';
import { listIn, readListedArchive } from './listed-archive.ts';
import { midiForm } from './midi-form.ts';
import type { RawSamples, ReadRequest, SampleFile, SampleForm } from './raw-samples.ts';
import { isSampleFile } from './sample-files.ts';
import { fileSource } from './source-of-file.ts';
import { unpackFiles } from './unpack-files.ts';

export const archiveForm: SampleForm = {
  async recognises({ path, isFolder, head }) {
    if (isFolder || head.toString('latin1', 0, 4) !== 'PK\x03\x04' || isWorkbook(head)) return false;
    const entries = await entriesOf(path).catch(() => []);
    if (folderForm(entries.map(({ name }) => name))) return true;
    // An archive of a table and its description is no archive of samples.
    return entries.filter(({ name }) => isSampleFile(name)).length > Math.max(1, entries.length / 2);
  },
  isOnlySamples: true,
  read: readArchive,
};

const FOLDER_FORMS: readonly SampleForm[] = [abcForm, midiForm];

/** The form of the folder that was packed, perhaps with the folder itself, where its files make one. */
function folderForm(names: readonly string[]): SampleForm | undefined {
  const [first = ''] = names;
  const root = first.slice(0, first.indexOf('/') + 1);
  const inside = names.every((name) => name.startsWith(root))
    ? names.map((name) => name.slice(root.length))
    : names;
  const top = inside.filter((name) => !name.includes('/'));
  return FOLDER_FORMS.find((form) => top.some((name) => form.isOneOf?.(name)));
}

async function entriesOf(path: string): Promise<ZipEntry[]> {
  const { size } = await stat(path);
  await using handle = await open(path, 'r');
  return filesIn(await readDirectory(handle, size, basename(path)));
}

const filesIn = (entries: readonly ZipEntry[]): ZipEntry[] =>
  entries.filter(({ name }) => !name.endsWith('/') && !/(^|\/)(__MACOSX\/|\.)/.test(name));

async function readArchive(request: ReadRequest): Promise<RawSamples> {
  const { path } = request;
  const fileName = basename(path);
  const { size } = await stat(path);
  await using handle = await open(path, 'r');
  const all = await readDirectory(handle, size, fileName);
  refuseOutside(all, fileName);
  const entries = filesIn(all);
  if (entries.length > MOST_FILES) throw tooMany(path);
  const sum = (of: (entry: ZipEntry) => number) => entries.reduce((total, entry) => total + of(entry), 0);
  const unpacked = sum(({ bytes }) => bytes);
  if (
    isTooLarge(
      unpacked,
      Math.min(
        size,
        sum(({ packed }) => packed),
      ),
    )
  )
    throw tooLarge(fileName);
  const files = entries
    .map((entry): SampleFile => ({ path: entry.name, read: () => contentOf(handle, entry, fileName) }))
    .toSorted((a, b) => byCode(a.path, b.path));
  const list = await listIn(files);
  if (list) return await readListedArchive(files, list, request);
  const form = folderForm(files.map((file) => file.path));
  if (form) return await readAsFolder(form, files, request);
  return await samplesOf(files, request, 'an archive with a folder for each class');
}

async function readAsFolder(
  form: SampleForm,
  files: readonly SampleFile[],
  request: ReadRequest,
): Promise<RawSamples> {
  const root = await unpackFiles(files, request);
  const depth = ({ path }: SampleFile) => path.split('/').length;
  const [top] = files.filter(({ path }) => form.isOneOf?.(path)).toSorted((a, b) => depth(a) - depth(b));
  const raw = await form.read({ ...request, path: join(root, dirname(top!.path)) });
  return {
    ...raw,
    recipe: { ...raw.recipe, source: { ...raw.recipe.source, ...(await fileSource(request.path)) } },
  };
}

const inflate = promisify(inflateRaw);
const MOST_BYTES = 256 * 2 ** 20;

/** Never more than the directory says. */
async function contentOf(handle: FileHandle, entry: ZipEntry, fileName: string): Promise<Buffer> {
  if (entry.isEncrypted) throw new HindcastError('file-unreadable', 'it is locked by a password');
  if (Math.max(entry.bytes, entry.packed) > MOST_BYTES)
    throw new HindcastError('file-unreadable', 'it is longer than 256 MB');
  const packed = await packedBytes(handle, entry, fileName);
  if (entry.method === 0) return checked(packed, entry);
  if (entry.method !== 8)
    throw new HindcastError(
      'file-unreadable',
      `it is packed in a way that is not read (method ${entry.method})`,
    );
  if (entry.packed === 0) return Buffer.alloc(0);
  try {
    const data = await inflate(packed, { maxOutputLength: Math.max(1, entry.bytes) });
    return checked(data, entry);
  } catch (cause) {
    throw damaged(cause);
  }
}

/** What the whole archive is told by cannot name one of its files. */
async function packedBytes(handle: FileHandle, entry: ZipEntry, fileName: string): Promise<Buffer> {
  try {
    return await entryBytes(handle, entry, fileName);
  } catch (cause) {
    throw damaged(cause);
  }
}

function checked(data: Buffer, { crc }: ZipEntry): Buffer {
  if (crc === undefined || crc32(data) === crc) return data;
  throw damaged();
}

const damaged = (cause?: unknown): HindcastError =>
  new HindcastError('file-unreadable', 'it is damaged in the archive', { cause });
