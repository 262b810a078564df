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
}

export function Still({ picture, size, label }: StillProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { width, height, channels, pixels } = picture;
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    const image = context.createImageData(width, height);
    for (let at = 0; at < width * height; at++) {
      for (let channel = 0; channel < 3; channel++)
        image.data[4 * at + channel] = pixels[at * channels + Math.min(channel, channels - 1)] ?? 0;
      image.data[4 * at + 3] = 255;
    }
    context.putImageData(image, 0, 0);
  }, [width, height, channels, pixels]);
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
