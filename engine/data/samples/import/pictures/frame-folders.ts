// Videos in a folder: a GIF is one, and so are the numbered pictures of one folder.
import { basename } from 'node:path';
import type { SampleFile } from '../raw-samples.ts';
import { isGif } from './picture-file.ts';

/** Files of one sample, in their order. */
export interface FileGroup {
  readonly path: string;
  readonly files: readonly SampleFile[];
}

export const alone = (file: SampleFile): FileGroup => ({ path: file.path, files: [file] });

/** Sorted by path. */
export function videosIn(files: readonly SampleFile[]): FileGroup[] {
  const folders = Map.groupBy(
    files.filter(({ path }) => !isGif(path)),
    ({ path }) => path.slice(0, Math.max(0, path.lastIndexOf('/'))),
  );
  const ofFolders = [...folders].map(([path, members]) => ({
    path: path !== '' ? path : members.length === 1 ? members[0]!.path : 'frames',
    files: members.toSorted(byNumber),
  }));
  const gifs = files.filter(({ path }) => isGif(path)).map(alone);
  return [...ofFolders, ...gifs].toSorted((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

/** The last number of a name: frame-2 comes before frame-10. */
const numberIn = ({ path }: SampleFile): number =>
  Number(/(\d+)\D*$/.exec(basename(path).replace(/\.[^.]*$/, ''))?.[1] ?? 0);

const byNumber = (a: SampleFile, b: SampleFile): number =>
  numberIn(a) - numberIn(b) || (a.path < b.path ? -1 : 1);
