// The window as the model reads it, and its forecast.
import { InsideWindowFrame } from '../../contract/inside/states.ts';
import { isoTime } from '../../words/iso-time.ts';
import { linesOf } from './figures.ts';
import { known, type TableView } from './view.ts';

export const window: TableView = {
  about: 'inputs, true values and the forecast',
  takesEdits: true,
  async table(client, { run, weights, part, origin, target, edits }) {
    const asked = { run, weights, part, origin, target, edits };
    const { header, columns } = await InsideWindowFrame.fromAnswer(await client.inside.window(asked));
    return {
      columns: [
        'row',
        'time',
        ...header.inputs.map((name) => `input ${name}`),
        'actual',
        'forecast',
        'answer',
      ],
      rows: Array.from(columns.time, (time, row) => [
        row,
        isoTime(BigInt(time)),
        ...columns.input.map((values) => known(values[row]!)),
        known(columns.actual[row]!),
        known(columns.forecast[row]!),
        known(columns.answer[row]!),
      ]),
      notes: header.change === null ? [] : [header.change],
    };
  },
  figures: (table) => [
    ...linesOf(table, {
      title: 'Inputs, as the model reads them',
      x: 'row',
      y: table.columns.filter((name) => name.startsWith('input ')),
    }),
    ...linesOf(table, { title: 'Forecast, and what was true', x: 'row', y: ['actual', 'forecast'] }),
  ],
};
