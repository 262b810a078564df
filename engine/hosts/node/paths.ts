// Paths on disk: the project's root, the entries of child processes, the sample data.
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { HindcastError } from '../../contract/values/errors.ts';
import { generatedSample } from '../../data/generated/long-memory.ts';
import { generatedVideos } from '../../data/generated/moving-digits.ts';
import { generatedPairs } from '../../data/generated/pairs.ts';

/** The folder with Hindcast's package.json, found upward from this module: the same from the sources and from the built files. */
export const projectRoot: string = findRoot(import.meta.dirname);

function findRoot(from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    if (existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).name === 'hindcast') return folder;
    if (dirname(folder) === folder) {
      throw new HindcastError('internal', `no package.json of Hindcast above ${from}; install it again`);
    }
  }
}

export const projectVersion: string = JSON.parse(
  readFileSync(join(projectRoot, 'package.json'), 'utf8'),
).version;

/** The file that a child process runs: the source when this module itself runs from source, else the built one. */
export function workerEntry(name: 'trainer' | 'remote-trainer' | 'importer' | 'utility'): string {
  return import.meta.url.endsWith('.ts')
    ? join(projectRoot, 'engine', 'hosts', name, 'main.ts')
    : join(projectRoot, 'out', 'main', `${name}.js`);
}

/** @throws HindcastError `not-found` that lists the sample files. */
export function samplePath(name: string): string {
  const generated = generatedSample(name) ?? generatedPairs(name) ?? generatedVideos(name);
  if (generated) return writeGenerated(name, generated);
  // The package exports its module alone: <package>/build/index.js.
  const module = createRequire(join(projectRoot, 'package.json')).resolve('vega-datasets');
  const folder = join(dirname(dirname(module)), 'data');
  const names = readdirSync(folder).filter((file) => file.endsWith('.csv'));
  if (names.includes(name)) return join(folder, name);
  throw new HindcastError(
    'not-found',
    `There is no sample file "${name}"; the sample files are ${names.join(', ')}.`,
    {
      details: { sample: name },
    },
  );
}

/** Of this process; left to the system's own cleaning of temporary files. */
const generatedPaths = new Map<string, string>();

function writeGenerated(name: string, pieces: Iterable<string | Uint8Array>): string {
  const before = generatedPaths.get(name);
  if (before !== undefined && existsSync(before)) return before;
  const path = join(mkdtempSync(join(tmpdir(), 'hindcast-sample-')), name);
  for (const piece of batched(pieces)) writeFileSync(path, piece, { flag: 'a' });
  generatedPaths.set(name, path);
  return path;
}

/** Pieces of about a megabyte. */
function* batched(pieces: Iterable<string | Uint8Array>): Generator<string | Uint8Array, void> {
  let text = '';
  for (const piece of pieces) {
    if (typeof piece !== 'string') {
      yield piece;
      continue;
    }
    text += piece;
    if (text.length < 1_000_000) continue;
    yield text;
    text = '';
  }
  yield text;
}
