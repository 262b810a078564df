// A dropped or chosen folder as one archive, which a page can upload.
import { HindcastError } from '../../engine/contract/values/errors.ts';
import { writeZip, type ZipEntry } from './zip.ts';

export interface FolderFile extends ZipEntry {
  readonly content: File;
}

/** An archive counts its files in 16 bits. */
const MOST_FILES = 65_000;
const MOST_BYTES = 2 ** 30;

/** @throws HindcastError `file-empty`, and `invalid-input` for a folder of too many or too large files */
export function packFolder(folder: FileSystemDirectoryEntry): Promise<File> {
  return packed(folder.name, filesIn(folder, ''));
}

/** The same for a folder whose files are known. */
export const packFiles = ({
  name,
  files,
}: {
  readonly name: string;
  readonly files: readonly FolderFile[];
}) => packed(name, files);

async function packed(
  folder: string,
  files: AsyncIterable<FolderFile> | Iterable<FolderFile>,
): Promise<File> {
  const entries: ZipEntry[] = [];
  let bytes = 0;
  for await (const { name, content } of files) {
    bytes += content.size;
    if (entries.length === MOST_FILES || bytes > MOST_BYTES) throw tooLarge(folder);
    entries.push({ name, content });
  }
  if (entries.length === 0) throw emptyFolder(folder);
  return new File([await writeZip(entries, new Date())], `${folder}.zip`);
}

/** With their paths below the folder; hidden ones are left out. */
export async function* filesIn(
  folder: FileSystemDirectoryEntry,
  path: string,
): AsyncGenerator<FolderFile, void, void> {
  const reader = folder.createReader();
  const some = () => new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
  // The entries come in portions; an empty one is the last.
  for (let entries = await some(); entries.length > 0; entries = await some()) {
    for (const entry of entries) {
      const name = path === '' ? entry.name : `${path}/${entry.name}`;
      if (entry.name.startsWith('.')) continue;
      // Their types follow from isDirectory.
      if (entry.isDirectory) yield* filesIn(entry as FileSystemDirectoryEntry, name);
      else yield { name, content: await fileOf(entry as FileSystemFileEntry) };
    }
  }
}

const fileOf = (entry: FileSystemFileEntry): Promise<File> =>
  new Promise((resolve, reject) => entry.file(resolve, reject));

export function emptyFolder(name: string): HindcastError {
  const message = `The folder "${name}" holds no files; make a folder for each class in it and put its files inside.`;
  return new HindcastError('file-empty', message);
}

function tooLarge(name: string): HindcastError {
  const message = `The folder "${name}" has more than ${MOST_FILES.toLocaleString('en-US')} files or 1 GB; import it in the terminal: hindcast import ${name}.`;
  return new HindcastError('invalid-input', message);
}
