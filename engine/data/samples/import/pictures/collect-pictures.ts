// Gathers the pictures of an import: each is reduced as soon as it is read, and all get one size and one number of channels at the end.
import type { ImportOptions } from '../../../../contract/datasets/dataset.ts';
import { HindcastError } from '../../../../contract/values/errors.ts';
import { fitInto, inForm, isGrey, type Still } from '../../pictures/reduce.ts';
import type { Picture } from '../../sample-table.ts';
import { readPicture } from './picture-file.ts';

const USUAL_SIDE = 32;
const MOST_FRAMES = 1_000;
const MOST_BYTES = 2 ** 31;

export interface PictureCollector {
  /** The frames of one sample, of one file or of several. @throws HindcastError `file-unreadable` with the reason */
  add(files: readonly Buffer[]): void;
  finish(): readonly Picture[];
  notes(): string[];
}

type Options = Pick<ImportOptions, 'pictureSize' | 'pictureColour'>;

export function collectPictures(kind: 'image' | 'frames', options: Options): PictureCollector {
  const { pictureSize, pictureColour } = options;
  const most = kind === 'image' ? 1 : MOST_FRAMES;
  const samples: (readonly Still[])[] = [];
  let bytes = 0;
  let cut = 0;
  const reduced = (still: Still): Still => {
    if (pictureSize !== undefined) return fitInto(still, pictureSize);
    return Math.max(still.width, still.height) > USUAL_SIDE ? fitInto(still, USUAL_SIDE) : still;
  };
  return {
    add(files) {
      const frames: Still[] = [];
      let left = Math.max(0, files.length - most);
      for (const [index, file] of files.slice(0, most).entries()) {
        // Of several files each is one frame.
        const found =
          files.length > 1
            ? ofFrame(index, files.length, () => readPicture(file, 1, reduced))
            : readPicture(file, most, reduced);
        frames.push(...found.frames);
        if (files.length === 1) left += found.left;
      }
      bytes += frames.reduce((sum, { pixels }) => sum + pixels.length, 0);
      if (bytes > MOST_BYTES) throw tooMuch();
      if (left > 0) cut += 1;
      samples.push(frames);
    },
    finish() {
      const stills = samples.flat();
      const side =
        pictureSize ?? stills.reduce((largest, { width, height }) => Math.max(largest, width, height), 1);
      const isColour = pictureColour ? pictureColour === 'colour' : !stills.every(isGrey);
      return samples.map((frames) => inForm(frames, { side, channels: isColour ? 3 : 1 }));
    },
    notes() {
      if (cut === 0) return [];
      return kind === 'image'
        ? [
            `Of ${cut} GIF ${cut === 1 ? 'file' : 'files'} with several frames the first one was read; "Read as" videos (in a terminal: --as frames) reads all.`,
          ]
        : [`Of ${cut} videos with more than ${MOST_FRAMES} frames the first ${MOST_FRAMES} were read.`];
    },
  };
}

/** Which of the pictures of a video cannot be read. */
function ofFrame<Found>(index: number, count: number, read: () => Found): Found {
  try {
    return read();
  } catch (cause) {
    if (!(cause instanceof HindcastError)) throw cause;
    throw new HindcastError(cause.code, `picture ${index + 1} of ${count}: ${cause.message}`, { cause });
  }
}

/** The reason of those that follow. */
const tooMuch = (): HindcastError =>
  new HindcastError(
    'file-unreadable',
    `the pictures before it take ${MOST_BYTES / 2 ** 30} GB already; choose a smaller size of pictures`,
  );
