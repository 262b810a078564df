// One query of a head in numbers: the scores and weights of every key, and what comes of them.
import { linesOf } from './figures.ts';
import { known, type TableView } from './view.ts';

export const query: TableView = {
  about: 'one query of a head in numbers: scores and weights by key (--layer, --head, --step: the query)',
  takesEdits: true,
  async table(client, { run, weights, part, origin, target, edits, place, head = 0, step }) {
    const asked = { run, weights, part, origin, target, edits, layer: place.layer, head, query: step };
    const found = await client.inside.query(asked);
    const top = new Map(found.top.map((one) => [one.key, one]));
    return {
      columns: ['key', 'score', 'weight', 'rank'],
      rows: found.weights.map((weight, key) => {
        const rank = [...top.keys()].indexOf(key);
        return [key, found.scores[key] ?? null, known(weight), rank < 0 ? null : rank + 1];
      }),
      notes: [
        `Query ${found.query} of head ${found.head}, layer ${found.layer}; scores are q k times ${found.scale.toPrecision(4)}, empty where the key is not visible.`,
        `x: ${listed(found.x)}`,
        `q: ${listed(found.q)}`,
        `weighted sum of the values: ${listed(found.output)}`,
      ],
    };
  },
  figures: (table) => [
    ...linesOf(table, { title: 'Scores by key', x: 'key', y: ['score'] }),
    ...linesOf(table, { title: 'Weights by key', x: 'key', y: ['weight'] }),
  ],
};

const listed = (values: readonly number[]): string => values.map((value) => value.toPrecision(4)).join(', ');
