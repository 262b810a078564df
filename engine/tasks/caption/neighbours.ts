// The training images whose pixels are nearest to an image: their captions are read beside the image (retrieval, as Ramos et al. 2023 do), so that
// words can be taken over from them.
import { z } from 'zod';
import { pixelDistance } from '../../evaluation/classes/baselines/pixels.ts';

/** Training images as they are compared, in one block, with the tokens of their captions. */
export interface KnownImages {
  readonly count: number;
  pixelsOf(index: number): Uint8Array;
  /** An end sign behind them. */
  tokensOf(index: number): Int32Array;
}

/** Indices of the nearest ones, the nearest first; of equally near ones the first. */
export function nearestImages(
  pixels: Uint8Array,
  { count, pixelsOf }: Pick<KnownImages, 'count' | 'pixelsOf'>,
  wanted: number,
  isAllowed: (index: number) => boolean = () => true,
): number[] {
  const found: { readonly index: number; readonly distance: number }[] = [];
  for (let index = 0; index < count; index++) {
    if (!isAllowed(index)) continue;
    const most = found.length < wanted ? Number.POSITIVE_INFINITY : found.at(-1)!.distance;
    const distance = pixelDistance(pixels, pixelsOf(index), most);
    if (distance >= most) continue;
    const at = found.findIndex((one) => distance < one.distance);
    found.splice(at < 0 ? found.length : at, 0, { index, distance });
    found.length = Math.min(found.length, wanted);
  }
  return found.map(({ index }) => index);
}

/** Captions of these, one after the other. */
export function captionsOf(
  indices: readonly number[],
  { tokensOf }: Pick<KnownImages, 'tokensOf'>,
): Int32Array {
  const all = indices.map(tokensOf);
  const result = new Int32Array(all.reduce((sum, { length }) => sum + length, 0));
  let to = 0;
  for (const tokens of all) {
    result.set(tokens, to);
    to += tokens.length;
  }
  return result;
}

/** Plain JSON: what a trained model keeps of its training images. */
export const KnownImagesSchema = z.object({
  /** Bytes of all images, base64. */
  pixels: z.string(),
  bytesOfEach: z.int().positive(),
  /** Without end signs. */
  captions: z.array(z.array(z.int())),
});
export type RecordedImages = z.infer<typeof KnownImagesSchema>;

export function recordedImages({ count, pixelsOf, tokensOf }: KnownImages): RecordedImages {
  const all = Array.from({ length: count }, (_, index) => pixelsOf(index));
  return {
    pixels: Buffer.concat(all).toString('base64'),
    bytesOfEach: all[0]?.length ?? 1,
    captions: Array.from({ length: count }, (_, index) => [...tokensOf(index).subarray(0, -1)]),
  };
}

export function knownImages({ pixels, bytesOfEach, captions }: RecordedImages, end: number): KnownImages {
  const bytes = Buffer.from(pixels, 'base64');
  return {
    count: captions.length,
    pixelsOf: (index) => bytes.subarray(index * bytesOfEach, (index + 1) * bytesOfEach),
    tokensOf: (index) => Int32Array.from([...captions[index]!, end]),
  };
}
