// What is left of a state through time, what the forecast depends on by lag, and what all views say in sentences.
import { linesOf } from './figures.ts';
import { known, type TableView } from './view.ts';

export const jacobian: TableView = {
  about: "what one window's steps leave of a state, by lag: ln of the norm of the product of the Jacobians",
  async table(client, { run, weights, part, origin, target, place }) {
    const { logNorms, sentence } = await client.inside.jacobian({
      run,
      weights,
      part,
      origin,
      target,
      place,
    });
    return {
      columns: ['lag', 'log_norm'],
      rows: logNorms.map((log, lag) => [lag, known(log)]),
      notes: [sentence],
    };
  },
  figures: (table) =>
    linesOf(table, {
      title: 'What is left of a change of the state, by lag (natural logarithm)',
      x: 'lag',
      y: ['log_norm'],
    }),
};

export const captions: TableView = {
  about: 'units that follow an input, its change, its moving mean, or the season (|r| of 0.8 and more)',
  async table(client, { run, weights, part, origin, target, place }) {
    const found = await client.inside.captions({ run, weights, part, origin, target, place });
    return {
      columns: ['unit', 'follows', 'r'],
      rows: found.captions.map(({ unit, follows, correlation }) => [unit, follows, correlation]),
      notes: [`over ${found.windows} windows of the training part; fewer than 200 give none`],
    };
  },
};

export const memory: TableView = {
  about: 'what the forecast depends on by lag, with half of it within the measured memory',
  async table(client, { run, weights, part, origin, target }) {
    const found = await client.inside.memory({ run, weights, part, origin, target });
    return {
      columns: ['lag', 'dependence', 'autocorrelation'],
      rows: found.byLag.map((value, lag) => [lag, value, found.autocorrelation[lag] ?? null]),
      notes: [found.sentence],
    };
  },
  figures: (table) => [
    ...linesOf(table, { title: 'What the forecast depends on, by lag', x: 'lag', y: ['dependence'] }),
    ...linesOf(table, { title: 'Autocorrelation of the target', x: 'lag', y: ['autocorrelation'] }),
  ],
};

export const diagnose: TableView = {
  about: 'what all views say of the model, in sentences, faults first',
  async table(client, { run, weights, part, origin, target }) {
    const { findings } = await client.inside.diagnose({ run, weights, part, origin, target });
    return {
      columns: ['view', 'fault', 'sentence'],
      rows: findings.map(({ view, isFault, sentence }) => [view, isFault ? 'yes' : 'no', sentence]),
    };
  },
};
