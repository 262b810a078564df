// The exported files of a model as a user has them: loaded by stock TensorFlow.js, with the program that goes along.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { LayersModel } from '@tensorflow/tfjs-layers';
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

type Program = Record<string, (...given: never[]) => never>;

interface ExportedParts<Name extends string> {
  readonly script: string;
  readonly models: readonly Name[];
  /** The JSON file that the program is given. */
  readonly about: string;
}

/** On TensorFlow.js's own backend; the simd backend is the current one again when it settles. */
export async function withExported<Answer, Name extends string>(
  files: readonly ExportedFile[],
  { script, models: names, about }: ExportedParts<Name>,
  use: (opened: {
    readonly program: Program;
    readonly models: Readonly<Record<Name, unknown>>;
    readonly about: unknown;
  }) => Answer,
): Promise<Answer> {
  const data = new Map(files.map((file) => [file.name, file.data]));
  const textOf = (name: string) => new TextDecoder().decode(data.get(name));
  const folder = mkdtempSync(join(tmpdir(), 'hindcast-exported-'));
  const path = join(folder, `${script}.mjs`);
  writeFileSync(path, textOf(`${script}.js`));
  await selectBackend('cpu', { allowFallback: false, threads: 1 });
  const opened: (readonly [Name, LayersModel])[] = [];
  for (const name of names) {
    const json = textOf(`${name}.json`);
    const [weights] = JSON.parse(json).weightsManifest[0].paths;
    opened.push([name, await openLayersModel({ json, weights: Uint8Array.from(data.get(weights)!) })]);
  }
  try {
    const program = (await import(pathToFileURL(path).href)) as Program;
    const models = Object.fromEntries(opened) as Record<Name, unknown>;
    return use({ program, models, about: JSON.parse(textOf(about)) });
  } finally {
    for (const [, model] of opened) model.dispose();
    await selectBackend('simd', { allowFallback: false, threads: 1 });
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Of a model in two halves. */
export const withProgram = <Answer>(
  files: readonly ExportedFile[],
  script: string,
  use: (opened: {
    readonly program: Program;
    readonly encoder: unknown;
    readonly decoder: unknown;
    readonly form: unknown;
  }) => Answer,
): Promise<Answer> =>
  withExported(
    files,
    { script, models: ['encoder', 'decoder'], about: 'form.json' },
    ({ program, models, about: form }) => use({ program, ...models, form }),
  );
