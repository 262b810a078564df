// The file to import as text: itself, or what a container holds; with the hash of the file itself.
import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import type { ImportOptions } from '../../../contract/datasets/dataset.ts';
import { unpack } from '../container/unpack.ts';
import { fileBlocks } from './lines.ts';
import { type Inspection, inspectSource, type Source, stemOf } from './source.ts';

export interface OpenedSource {
  readonly source: Source;
  /** Kinds of containers that the text was in, the outermost first. */
  readonly containers: readonly string[];
  readonly notes: readonly string[];
}

interface OpenRequest {
  readonly path: string;
  readonly options: ImportOptions;
  readonly folder: string;
  /** See `inspectSource`. */
  readonly hashOf?: Inspection['hashOf'];
  readonly progress: (share: number) => void;
  readonly signal?: AbortSignal | undefined;
}

async function wholeHash(path: string, signal?: AbortSignal): Promise<Pick<Source, 'bytes' | 'sha256'>> {
  const hash = createHash('sha256');
  let bytes = 0;
  await using handle = await open(path, 'r');
  for await (const block of fileBlocks(handle, signal)) {
    hash.update(block);
    bytes += block.length;
  }
  return { bytes, sha256: Promise.resolve(hash.digest('hex')) };
}

/** Errors: those of `inspectSource`, and `file-unreadable` for a container that is damaged, locked or harmful. */
export async function openSource(request: OpenRequest): Promise<OpenedSource> {
  const { path, options, hashOf, progress, signal } = request;
  const fileName = basename(path);
  const packed = await unpack({ ...request, fileName });
  if (packed === null) {
    return {
      source: await inspectSource(path, { encoding: options.encoding, hashOf }, progress, signal),
      containers: [],
      notes: [],
    };
  }
  const own = await wholeHash(path, signal);
  const encoding = packed.isFinal ? 'utf-8' : options.encoding;
  const inner = await inspectSource(packed.path, { encoding, fileName }, progress, signal);
  const { name = fileName, lines, problems, above } = packed;
  return {
    source: { ...inner, ...own, baseName: stemOf(name), lines, problems, above },
    containers: packed.kinds,
    notes: packed.notes,
  };
}
