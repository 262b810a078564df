// An exported labeller as a user has it: loaded by stock TensorFlow.js, with its own program.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as tf from '@tensorflow/tfjs-core';
import { selectBackend } from '../../../engine/backends/select.ts';
import type { ExportedFile } from '../../../engine/contract/processes/jobs/export.ts';
import { openLayersModel } from '../../../engine/export/tfjs/artifacts.ts';

interface Labelled {
  readonly step: string;
  readonly label: string;
  readonly probability: number;
}

/** On TensorFlow.js's own backend; the simd backend is the current one again when it settles. */
export async function withLabeller<Answer>(
  files: readonly ExportedFile[],
  use: (label: (text: string) => Labelled[]) => Answer,
): Promise<Answer> {
  const data = new Map(files.map((file) => [file.name, file.data]));
  const textOf = (name: string) => new TextDecoder().decode(data.get(name));
  const folder = mkdtempSync(join(tmpdir(), 'hindcast-labeller-'));
  const path = join(folder, 'label.mjs');
  writeFileSync(path, textOf('label.js'));
  await selectBackend('cpu', { allowFallback: false, threads: 1 });
  const model = await openLayersModel({
    json: textOf('model.json'),
    weights: Uint8Array.from(data.get('weights.bin')!),
  });
  try {
    const { label } = (await import(pathToFileURL(path).href)) as {
      label(...given: readonly unknown[]): Labelled[];
    };
    const vocabulary = JSON.parse(textOf('vocabulary.json'));
    return use((text) => label(tf, model, vocabulary, text));
  } finally {
    model.dispose();
    await selectBackend('simd', { allowFallback: false, threads: 1 });
    rmSync(folder, { recursive: true, force: true });
  }
}
