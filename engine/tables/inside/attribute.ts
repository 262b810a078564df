// Attributions of every step of the horizon to every value of the window, by integrated gradients or occlusion.
import { AttributeChoiceSchema, InsideAttributionFrame } from '../../contract/inside/attribution.ts';
import { shareText } from '../../words/share-text.ts';
import { heatOf } from './figures.ts';
import { chosenName, type TableView } from './view.ts';

const METHODS = AttributeChoiceSchema.shape.method.unwrap().options;

export const attribute: TableView = {
  about:
    'what of the window each forecast step stands on, in model units (--what integrated-gradients or occlusion; --baseline)',
  takesEdits: true,
  async table(client, { run, weights, part, origin, target, edits, what, baseline = 'last' }) {
    const method = chosenName(METHODS, what);
    const asked = { run, weights, part, origin, target, edits, method, baseline, step: null };
    const blob = await client.inside.attribute(asked);
    const { header, columns } = await InsideAttributionFrame.fromAnswer(blob);
    return {
      columns: ['step', 'input', 'row', 'attribution'],
      rows: header.steps.flatMap((step, at) =>
        header.inputs.flatMap((input, index) =>
          Array.from(columns.attribution[at]![index]!, (value, row) => [step, input, row, value]),
        ),
      ),
      notes: [
        // What is hidden one after the other adds up to nothing in particular.
        ...(method === 'integrated-gradients'
          ? [
              `largest completeness gap: ${shareText(Math.max(0, ...header.gaps.map((gap) => gap ?? 0)) / 100, 3)}`,
            ]
          : []),
        ...(header.carriedOver.some((value) => value !== 0)
          ? [
              `forecast of step 1 if the model answered 0, which the pipeline adds to its answer: ${header.carriedOver[0]!.toPrecision(5)}`,
            ]
          : []),
      ],
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
