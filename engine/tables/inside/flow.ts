// Norms of dL/dh by lag over the epochs, or where the heads of a layer look, as the probe recorded them in training.
import { FlowChoiceSchema, InsideFlowFrame } from '../../contract/inside/probe.ts';
import { heatOf } from './figures.ts';
import { chosenName, known, type TableView } from './view.ts';

const OF = FlowChoiceSchema.shape.of.unwrap().options;

export const flow: TableView = {
  about: `by lag, epoch by epoch, as recorded in training: norms of dL/dh, or of what --what says (${OF.join(', ')})`,
  async table(client, { run, place, what }) {
    const of = chosenName(OF, what);
    const ask = async (head: number) =>
      InsideFlowFrame.fromAnswer(await client.inside.flow({ run, place, of, layer: place.layer, head }));
    const first = await ask(0);
    const frames = [first];
    for (let head = 1; head < first.header.heads; head++) frames.push(await ask(head));
    const { absent } = first.header;
    return {
      columns: ['head', 'epoch', 'step', 'lag', 'lags', 'value'],
      rows: frames.flatMap(({ header, columns }) =>
        Array.from(columns.epoch).flatMap((epoch, row) =>
          header.lags.map(({ from, count }, lag) => [
            header.head,
            epoch,
            columns.step[row]!,
            from,
            count,
            known(columns.value[lag]![row]!),
          ]),
        ),
      ),
      notes:
        absent > 0
          ? [`no gradient reaches the oldest ${absent} steps, because training cuts it off there`]
          : [],
    };
  },
  figures: (table) =>
    heatOf(table, {
      title: 'Lag by epoch, as recorded in training',
      line: 'lag',
      x: 'epoch',
      by: 'head',
      colors: 'log',
      isUpright: true,
    }),
};
