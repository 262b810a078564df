// A small picture, drawn pixel by pixel.
import { useEffect, useRef } from 'react';
import css from './still.module.css';

export interface StillPicture {
  readonly width: number;
  readonly height: number;
  /** 1: grey; 3: red, green, blue. */
  readonly channels: number;
  /** [height, width, channels], 0 to 255 */
  readonly pixels: Uint8Array;
}

interface StillProps {
  readonly picture: StillPicture;
  /** Pixels on the screen of its longer side. */
  readonly size: number;
  readonly label: string;
  /** [height, width] from -1 to 1: how strongly a pixel is blue or orange instead of its own grey. */
  readonly tint?: ArrayLike<number> | undefined;
}

const BLUE = [63, 131, 196] as const;
const ORANGE = [224, 138, 46] as const;

export function Still({ picture, size, label, tint }: StillProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { width, height, channels, pixels } = picture;
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    const image = context.createImageData(width, height);
    for (let at = 0; at < width * height; at++) {
      const own = (channel: number) => pixels[at * channels + Math.min(channel, channels - 1)] ?? 0;
      const share = tint?.[at];
      const grey = (own(0) + own(1) + own(2)) / 3;
      for (let channel = 0; channel < 3; channel++)
        image.data[4 * at + channel] = share === undefined ? own(channel) : tinted(grey, share, channel);
      image.data[4 * at + 3] = 255;
    }
    context.putImageData(image, 0, 0);
  }, [width, height, channels, pixels, tint]);
  const scale = size / Math.max(width, height);
  return (
    <canvas
      ref={canvas}
      className={css.still}
      role="img"
      aria-label={label}
      width={width}
      height={height}
      style={{ width: width * scale }}
    />
  );
}

const tinted = (grey: number, share: number, channel: number): number =>
  grey + Math.min(1, Math.abs(share)) * ((share < 0 ? BLUE : ORANGE)[channel]! - grey);

/** The pictures that lie one after the other in the bytes. */
export function stillsIn({ width, height, channels, pixels }: StillPicture): StillPicture[] {
  const size = width * height * channels;
  return Array.from({ length: Math.floor(pixels.length / size) }, (_, index) => ({
    width,
    height,
    channels,
    pixels: pixels.subarray(index * size, (index + 1) * size),
  }));
}

/** As the engine answers with them. */
export async function openedPicture<Given extends { readonly pixels: Blob }>(
  given: Given,
): Promise<Omit<Given, 'pixels'> & { readonly pixels: Uint8Array }> {
  return { ...given, pixels: new Uint8Array(await given.pixels.arrayBuffer()) };
}
