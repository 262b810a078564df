// Weights of every head of a layer with attention.
import { InsideAttentionFrame } from '../../contract/inside/attention.ts';
import { heatOf } from './figures.ts';
import type { TableView } from './view.ts';

export const attention: TableView = {
  about: 'attention weights of a layer, query by query and key by key',
  takesEdits: true,
  async table(client, { run, weights, part, origin, target, edits, place }) {
    const asked = { run, weights, part, origin, target, edits, layer: place.layer, whole: true };
    const headOf = async (head: number) =>
      InsideAttentionFrame.fromAnswer(await client.inside.attention({ ...asked, head }));
    const first = await headOf(0);
    const { heads } = first.header;
    const frames = [first];
    for (const { head } of heads.slice(1)) frames.push(await headOf(head));
    return {
      columns: ['head', 'query', 'key', 'row', 'weight'],
      rows: frames.flatMap(({ header, columns }) =>
        columns.mean.flatMap((line, query) =>
          Array.from(line, (weight, key) => [header.head, query, key, columns.row[key]!, weight]),
        ),
      ),
      notes: heads.map(({ head, name, entropy }) => `head ${head}: ${name}, entropy ${entropy.toFixed(2)}`),
    };
  },
  figures: (table) =>
    heatOf(table, { title: 'Weights', line: 'query', x: 'key', by: 'head', colors: 'sequential' }),
};
