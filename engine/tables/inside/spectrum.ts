// Singular values and eigenvalues of a block of the recurrent weights.
import { linesOf } from './figures.ts';
import type { TableView } from './view.ts';

export const spectrum: TableView = {
  about: 'singular values and eigenvalues of the recurrent weights (--what: of a gate)',
  async table(client, { run, weights, place, what }) {
    const found = await client.inside.spectrum({ run, weights, place, what });
    const { singularValues, eigenvalues, sentence } = found;
    return {
      columns: ['index', 'singular value', 'eigenvalue', 'imaginary part', 'its size'],
      rows: singularValues.map((value, index) => {
        const { re, im } = eigenvalues[index] ?? { re: null, im: null };
        return [index, value, re, im, re === null || im === null ? found.radius : Math.hypot(re, im)];
      }),
      notes: [sentence],
    };
  },
  figures: (table) => [
    ...linesOf(table, { title: 'Singular values', x: 'index', y: ['singular value'] }),
    ...linesOf(table, {
      title: 'Eigenvalues: real part across, imaginary part up',
      x: 'eigenvalue',
      y: ['imaginary part'],
      kind: 'points',
    }),
  ],
};
