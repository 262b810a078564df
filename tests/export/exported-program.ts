// The exported files of a model as a user has them: its two halves loaded by stock TensorFlow.js, and the program that goes along.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { selectBackend } from '../../engine/backends/select.ts';
import type { ExportedFile, ExportedRun } from '../../engine/contract/processes/jobs/export.ts';
import { openLayersModel } from '../../engine/export/tfjs/artifacts.ts';

export const ABOUT: ExportedRun = {
  name: 'made',
  description: '',
  training: {
    dataset: 'made',
    datasetVersion: 1,
    dataHash: '',
    fingerprint: null,
    weightsHash: null,
    seed: 1,
  },
  trainedOn: { dataset: 'made', reading: {}, series: [] },
  scores: [],
};

/** On TensorFlow.js's own backend; the simd backend is the current one again when it settles. */
export async function withProgram<Answer>(
  files: readonly ExportedFile[],
  script: string,
  use: (opened: {
    readonly program: Record<string, (...given: never[]) => never>;
    readonly encoder: unknown;
    readonly decoder: unknown;
    readonly form: unknown;
  }) => Answer,
): Promise<Answer> {
  const data = new Map(files.map((file) => [file.name, file.data]));
  const textOf = (name: string) => new TextDecoder().decode(data.get(name));
  const folder = mkdtempSync(join(tmpdir(), 'hindcast-exported-'));
  const path = join(folder, `${script}.mjs`);
  writeFileSync(path, textOf(`${script}.js`));
  const open = (part: string) =>
    openLayersModel({
      json: textOf(`${part}.json`),
      weights: Uint8Array.from(data.get(`${part}.bin`)!),
    });
  await selectBackend('cpu', { allowFallback: false, threads: 1 });
  const [encoder, decoder] = [await open('encoder'), await open('decoder')];
  try {
    const program = (await import(pathToFileURL(path).href)) as Record<string, (...given: never[]) => never>;
    return use({ program, encoder, decoder, form: JSON.parse(textOf('form.json')) });
  } finally {
    encoder.dispose();
    decoder.dispose();
    await selectBackend('simd', { allowFallback: false, threads: 1 });
    rmSync(folder, { recursive: true, force: true });
  }
}
