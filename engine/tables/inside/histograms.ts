// Histograms of one parameter over the epochs, as the probe recorded them in training.
import { HISTOGRAMS_OF, InsideHistogramsFrame } from '../../contract/inside/probe.ts';
import { heatOf } from './figures.ts';
import { chosenName, known, type TableView } from './view.ts';

export const histograms: TableView = {
  about: `histograms over epochs, as recorded in training (--what ${HISTOGRAMS_OF.join(', ')}; --parameter)`,
  async table(client, { run, what, parameter }) {
    const of = chosenName(HISTOGRAMS_OF, what);
    const blob = await client.inside.histograms({ run, of, parameter });
    const { header, columns } = await InsideHistogramsFrame.fromAnswer(blob);
    return {
      columns: ['epoch', 'step', 'from', 'to', 'share', 'norm', 'update / weights'],
      rows: Array.from(columns.epoch).flatMap((epoch, row) =>
        header.classes.map(({ from, to }, index) => [
          epoch,
          columns.step[row]!,
          from,
          to,
          columns.share[index]![row]!,
          known(columns.norm[row]!),
          known(columns.ratio[row]!),
        ]),
      ),
      notes: [
        `${header.of} of ${header.parameter}; --parameter chooses among ${header.parameters.join(', ')}`,
      ],
    };
  },
  figures: (table) =>
    heatOf(table, {
      title: 'Share of the values by size, epoch by epoch',
      line: 'from',
      x: 'epoch',
      value: 'share',
      colors: 'sequential',
      isUpright: true,
    }),
};
