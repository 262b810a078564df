// Norms of dL/dh by lag; the verdict is a note.
import { linesOf } from './figures.ts';
import type { TableView } from './view.ts';

export const gradients: TableView = {
  about: 'norms of dL/dh by lag, with a verdict',
  async table(client, { run, weights, part, target }) {
    const { places, verdict } = await client.inside.gradients({ run, weights, part, target });
    return {
      columns: ['part', 'layer', 'direction', 'lag', 'dL/dh', 'dL/dc'],
      rows: places.flatMap(({ place, hidden, cell }) =>
        hidden.map((norm, lag) => [place.part, place.layer, place.direction, lag, norm, cell?.[lag] ?? null]),
      ),
      notes: verdict ? [verdict.sentence] : [],
    };
  },
  figures: (table) =>
    linesOf(table, {
      title: 'Gradient that arrives at the state, by lag',
      x: 'lag',
      y: ['dL/dh', 'dL/dc'],
      by: ['part', 'layer', 'direction'],
      scale: 'log',
    }),
};
