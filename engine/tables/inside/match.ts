// The windows that are most like this one, with what came next.
import { isoTime } from '../../words/iso-time.ts';
import { linesOf } from './figures.ts';
import { chosenName, known, type TableView } from './view.ts';

export const match: TableView = {
  about:
    'windows with the most similar state (--what units: the same active units; shape: the same past), and what came next',
  async table(client, { run, weights, part, origin, target, what }) {
    const by = chosenName(['state', 'units', 'shape'], what);
    const found = await client.inside.match({ run, weights, part, origin, target, by });
    return {
      columns: ['part', 'origin', 'series', 'time', 'similarity', 'step', 'value'],
      rows: found.matches.flatMap((one) =>
        one.next.map((value, step) => [
          one.part,
          one.origin,
          one.series,
          isoTime(BigInt(one.originUs)),
          one.similarity,
          step + 1,
          known(value),
        ]),
      ),
    };
  },
  figures: (table) =>
    linesOf(table, {
      title: 'What came next in the windows that are most alike',
      x: 'step',
      y: ['value'],
      by: ['part', 'origin'],
    }),
};
