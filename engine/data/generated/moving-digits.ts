// Videos of moving digits, made by a seed: two digits of 5 x 7 points go straight on and bounce off the edges of 20 x 20 pixels, after the videos
// of Srivastava and others (2015). As a file of NumPy: bytes [videos, frames, height, width].
import { numpyHead } from '../samples/numpy-file.ts';
import { createNumbers, type Numbers } from './random.ts';

const SIDE = 20;
const FRAMES = 20;
const DIGITS = 2;
const [ACROSS, DOWN] = [5, 7];
const MOST_VIDEOS = 20_000;
const SEED = 40_000;

/** Rows of five points each, as the usual letters of points have them. */
const SHAPES: readonly (readonly string[])[] = [
  ['01110', '10001', '10011', '10101', '11001', '10001', '01110'],
  ['00100', '01100', '00100', '00100', '00100', '00100', '01110'],
  ['01110', '10001', '00001', '00010', '00100', '01000', '11111'],
  ['11111', '00010', '00100', '00010', '00001', '10001', '01110'],
  ['00010', '00110', '01010', '10010', '11111', '00010', '00010'],
  ['11111', '10000', '11110', '00001', '00001', '10001', '01110'],
  ['00110', '01000', '10000', '11110', '10001', '10001', '01110'],
  ['11111', '00001', '00010', '00100', '01000', '01000', '01000'],
  ['01110', '10001', '10001', '01110', '10001', '10001', '01110'],
  ['01110', '10001', '10001', '01111', '00001', '00010', '01100'],
];

const NAME = /^moving-digits-(\d{1,5})\.npy$/;

/** The bytes of the file that a name such as `moving-digits-1000.npy` (with the number of videos) asks for; null for other names. */
export function generatedVideos(name: string): Generator<Uint8Array, void> | null {
  const videos = Number(NAME.exec(name)?.[1] ?? 0);
  return videos >= 1 && videos <= MOST_VIDEOS ? bytesOf(videos) : null;
}

function* bytesOf(videos: number): Generator<Uint8Array, void> {
  yield numpyHead([videos, FRAMES, SIDE, SIDE]);
  const numbers = createNumbers(SEED + videos);
  for (let video = 0; video < videos; video++) yield movingDigits(numbers);
}

/** [frames, height, width] */
function movingDigits({ integer }: Numbers): Uint8Array {
  const digits = Array.from({ length: DIGITS }, () => ({
    shape: SHAPES[integer(SHAPES.length)]!,
    x: wayOf(integer, SIDE - ACROSS),
    y: wayOf(integer, SIDE - DOWN),
  }));
  const pixels = new Uint8Array(FRAMES * SIDE * SIDE);
  for (let frame = 0; frame < FRAMES; frame++)
    for (const { shape, x, y } of digits) {
      const [left, top] = [x(frame), y(frame)];
      for (const [row, points] of shape.entries())
        for (let column = 0; column < ACROSS; column++)
          if (points[column] === '1') pixels[(frame * SIDE + top + row) * SIDE + left + column] = 255;
    }
  return pixels;
}

/** Where it is in each frame: one or two pixels further, back and forth between 0 and `most`. */
function wayOf(integer: Numbers['integer'], most: number): (frame: number) => number {
  const [start, speed] = [integer(2 * most), 1 + integer(2)];
  return (frame) => {
    const at = (start + speed * frame) % (2 * most);
    return at <= most ? at : 2 * most - at;
  };
}
