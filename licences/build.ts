// Third-party notices, made from what the build has put together: for the command line and the package (out/third-party-notices.txt),
// and with Hindcast's own licence for the workbench's page. Fails where something that ships has no licence.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { packageNotice } from './package-notice.ts';
import { sampleDataNotice } from './sample-data.ts';
import { shippedPackages } from './shipped-packages.ts';

const root = dirname(import.meta.dirname);
const LINE = `\n\n${'-'.repeat(80)}\n\n`;
const HEAD =
  'Hindcast is licensed under the MIT License (LICENSE). It ships with parts of the following packages.';

const packages = shippedPackages(root).map((folder) => packageNotice(join(root, folder)));
const notices = `${[HEAD, sampleDataNotice(root), ...packages].join(LINE)}\n`;
writeFileSync(join(root, 'out', 'third-party-notices.txt'), notices);
const own = readFileSync(join(root, 'LICENSE'), 'utf8').trim();
const text = [own, notices].join(LINE);
writeFileSync(join(root, 'out', 'renderer', 'licences.json'), JSON.stringify({ text }));
