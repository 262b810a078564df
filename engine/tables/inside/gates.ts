// How open each gate of each unit is, and how long the unit keeps.
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
};
