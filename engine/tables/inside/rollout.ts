// Attention rolled out through all layers.
import { InsideRolloutFrame } from '../../contract/inside/rollout.ts';
import { heatOf } from './figures.ts';
import type { TableView } from './view.ts';

export const rollout: TableView = {
  about: 'attention rolled out through all layers, query by query and key by key',
  takesEdits: true,
  async table(client, { run, weights, part, origin, target, edits }) {
    const asked = { run, weights, part, origin, target, edits, whole: true };
    const { header, columns } = await InsideRolloutFrame.fromAnswer(await client.inside.rollout(asked));
    return {
      columns: ['query', 'key', 'row', 'weight'],
      rows: columns.mean.flatMap((line, query) =>
        Array.from(line, (weight, key) => [query, key, columns.row[key]!, weight]),
      ),
      notes: [header.sentence],
    };
  },
  figures: (table) =>
    heatOf(table, {
      title: 'Attention through all layers',
      line: 'query',
      x: 'key',
      value: 'weight',
      colors: 'sequential',
    }),
};
