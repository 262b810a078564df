// Finds below a folder the file that a cell of a table means, where none lies exactly there: lists come from other machines, with the folders of these,
// in another case, or without the endings of the files.
import { basename, extname, join } from 'node:path';
import { HindcastError } from '../../../contract/values/errors.ts';
import { filesBelow } from './folder-form.ts';
import { isTable } from './listed-form.ts';

/** Null where there is no such file. @throws HindcastError where there are several */
export type FileFinder = (name: string) => string | null;

export async function fileFinder(root: string): Promise<FileFinder> {
  const paths = (await filesBelow(root)).map(({ path }) => path).filter((path) => !isTable(path));
  const indexes = WAYS.map((keyOf) => ({ keyOf, files: Map.groupBy(paths, keyOf) }));
  return (name) => {
    const wanted = name.replaceAll('\\', '/');
    for (const { keyOf, files } of indexes) {
      const found = files.get(keyOf(wanted)) ?? [];
      if (found.length > 1) throw several(found);
      if (found[0] !== undefined) return join(root, ...found[0].split('/'));
    }
    return null;
  };
}

/** In this order: the whole path in any case, its last part, and that without its ending. */
const WAYS: readonly ((path: string) => string)[] = [
  (path) => path.toLowerCase(),
  (path) => basename(path).toLowerCase(),
  (path) => basename(path, extname(path)).toLowerCase(),
];

function several(paths: readonly string[]): HindcastError {
  const message = `several files below the folder are named so (${paths.slice(0, 2).join(', ')})`;
  return new HindcastError('file-unreadable', message);
}
