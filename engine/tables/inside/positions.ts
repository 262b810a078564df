// The codes of the steps of a model with attention.
import { InsidePositionsFrame } from '../../contract/inside/positions.ts';
import { heatOf } from './figures.ts';
import type { TableView } from './view.ts';

export const positions: TableView = {
  about: 'the code of each step that attention adds to what it reads, unit by unit',
  async table(client, { run, weights }) {
    const { header, columns } = await InsidePositionsFrame.fromAnswer(
      await client.inside.positions({ run, weights }),
    );
    return {
      columns: ['step', 'unit', 'code'],
      rows: columns.code.flatMap((codes, unit) => Array.from(codes, (value, step) => [step, unit, value])),
      notes: [header.kind === 'sine' ? 'waves of rising length' : 'learned with the other weights'],
    };
  },
  figures: (table) =>
    heatOf(table, { title: 'Code of each position', line: 'unit', x: 'step', colors: 'diverging' }),
};
