// Collects third-party notices from the build: every package with a source in a bundle, the packages that ship unbundled, their
// native parts, and fonts. Fails if a package names no licence.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const root = dirname(import.meta.dirname);
const out = join(root, 'out');
/** Outside the bundles (electron.vite.config.ts), and what is a file without source map. */
const AS_THEY_ARE = [
  'better-sqlite3',
  '@duckdb/node-api',
  '@duckdb/node-bindings',
  'vega-datasets',
  '@fontsource-variable/inter',
];

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly author?: string | { readonly name?: string };
}

/** Folders of packages below the project, by the sources in the maps. */
function bundledPackages(): string[] {
  const maps = readdirSync(out, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.map'),
  );
  const sources = maps.flatMap(
    (name) => (JSON.parse(readFileSync(join(out, name), 'utf8')) as { sources: string[] }).sources,
  );
  const folders = sources.flatMap(
    (source) => /node_modules\/(?:.*node_modules\/)?(?:@[^/]+\/)?[^/]+/.exec(source)?.[0] ?? [],
  );
  return [...new Set([...folders, ...AS_THEY_ARE.map((name) => `node_modules/${name}`)])]
    .filter((folder) => existsSync(join(root, folder, 'package.json')))
    .sort();
}

function noticeOf(folder: string): string {
  const manifest = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as Manifest;
  const files = readdirSync(join(root, folder)).filter((name) => /^(licen[cs]e|copying|notice)/i.test(name));
  if (files.length === 0 && !manifest.license) {
    throw new Error(`${manifest.name} ${manifest.version} ships with Hindcast and names no licence`);
  }
  const author =
    typeof manifest.author === 'string'
      ? manifest.author
      : (manifest.author?.name ?? `the authors of ${manifest.name}`);
  const texts = files.map((name) => readFileSync(join(root, folder, name), 'utf8').trim());
  const text =
    texts.length > 0
      ? texts.join('\n\n')
      : `Copyright (c) ${author}. Licensed under ${manifest.license} (https://spdx.org/licenses/${manifest.license}.html).`;
  return `${manifest.name} ${manifest.version} (${manifest.license ?? 'see below'})\n\n${text}`;
}

const packages = bundledPackages();
const line = `\n\n${'-'.repeat(80)}\n\n`;
const head =
  'Hindcast is licensed under the MIT License (LICENSE). It ships with parts of the following packages.';
writeFileSync(join(out, 'third-party-notices.txt'), `${[head, ...packages.map(noticeOf)].join(line)}\n`);
