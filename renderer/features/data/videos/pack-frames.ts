// The frames of videos as an archive with a folder for each video, which the engine reads as it reads folders of numbered pictures.
import { HindcastError } from '../../../../engine/contract/values/errors.ts';
import { writeZip, type ZipEntry } from '../../../shell/zip.ts';
import { folderNames, frameName, frameTimes, MOST_IN_ALL } from './frame-times.ts';
import { type OpenVideo, openVideo } from './read-frames.ts';
import type { VideoFile } from './video-subject.ts';

export interface Taken {
  readonly video: VideoFile;
  readonly seconds: number;
}

export interface HowTaken {
  /** Frames a second. */
  readonly rate: number;
  /** Pixels of the longer side. */
  readonly side: number;
}

interface Packing {
  readonly signal: AbortSignal;
  onProgress(framesRead: number): void;
}

const MOST_BYTES = 2 ** 30;

export const framesOf = (taken: readonly Taken[], { rate }: HowTaken): number =>
  taken.reduce((sum, { seconds }) => sum + frameTimes(seconds, rate).length, 0);

/** @throws HindcastError where a video cannot be decoded, or `invalid-input` where there are too many frames */
export async function packFrames(
  taken: readonly Taken[],
  how: HowTaken,
  { signal, onProgress }: Packing,
): Promise<File> {
  if (framesOf(taken, how) > MOST_IN_ALL) throw tooMany();
  const entries: ZipEntry[] = [];
  const folders = folderNames(taken.map(({ video }) => video.path));
  let bytes = 0;
  for (const [index, { video, seconds }] of taken.entries()) {
    const opened: OpenVideo = await openVideo(video);
    try {
      let frame = 0;
      const times = frameTimes(seconds, how.rate);
      for await (const content of opened.frames({ times, side: how.side, signal })) {
        entries.push({ name: frameName(folders[index]!, frame), content });
        frame += 1;
        bytes += content.size;
        if (bytes > MOST_BYTES) throw tooMany();
        onProgress(entries.length);
      }
    } finally {
      opened.close();
    }
  }
  return new File([await writeZip(entries, new Date())], `${nameFor(taken, folders)}.zip`);
}

/** Of one video its own name; of several that of the folder above all of them. */
function nameFor(taken: readonly Taken[], folders: readonly string[]): string {
  const [first] = folders;
  if (taken.length === 1 && first !== undefined) return first.replace(/^.*\//, '');
  return 'videos';
}

function tooMany(): HindcastError {
  const message = `These videos have more than ${MOST_IN_ALL.toLocaleString('en-US')} frames or 1 GB of them; take fewer frames a second, or a smaller size.`;
  return new HindcastError('invalid-input', message);
}
