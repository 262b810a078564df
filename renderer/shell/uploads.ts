// Uploads files from a page to the machine of its engine, which reads them by path: a single file, or several into a folder of
// their own.
import { HindcastError, type HindcastErrorData } from '../../engine/contract/values/errors.ts';
import type { EngineFile, TransferOptions } from './shell.ts';
import { readZip } from './zip.ts';

interface Uploaded {
  readonly id: string;
  readonly path: string;
  readonly bytes: number;
}

/** @param tab whose closing releases it, where nothing else did. */
export async function uploadFile(file: File, tab: string, options: TransferOptions): Promise<EngineFile> {
  return engineFile(file.name, await send(file, tab, options));
}

/**
 * The named files, from among `chosen` or out of the one archive there.
 * @throws HindcastError `file-missing` where one of them is not there.
 */
export async function uploadFolder(
  chosen: readonly File[],
  names: readonly string[],
  tab: string,
  options: TransferOptions,
): Promise<EngineFile> {
  const [first] = chosen;
  const isArchive = chosen.length === 1 && /\.zip$/i.test(first?.name ?? '');
  const files = isArchive && first ? await unpack(first) : chosen;
  const wanted = names.map((name) => {
    const found = files.find((file) => file.name === name);
    if (found) return found;
    const message = `${isArchive ? `"${first?.name}" holds` : 'The files chosen have'} no ${name}; choose the archive of an exported model, or its files ${names.join(', ')} together.`;
    throw new HindcastError('file-missing', message);
  });
  const bytes = wanted.reduce((sum, { size }) => sum + size, 0);
  const name = isArchive ? (first?.name ?? '').replace(/\.zip$/i, '') : 'model';
  let uploaded: Uploaded | undefined;
  try {
    let before = 0;
    for (const file of wanted) {
      const done = before;
      const onProgress = (fraction: number) =>
        options.onProgress?.(bytes > 0 ? (done + fraction * file.size) / bytes : 0);
      uploaded = await send(file, tab, { ...options, onProgress }, uploaded?.id);
      before += file.size;
    }
  } catch (cause) {
    if (uploaded) engineFile(name, uploaded).release();
    throw cause;
  }
  const { id, path } = uploaded as Uploaded;
  return engineFile(name, { id, path: path.replace(/[\\/][^\\/]*$/, ''), bytes });
}

async function unpack(archive: File): Promise<File[]> {
  const entries = await readZip(archive, archive.name);
  return entries.map(({ name, content }) => new File([content], name.replace(/^.*\//, '')));
}

/** XMLHttpRequest, because fetch does not tell how far an upload is. @param folder the upload that it joins. */
function send(
  file: File,
  tab: string,
  { onProgress, signal }: TransferOptions,
  folder?: string,
): Promise<Uploaded> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const query = new URLSearchParams({ name: file.name, tab, ...(folder !== undefined && { folder }) });
    request.open('POST', `/uploads?${query}`);
    request.upload.onprogress = ({ loaded, total }) => onProgress?.(total > 0 ? loaded / total : 0);
    request.onerror = () => reject(uploadLost(file.name));
    request.onabort = () =>
      reject(new HindcastError('cancelled', `The upload of "${file.name}" was cancelled.`));
    request.onload = () => {
      if (request.status === 201) resolve(JSON.parse(request.responseText) as Uploaded);
      else if (request.status === 422)
        reject(HindcastError.fromData(JSON.parse(request.responseText) as HindcastErrorData));
      else reject(uploadLost(file.name));
    };
    signal?.addEventListener('abort', () => request.abort(), { once: true });
    onProgress?.(0);
    request.send(file);
    if (signal?.aborted) request.abort();
  });
}

function engineFile(name: string, { id, path, bytes }: Uploaded): EngineFile {
  return {
    name,
    path,
    bytes,
    release() {
      void fetch(`/uploads?id=${id}`, { method: 'DELETE', keepalive: true }).catch(() => {});
    },
  };
}

const uploadLost = (name: string): HindcastError =>
  new HindcastError(
    'connection-lost',
    `"${name}" could not be uploaded: the workbench does not answer; try again.`,
  );
