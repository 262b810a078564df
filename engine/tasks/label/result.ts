// The result of a labeller on a part: its confusion matrix, and texts with their labels. Pure.
import type { Cell } from '../../contract/results/classify-result.ts';
import type { LabelledText, LabelResult } from '../../contract/results/labelling.ts';
import type { LabelFrame } from '../../contract/tasks/label-frame.ts';
import { confusionOf, figuresOf, type ScoredClasses } from '../../evaluation/classes/scored-classes.ts';
import { evenly } from '../evenly.ts';

/** The most probable class of each row of a frame. */
export function saidIn({ header, columns }: LabelFrame): Int32Array {
  const { probability } = columns;
  return Int32Array.from(columns.truth, (_, row) => {
    let best = 0;
    for (let one = 1; one < header.classes.length; one++)
      if (probability[one]![row]! > probability[best]![row]!) best = one;
    return best;
  });
}

/** The tokens whose class is known. */
function known({ header, columns }: LabelFrame): ScoredClasses & { readonly rows: readonly number[] } {
  const rows = [...columns.truth.keys()].filter((row) => columns.truth[row]! >= 0);
  return {
    count: rows.length,
    classes: header.classes.length,
    positive: 1,
    truth: Int32Array.from(rows, (row) => columns.truth[row]!),
    probabilities: new Float64Array(),
    rows,
  };
}

export function matrixOf(frame: LabelFrame): Pick<LabelResult, 'count' | 'confusion' | 'figures'> {
  const classes = frame.header.classes.length;
  const scored = known(frame);
  const all = saidIn(frame);
  const confusion = confusionOf(
    scored,
    Int32Array.from(scored.rows, (row) => all[row]!),
  );
  return {
    count: scored.count,
    confusion: Array.from({ length: classes }, (_, truth) => [
      ...confusion.subarray(truth * classes, (truth + 1) * classes),
    ]),
    figures: figuresOf(confusion, classes),
  };
}

/** Those with most wrong labels first; of a cell those with most tokens of it. */
export function textsIn(frame: LabelFrame, cell: Cell | undefined, most: number): LabelledText[] {
  const { columns } = frame;
  const said = saidIn(frame);
  const byText = Map.groupBy([...columns.text.keys()], (row) => columns.text[row]!);
  const counts = (row: number) =>
    cell
      ? columns.truth[row] === cell.truth && said[row] === cell.said
      : columns.truth[row]! >= 0 && columns.truth[row] !== said[row];
  return [...byText]
    .map(([text, rows]) => ({ text, rows, found: rows.filter(counts).length }))
    .filter(({ found }) => found > 0)
    .toSorted((a, b) => b.found - a.found || a.text - b.text)
    .slice(0, most)
    .map(({ rows }) => textOf(frame, said, rows));
}

/** In the order of the part. */
export function evenTexts(frame: LabelFrame, most: number): LabelledText[] {
  const { text } = frame.columns;
  const said = saidIn(frame);
  const byText = Map.groupBy([...text.keys()], (row) => text[row]!);
  return evenly([...byText.values()], most).map((rows) => textOf(frame, said, rows));
}

function textOf({ columns, header }: LabelFrame, said: Int32Array, rows: readonly number[]): LabelledText {
  const first = rows[0]!;
  return {
    sample: columns.sample[first]!,
    name: header.names[columns.text[first]!]!,
    tokens: rows.map((row) => ({
      text: header.tokens[columns.token[row]!]!,
      said: said[row]!,
      probability: columns.probability[said[row]!]![row]!,
      truth: columns.truth[row]!,
    })),
  };
}
