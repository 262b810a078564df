// What there is to see of a model that reads windows: its layers, heads, parts and weights.
import type { TableView } from './view.ts';

export const describe: TableView = {
  about: 'what there is to see: views, layers, heads, parts of the data, weights',
  async table(client, { run }) {
    const { views, places, attention, lookback, horizon, parts, weights } = await client.inside.describe({
      run,
    });
    return {
      columns: ['of', 'name', 'what'],
      rows: [
        ...views.map((name) => ['view', name, null]),
        ...places.map(({ place, cell, units, steps, what }) => [
          'layer',
          `${place.part} ${place.layer} ${place.direction}`,
          `${cell}, ${units} units, ${steps} steps: ${what.join(' ')}`,
        ]),
        ...attention.map(({ layer, heads, queries, keys, causal }) => [
          'attention',
          `layer ${layer}`,
          `${heads} heads, ${queries} queries, ${keys} keys${causal ? ', causal' : ''}`,
        ]),
        ['window', 'lookback', lookback],
        ['window', 'horizon', horizon],
        ...parts.map(({ part, origins }) => ['part', part, `${origins} origins`]),
        ...weights.map((one) => ['weights', one.weights, one.epoch === null ? null : `epoch ${one.epoch}`]),
      ],
    };
  },
};
