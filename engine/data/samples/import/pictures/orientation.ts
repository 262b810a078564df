// Turns and mirrors a picture as the orientation of EXIF says, 1 to 8.
import type { RawFrame } from './raw-picture.ts';

/** Whether rows become columns, and which direction runs backwards, in the picture as it was stored. */
const ORIENTATIONS: Readonly<
  Record<number, { readonly swap: boolean; readonly x: boolean; readonly y: boolean }>
> = {
  2: { swap: false, x: true, y: false },
  3: { swap: false, x: true, y: true },
  4: { swap: false, x: false, y: true },
  5: { swap: true, x: false, y: false },
  6: { swap: true, x: false, y: true },
  7: { swap: true, x: true, y: true },
  8: { swap: true, x: true, y: false },
};

export function turned(frame: RawFrame, orientation: number): RawFrame {
  const how = ORIENTATIONS[orientation];
  if (!how) return frame;
  const [width, height] = how.swap ? [frame.height, frame.width] : [frame.width, frame.height];
  const from = new Uint32Array(frame.rgba.slice().buffer);
  const to = new Uint32Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [left, top] = how.swap ? [y, x] : [x, y];
      const column = how.x ? frame.width - 1 - left : left;
      const row = how.y ? frame.height - 1 - top : top;
      to[y * width + x] = from[row * frame.width + column]!;
    }
  }
  return { width, height, rgba: new Uint8Array(to.buffer) };
}
