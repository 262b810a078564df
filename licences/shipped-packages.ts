// Folders of the packages that ship: every package with a source in a bundle, and those that ship as they are with all that they need.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Outside the bundles (electron.vite.config.ts), files without a source map, and the library inside the compiled kernels. */
const AS_THEY_ARE = [
  'better-sqlite3',
  '@duckdb/node-api',
  'vega-datasets',
  'minimp3-wasm',
  'ogv',
  '@fontsource-variable/inter',
  'assemblyscript',
];

/** Relative to `root`, in order. */
export function shippedPackages(root: string): string[] {
  const found = new Set(bundledPackages(root));
  for (const name of AS_THEY_ARE) addWithNeeds(root, `node_modules/${name}`, found);
  return [...found].sort();
}

function bundledPackages(root: string): string[] {
  const out = join(root, 'out');
  const maps = readdirSync(out, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.map'),
  );
  const sources = maps.flatMap(
    (name) => (JSON.parse(readFileSync(join(out, name), 'utf8')) as { sources: string[] }).sources,
  );
  return sources
    .flatMap((source) => /node_modules\/(?:.*node_modules\/)?(?:@[^/]+\/)?[^/]+/.exec(source)?.[0] ?? [])
    .filter((folder) => existsSync(join(root, folder, 'package.json')));
}

/** Native parts of other systems are not installed and do not ship. */
function addWithNeeds(root: string, folder: string, found: Set<string>): void {
  const path = join(root, folder, 'package.json');
  if (found.has(folder) || !existsSync(path)) return;
  found.add(folder);
  const { dependencies, optionalDependencies } = JSON.parse(readFileSync(path, 'utf8')) as Needs;
  for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
    const inner = `${folder}/node_modules/${name}`;
    addWithNeeds(root, existsSync(join(root, inner)) ? inner : `node_modules/${name}`, found);
  }
}

interface Needs {
  readonly dependencies?: Record<string, string>;
  readonly optionalDependencies?: Record<string, string>;
}
