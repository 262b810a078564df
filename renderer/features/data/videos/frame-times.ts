// Which frames of a video are read, and in which size. Pure.

/** Seconds, ascending. */
export type FrameTimes = readonly number[];

/** The engine reads no more of one video. */
export const MOST_FRAMES = 1_000;
/** Of all videos of an import: an archive counts its files in 16 bits. */
export const MOST_IN_ALL = 60_000;

/** One from the middle of each interval, so that none lies on the border between two frames. */
export function frameTimes(seconds: number, rate: number): FrameTimes {
  const count = Math.min(MOST_FRAMES, Math.max(1, Math.floor(seconds * rate + 1e-6)));
  return Array.from({ length: count }, (_, index) => Math.min((index + 0.5) / rate, seconds));
}

/** The whole picture, its longer side at most `side` pixels; it is never made larger. */
export function sizeOfFrames(
  width: number,
  height: number,
  side: number,
): { readonly width: number; readonly height: number } {
  const scale = Math.min(1, side / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** Where a frame lies in the archive: `cats/1/0001.png`. */
export const frameName = (folder: string, index: number): string =>
  `${folder}/${String(index + 1).padStart(4, '0')}.png`;

/** Names without their endings, made different where two videos differ in the ending alone. */
export function folderNames(paths: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return paths.map((path) => {
    const plain = path.replace(/\.[^./]*$/, '');
    const times = (seen.get(plain) ?? 0) + 1;
    seen.set(plain, times);
    return times === 1 ? plain : `${plain} (${times})`;
  });
}
