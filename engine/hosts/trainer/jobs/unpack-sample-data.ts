// The job `unpack-sample-data`: makes of downloaded archives the file that is imported.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Jobs } from '../../../contract/processes/jobs/table.ts';
import { HindcastError } from '../../../contract/values/errors.ts';
import { packageFiles } from '../../../data/samples/packages/package-files.ts';
import { SAMPLE_PACKAGES } from '../../../data/samples/packages/registry.ts';
import type { PackageFiles } from '../../../data/samples/packages/sample-package.ts';
import type { Job } from './job.ts';

export const unpackSampleDataJob: Job<Jobs['unpack-sample-data']> = {
  async run({ name, archives, folder }) {
    const wanted = SAMPLE_PACKAGES.find((one) => one.name === name);
    if (!wanted) throw new HindcastError('not-found', `There is no sample data "${name}".`);
    const packages = archives.map((path) => packageFiles(readFileSync(path), wanted.wants));
    const written = wanted.write(packages);
    const path = join(folder, written.file);
    if ('content' in written) writeFileSync(path, written.content);
    else writeFolder(path, written.files);
    return path;
  },
};

/** The package says by `wants` which paths there may be. */
function writeFolder(folder: string, files: PackageFiles): void {
  for (const [path, content] of files) {
    const target = join(folder, ...path.split('/'));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, content);
  }
}
