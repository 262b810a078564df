// Videos among what was dropped or chosen: files, or those of a folder.
import { isVideoName } from '../../../../engine/contract/datasets/video-file.ts';
import { type FolderFile, filesIn } from '../../../shell/pack-folder.ts';
import type { VideoFile } from './video-subject.ts';

/** Null where any of the files is none. */
export function videosOf(files: readonly File[]): readonly VideoFile[] | null {
  if (files.length === 0 || !files.every(({ name }) => isVideoName(name))) return null;
  return inOrder(files.map((file) => ({ path: file.name, file })));
}

/** Of a dropped folder of which most files are videos; null for others. */
export async function videosIn(folder: FileSystemDirectoryEntry): Promise<readonly VideoFile[] | null> {
  const videos: VideoFile[] = [];
  let others = 0;
  for await (const { name, content } of filesIn(folder, '')) {
    if (isVideoName(name)) videos.push({ path: name, file: content });
    else others += 1;
    // Not worth a look at all files of a large folder of something else.
    if (videos.length === 0 && others > MOST_OTHERS) return null;
  }
  return videos.length > others ? inOrder(videos) : null;
}

/** The same of a folder whose files are known. */
export function videosAmong(files: readonly FolderFile[]): readonly VideoFile[] | null {
  const videos = files.filter(({ name }) => isVideoName(name));
  return 2 * videos.length > files.length
    ? inOrder(videos.map(({ name, content }) => ({ path: name, file: content })))
    : null;
}

/** As a person counts: `clip 2` before `clip 10`. */
const inOrder = (videos: readonly VideoFile[]): readonly VideoFile[] =>
  videos.toSorted((a, b) => a.path.localeCompare(b.path, 'en', { numeric: true }));

const MOST_OTHERS = 50;
