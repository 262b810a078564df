// Files of NumPy (.npy) with images or videos: bytes [images, height, width], [videos, frames, height, width], the same with colours at the end.
// Of the first two dimensions of videos the frames are the one along which pictures change less; where both change alike, the smaller one.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { HindcastError } from '../../../contract/values/errors.ts';
import { sourceName } from '../../../contract/values/source-name.ts';
import { inForm, isGrey, type Still } from '../pictures/reduce.ts';
import type { Picture } from '../sample-table.ts';
import { recipeWith } from './json-lines.ts';
import type { RawSamples, ReadRequest, SampleForm } from './raw-samples.ts';

const MAGIC = '\x93NUMPY';

export const numpyForm: SampleForm = {
  recognises: ({ isFolder, head }) => !isFolder && head.toString('latin1', 0, 6) === MAGIC,
  isOnlySamples: true,
  read: readNumpy,
};

async function readNumpy({ path, sample, options, progress }: ReadRequest): Promise<RawSamples> {
  const data = await readFile(path);
  const { layout, bytes } = layoutOf(data, basename(path));
  const side = options.pictureSize ?? Math.min(USUAL_SIDE, Math.max(layout.height, layout.width));
  const isColour = options.pictureColour === 'colour' || (options.pictureColour !== 'grey' && hasColours());
  const values: Picture[] = [];
  for (let index = 0; index < layout.samples; index++) {
    values.push(inForm(stillsOf(index), { side, channels: isColour ? 3 : 1 }));
    progress((index + 1) / layout.samples);
  }
  const kind = layout.frames === null ? 'image' : 'frames';
  return {
    form: kind === 'image' ? 'images in a file of NumPy' : 'videos in a file of NumPy',
    names: ['name'],
    rows: values.map((_, index) => [`${kind === 'image' ? 'image' : 'video'} ${index + 1}`]),
    lines: values.map((_, index) => index + 1),
    roles: { nameColumn: 'name', inputColumn: kind },
    input: { name: kind, kind, values },
    isUnlabelled: true,
    setAside: [],
    notes: [],
    recipe: recipeWith({
      path: sourceName(path),
      bytes: data.length,
      sha256: createHash('sha256').update(data).digest('hex'),
      sample,
    }),
  };

  function stillsOf(sampleIndex: number): Still[] {
    const { samples, frames, width, height, channels, isFramesFirst } = layout;
    const size = width * height * channels;
    return Array.from({ length: frames ?? 1 }, (_, frame) => {
      const at = isFramesFirst ? frame * samples + sampleIndex : sampleIndex * (frames ?? 1) + frame;
      return { width, height, channels, pixels: bytes.subarray(at * size, (at + 1) * size) };
    });
  }

  function hasColours(): boolean {
    return layout.channels === 3 && !isGrey({ width: 1, height: 1, channels: 3, pixels: bytes });
  }
}

const USUAL_SIDE = 32;

interface Layout {
  readonly samples: number;
  /** Null: images. */
  readonly frames: number | null;
  readonly isFramesFirst: boolean;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
}

function layoutOf(data: Buffer, fileName: string): { readonly layout: Layout; readonly bytes: Uint8Array } {
  const isShort = data[6] === 1;
  const [from, length] = isShort
    ? [10, data.length < 10 ? 0 : data.readUInt16LE(8)]
    : [12, data.length < 12 ? 0 : data.readUInt32LE(8)];
  const header = data.toString('latin1', from, from + length);
  const type = /'descr':\s*'([^']*)'/.exec(header)?.[1];
  const shape = (/'shape':\s*\(([^)]*)\)/.exec(header)?.[1] ?? '')
    .split(',')
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .map(Number);
  if (type === undefined || shape.length === 0) throw unreadable(fileName, 'its header cannot be read');
  if (!/^[|<>=]?u1$/.test(type))
    throw unreadable(
      fileName,
      `its numbers are of the type ${type}; save whole numbers from 0 to 255 (uint8)`,
    );
  if (/'fortran_order':\s*True/.test(header))
    throw unreadable(fileName, 'it stands column by column; save it in C order');
  const bytes = data.subarray(from + length);
  const layout = shapeOf(shape, bytes);
  if (layout === null)
    throw unreadable(
      fileName,
      `its shape (${shape.join(', ')}) is that of no images [images, height, width] and no videos [videos, frames, height, width]`,
    );
  if (bytes.length !== shape.reduce((product, size) => product * size, 1))
    throw unreadable(fileName, 'it is cut off');
  return { layout, bytes };
}

function shapeOf(shape: readonly number[], bytes: Uint8Array): Layout | null {
  const isColour = shape.at(-1) === 3 && shape.length >= 4;
  const plain = isColour ? shape.slice(0, -1) : shape;
  const [height, width] = plain.slice(-2) as [number, number];
  const channels = isColour ? 3 : 1;
  if (plain.some((size) => !(size >= 1))) return null;
  if (plain.length === 3)
    return { samples: plain[0]!, frames: null, isFramesFirst: false, width, height, channels };
  if (plain.length !== 4) return null;
  const [first, second] = plain as [number, number];
  const change = changes(bytes, { first, second, size: width * height * channels });
  const isFramesFirst = first > 1 && (change === 0 ? first < second : change < 0);
  const [samples, frames] = isFramesFirst ? [second, first] : [first, second];
  return { samples, frames, isFramesFirst, width, height, channels };
}

interface Grid {
  readonly first: number;
  readonly second: number;
  /** Of a picture. */
  readonly size: number;
}

const LOOKED_AT = 200;
/** Share by which one way has to change less than the other. */
const CLEARLY = 0.1;

/** Below 0: pictures change less along the first dimension; above 0: along the second one; 0: alike, or one of them is single. */
function changes(bytes: Uint8Array, { first, second, size }: Grid): number {
  if (first < 2 || second < 2) return 0;
  let along = 0;
  let across = 0;
  const count = Math.min(LOOKED_AT, (first - 1) * (second - 1));
  for (let look = 0; look < count; look++) {
    const at = Math.floor((look * (first - 1) * (second - 1)) / count);
    const [row, column] = [Math.floor(at / (second - 1)), at % (second - 1)];
    const picture = (row * second + column) * size;
    along += difference(bytes, picture, picture + second * size, size);
    across += difference(bytes, picture, picture + size, size);
  }
  const most = Math.max(along, across);
  return Math.abs(along - across) <= CLEARLY * most ? 0 : along - across;
}

function difference(bytes: Uint8Array, a: number, b: number, size: number): number {
  let sum = 0;
  for (let at = 0; at < size; at++) sum += Math.abs((bytes[a + at] ?? 0) - (bytes[b + at] ?? 0));
  return sum;
}

function unreadable(fileName: string, why: string): HindcastError {
  return new HindcastError(
    'file-unreadable',
    `${fileName} cannot be read as images or videos: ${why}; write it again with numpy.save, or name another file.`,
    {
      details: { file: fileName },
    },
  );
}
