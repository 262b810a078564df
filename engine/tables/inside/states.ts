// States or gates of every unit at every step.
import { InsideStatesFrame } from '../../contract/inside/states.ts';
import { heatOf } from './figures.ts';
import { stateTitle } from './state-title.ts';
import type { TableView } from './view.ts';

export const states: TableView = {
  about: 'hidden states, cell states or a gate (--what), unit by unit and step by step',
  takesEdits: true,
  async table(client, { run, weights, part, origin, target, edits, place, what, order }) {
    const asked = { run, weights, part, origin, target, edits, place, what, order, whole: true };
    const { header, columns } = await InsideStatesFrame.fromAnswer(await client.inside.states(asked));
    const rows = header.rows.flatMap(([unit], line) =>
      Array.from(columns.step, (step, at) => [unit!, step, columns.row[at]!, columns.mean[line]![at]!]),
    );
    return { columns: ['unit', 'step', 'row', header.what], rows };
  },
  figures: (table) =>
    heatOf(table, {
      title: `${stateTitle(table.columns.at(-1))}, unit by unit`,
      line: 'unit',
      x: 'step',
      colors: 'diverging',
    }),
};
