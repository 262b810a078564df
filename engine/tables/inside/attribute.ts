// Attributions of every step of the horizon to every value of the window, by integrated gradients from the last values.
import { InsideAttributionFrame } from '../../contract/inside/attribution.ts';
import { heatOf } from './figures.ts';
import type { TableView } from './view.ts';

export const attribute: TableView = {
  about: 'what of the window each forecast step stands on (integrated gradients, model units)',
  takesEdits: true,
  async table(client, { run, weights, part, origin, target, edits }) {
    const blob = await client.inside.attribute({ run, weights, part, origin, target, edits, step: null });
    const { header, columns } = await InsideAttributionFrame.fromBlob(blob);
    return {
      columns: ['step', 'input', 'row', 'attribution'],
      rows: header.steps.flatMap((step, at) =>
        header.inputs.flatMap((input, index) =>
          Array.from(columns.attribution[at]![index]!, (value, row) => [step, input, row, value]),
        ),
      ),
      notes: [`largest completeness gap: ${Math.max(0, ...header.gaps.map((gap) => gap ?? 0)).toFixed(3)} %`],
    };
  },
  figures: (table) =>
    heatOf(table, {
      title: 'What each step of the forecast stands on',
      line: 'step',
      x: 'row',
      by: 'input',
      colors: 'diverging',
    }),
};
