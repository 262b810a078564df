// Files of a test in a folder of their own, and what an import reads of one.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect } from 'vitest';
import type { ImportOptions } from '../../../engine/contract/datasets/dataset.ts';
import type { ImportDescription, ImportedChunk } from '../../../engine/contract/processes/importer.ts';
import { importAny } from '../../../engine/hosts/importer/import-any.ts';

/** Of the test file that asks, which runs in one process with others. */
export function ownFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'hindcast-samples-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return {
    folder,
    /** @returns its path */
    file(name: string, content: string | Uint8Array): string {
      const path = join(folder, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, content);
      return path;
    },
  };
}

export async function imported(path: string, options: ImportOptions, examples = false) {
  let described: ImportDescription | undefined;
  const chunks: ImportedChunk[] = [];
  await importAny(
    { path, sample: null, options, examples },
    {
      progress: () => {},
      described: (description) => {
        described = description;
      },
      chunk: async (chunk) => void chunks.push(chunk),
    },
  );
  return { ...(described ?? expect.unreachable()), chunks };
}
