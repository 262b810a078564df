// The pictures of one sample pixel by pixel, and what of each an answer stands on.
import type { EngineClient } from '../../connect/connection.ts';
import { InsidePixelsFrame } from '../../contract/inside/reading.ts';
import { heatOf } from './figures.ts';
import type { InsideQuestion, TableView } from './view.ts';

async function pixelsOf(client: EngineClient, question: InsideQuestion) {
  const { run, weights, part, sample, step, layer, head, choice } = question;
  return InsidePixelsFrame.fromAnswer(
    await client.inside.pixels({
      run,
      weights,
      part,
      ...(sample !== undefined && { sample }),
      ...(step > 0 && { step }),
      ...(layer !== undefined && { layer }),
      ...(head !== undefined && { head }),
      ...(choice !== undefined && { choice }),
    }),
  );
}

export const pixels: TableView = {
  about: 'of a model of pictures: what of each pixel an answer stands on (--step, --choice)',
  ofSamples: true,
  async table(client, question) {
    const { header, columns } = await pixelsOf(client, question);
    const { width, channels, explained, without, gap } = header;
    const looks = columns.look[0];
    const size = columns.read[0]!.length / channels;
    const sumAt = (values: ArrayLike<number>, pixel: number) => {
      let sum = 0;
      for (let channel = 0; channel < channels; channel++) sum += values[pixel * channels + channel]!;
      return sum;
    };
    return {
      columns: ['picture', 'row', 'column', 'brightness', ...(looks ? ['attention'] : []), 'evidence'],
      rows: header.read.flatMap((name, picture) =>
        Array.from({ length: size }, (_, pixel) => [
          name,
          Math.floor(pixel / width) + 1,
          (pixel % width) + 1,
          sumAt(columns.read[picture]!, pixel) / channels / 255,
          ...(looks ? [sumAt(looks, pixel)] : []),
          sumAt(columns.evidence[picture]!, pixel),
        ]),
      ),
      notes: [
        `Evidence is about "${explained.choice}" at step ${explained.step}: ${explained.value.toPrecision(4)}, and ${without.toPrecision(4)} where all that is read is the mean of the training part; all pixels together are within ${Math.max(0.01, gap).toPrecision(2)} % of that change.`,
        ...header.read.map((name, picture) => `${name}: ${header.sums[picture]!.toPrecision(3)} together.`),
      ],
    };
  },
  figures: (table) =>
    ['attention', 'evidence']
      .filter((value) => table.columns.includes(value))
      .flatMap((value) =>
        heatOf(table, {
          title: value === 'evidence' ? 'Evidence, pixel by pixel' : 'Attention, pixel by pixel',
          line: 'row',
          x: 'column',
          value,
          by: 'picture',
          colors: value === 'evidence' ? 'diverging' : 'sequential',
        }),
      ),
};
