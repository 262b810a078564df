// Small data that no package has, made the same each time: images with captions, and tunes.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pngOf } from '../data/samples/picture-files.ts';

const COLOURS = { red: [214, 64, 54], green: [52, 152, 84], blue: [58, 104, 200], yellow: [232, 190, 52] };
const SHAPES: Readonly<Record<string, (x: number, y: number) => boolean>> = {
  square: (x, y) => Math.max(Math.abs(x), Math.abs(y)) <= 2.5,
  disc: (x, y) => x * x + y * y <= 10,
  cross: (x, y) => Math.min(Math.abs(x), Math.abs(y)) <= 0.5 && Math.max(Math.abs(x), Math.abs(y)) <= 3.5,
};
const SIDE = 16;
/** Centres of the left and the right half. */
const PLACES = { left: 4.5, right: 10.5 };
const ROWS = [4.5, 7.5, 10.5];

/** A folder of images of one shape each, and what is on them: "a red disc on the left". @returns its path */
export function makeShapes(folder: string): string {
  const path = join(folder, 'shapes');
  mkdirSync(path);
  const captions = ['image,caption'];
  for (const [shape, isIn] of Object.entries(SHAPES))
    for (const [colour, [red = 0, green = 0, blue = 0]] of Object.entries(COLOURS))
      for (const [place, across] of Object.entries(PLACES))
        for (const [row, down] of ROWS.entries()) {
          const name = `${colour}-${shape}-${place}-${row + 1}.png`;
          const png = pngOf(SIDE, SIDE, (x, y) =>
            isIn(x - across, y - down) ? [red, green, blue] : [236, 236, 232],
          );
          writeFileSync(join(path, name), png);
          captions.push(`${name},a ${colour} ${shape} on the ${place}`);
        }
  writeFileSync(join(path, 'captions.csv'), captions.join('\n'));
  return path;
}

const BARS = [
  'GABc dedB',
  'c2ec B2dB',
  'A2cA G2BG',
  'dedB cABG',
  'e2ge d2Bd',
  'cBAG A2D2',
  'gfed e2d2',
  'BAGF G4',
];

/** Sixty tunes in ABC notation, each of eight bars in another order. @returns the path of the file */
export function makeTunes(folder: string): string {
  const path = join(folder, 'tunes.abc');
  const tunes = Array.from({ length: 60 }, (_, tune) => {
    const bars = BARS.map((_, bar) => BARS[(bar * (1 + 2 * (tune % 4)) + tune) % BARS.length]);
    return `X:${tune + 1}\nT:Tune ${tune + 1}\nM:4/4\nL:1/8\nK:G\n${bars.join('|')}|\n`;
  });
  writeFileSync(path, tunes.join('\n'));
  return path;
}

/** How a tune is asked for: its head, and two bars. */
export const TUNE_BEGINS = `T:Tune 1\nM:4/4\nL:1/8\nK:G\n${BARS[0]}|${BARS[3]}|`;
