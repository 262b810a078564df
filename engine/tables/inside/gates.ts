// How open each gate of each unit is, and how long the unit keeps.
import { linesOf } from './figures.ts';
import type { TableView } from './view.ts';

export const gates: TableView = {
  about: 'shares of steps at which gates are shut and open, and memory times, unit by unit',
  async table(client, { run, weights, part, origin, target, place }) {
    const found = await client.inside.gates({ run, weights, part, origin, target, place });
    return {
      columns: ['gate', 'unit', 'below 0.1', 'above 0.9', 'mean', 'memory in steps'],
      rows: found.gates.flatMap(({ name, below, above, mean }) =>
        mean.map((value, unit) => [
          name,
          unit,
          below[unit]!,
          above[unit]!,
          value,
          found.memory[unit] ?? null,
        ]),
      ),
    };
  },
  figures: (table) =>
    linesOf(table, {
      title: 'Shut (below 0.1) against open (above 0.9), a dot a unit',
      x: 'below 0.1',
      y: ['above 0.9'],
      by: ['gate'],
      kind: 'points',
      isShares: true,
    }),
};
