// Pictures of a bright bar on noise, lying or standing, as a source for training jobs.
import { createHash } from 'node:crypto';
import { createNumbers } from '../../../engine/data/generated/random.ts';
import type { Picture, SampleTable } from '../../../engine/data/samples/sample-table.ts';

const SIDE = 8;
const BARS = ['lying', 'standing'] as const;

function pictureTable(
  kind: 'image' | 'frames',
  pictures: readonly Picture[],
  labels: readonly string[],
): SampleTable {
  const categories = [...new Set(labels)].toSorted();
  return {
    rows: pictures.length,
    names: pictures.map((_, row) => `${row}.png`),
    groups: pictures.map(() => ''),
    parts: pictures.map(() => ''),
    hashes: pictures.map(({ pixels }) => createHash('sha256').update(pixels).digest('hex')),
    columns: [
      { name: kind, kind, pictures },
      {
        name: 'label',
        kind: 'category',
        codes: Float64Array.from(labels, (label) => categories.indexOf(label)),
        categories,
      },
    ],
  };
}

/** A bar of four pixels in any position. */
function barOf(integer: (most: number) => number, direction: number): Picture {
  const pixels = Uint8Array.from({ length: SIDE * SIDE }, () => integer(120));
  const [line, from] = [integer(SIDE), integer(SIDE - 4)];
  for (let at = from; at < from + 4; at++)
    pixels[direction === 0 ? line * SIDE + at : at * SIDE + line] = 230;
  return { width: SIDE, height: SIDE, channels: 1, pixels };
}

export function madeBars(rows: number, seed = 5): SampleTable {
  const { integer } = createNumbers(seed);
  const truths = Array.from({ length: rows }, () => integer(2));
  return pictureTable(
    'image',
    truths.map((truth) => barOf(integer, truth)),
    truths.map((truth) => BARS[truth]!),
  );
}

/** A bright point that goes right or left from frame to frame; the frames of both show the same points. */
export function madeWalks(rows: number, seed = 6): SampleTable {
  const { integer } = createNumbers(seed);
  const truths = Array.from({ length: rows }, () => integer(2));
  const walk = (truth: number): Picture => {
    const [frames, line, from] = [4 + integer(2), integer(4), integer(2)];
    const pixels = Uint8Array.from({ length: frames * 32 }, () => integer(60));
    for (let frame = 0; frame < frames; frame++) {
      const at = from + frame;
      pixels[frame * 32 + line * 8 + (truth === 0 ? at : 7 - at)] = 250;
    }
    return { width: 8, height: 4, channels: 1, pixels };
  };
  return pictureTable(
    'frames',
    truths.map(walk),
    truths.map((truth) => ['right', 'left'][truth]!),
  );
}
