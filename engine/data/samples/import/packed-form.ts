// A table or JSON lines in gzip, or alone in a ZIP archive: unpacked into the temporary folder and read in its own form.
import { open } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Container } from '../../import/container/container.ts';
import { gzip } from '../../import/container/gzip.ts';
import { zip } from '../../import/container/zip.ts';
import { jsonLinesForm } from './json-lines.ts';
import type { FormSubject, RawSamples, ReadRequest, SampleForm } from './raw-samples.ts';
import { fileSource } from './source-of-file.ts';
import { tableForm } from './table-form.ts';

const CONTAINERS: readonly Container[] = [gzip, zip];
const INNER: readonly SampleForm[] = [jsonLinesForm, tableForm];
/** An archive in gzip is unpacked; what is in that is not. */
const MOST_LEVELS = 2;
const HEAD_BYTES = 4096;

export const packedForm: SampleForm = {
  recognises: ({ isFolder, head, name }) => !isFolder && CONTAINERS.some((one) => one.matches(head, name)),
  isOnlySamples: false,
  read: readPacked,
};

async function readPacked(request: ReadRequest): Promise<RawSamples> {
  const { path, folder, options, signal } = request;
  let subject: FormSubject = { path, name: basename(path), isFolder: false, head: await headOf(path) };
  for (let level = 0; level < MOST_LEVELS; level++) {
    const { head, name } = subject;
    const container = CONTAINERS.find((one) => one.matches(head, name));
    if (!container) break;
    const target = join(folder, `unpacked-${level}`);
    const found = await container.unpack({
      path: subject.path,
      fileName: basename(path),
      target,
      folder,
      options,
      signal,
    });
    subject = { ...subject, path: found.path, name: found.name ?? name, head: await headOf(found.path) };
  }
  const { path: inner } = subject;
  let form = tableForm;
  for (const one of INNER.toReversed()) if (await one.recognises(subject)) form = one;
  const raw = await form.read({ ...request, path: inner });
  const source = { ...raw.recipe.source, ...(await fileSource(path)) };
  return { ...raw, recipe: { ...raw.recipe, source } };
}

async function headOf(path: string): Promise<Buffer> {
  await using handle = await open(path, 'r');
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
  return buffer.subarray(0, bytesRead);
}
