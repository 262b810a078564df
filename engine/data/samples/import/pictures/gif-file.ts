// GIF files, read by gifuct-js. Each frame is drawn over what the one before left, as a browser does.
import { decompressFrame, type ParsedFrame, type ParsedGif, parseGIF } from 'gifuct-js';
import { broken, type PictureDecoder, requireSize } from './raw-picture.ts';

/** A frame that has an image; others are comments and the like. */
type ImageFrame = Extract<ParsedGif['frames'][number], { image: unknown }>;

const TRAILER = 0x3b;
/** How a frame leaves the picture: cleared where it was, or as it was before. */
const CLEARED = 2;
const RESTORED = 3;

export const readGif: PictureDecoder = (data, { most, take }) => {
  const { gif, frames } = parsed(data);
  const { width, height } = gif.lsd;
  requireSize('GIF', width, height);
  const canvas = new Uint8Array(4 * width * height);
  for (const frame of frames.slice(0, most)) {
    const drawn = unpacked(frame, gif);
    const before = drawn.disposalType === RESTORED ? canvas.slice() : undefined;
    draw(canvas, width, height, drawn, false);
    take({ width, height, rgba: canvas.slice() });
    if (before) canvas.set(before);
    else if (drawn.disposalType === CLEARED) draw(canvas, width, height, drawn, true);
  }
  return frames.length;
};

function parsed(data: Buffer): { readonly gif: ParsedGif; readonly frames: readonly ImageFrame[] } {
  try {
    const gif = parseGIF(data.buffer.slice(data.byteOffset, data.byteOffset + data.length) as ArrayBuffer);
    const frames = gif.frames.filter((frame): frame is ImageFrame => 'image' in frame);
    const end = data.findLastIndex((byte) => byte !== 0);
    if (frames.length === 0 || data[end] !== TRAILER) throw broken('GIF', 'it is cut off');
    return { gif, frames };
  } catch (cause) {
    throw broken('GIF', 'it is damaged or cut off', cause);
  }
}

function unpacked(frame: ImageFrame, { lsd, gct }: ParsedGif): ParsedFrame {
  const { left, top, width, height } = frame.image.descriptor;
  if (left + width > lsd.width || top + height > lsd.height)
    throw broken('GIF', 'a frame of it lies outside of its picture');
  try {
    return decompressFrame(frame, gct, true);
  } catch (cause) {
    throw broken('GIF', 'a frame of it is damaged', cause);
  }
}

/** Opaque pixels alone; `clears` makes all of the frame's rectangle transparent. */
function draw(
  canvas: Uint8Array,
  width: number,
  height: number,
  { dims, patch }: ParsedFrame,
  clears: boolean,
): void {
  for (let y = 0; y < Math.min(dims.height, height - dims.top); y++) {
    for (let x = 0; x < dims.width; x++) {
      const from = 4 * (y * dims.width + x);
      const to = 4 * ((dims.top + y) * width + dims.left + x);
      if (clears) canvas.fill(0, to, to + 4);
      else if (patch[from + 3]! > 0) canvas.set(patch.subarray(from, from + 4), to);
    }
  }
}
