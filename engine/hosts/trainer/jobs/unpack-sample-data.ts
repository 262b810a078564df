// The job `unpack-sample-data`: makes of downloaded archives the file that is imported.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HindcastError } from '../../../contract/errors.ts';
import type { Jobs } from '../../../contract/processes/jobs/table.ts';
import { packageFiles } from '../../../data/samples/packages/package-files.ts';
import { SAMPLE_PACKAGES } from '../../../data/samples/packages/registry.ts';
import type { Job } from './job.ts';

export const unpackSampleDataJob: Job<Jobs['unpack-sample-data']> = {
  async run({ name, archives, folder }) {
    const wanted = SAMPLE_PACKAGES.find((one) => one.name === name);
    if (!wanted) throw new HindcastError('not-found', `There is no sample data "${name}".`);
    const packages = archives.map((path) => packageFiles(readFileSync(path), wanted.wants));
    const { file, content } = wanted.write(packages);
    const path = join(folder, file);
    writeFileSync(path, content);
    return path;
  },
};
