// The answers of a frame whose truth is known, as metrics take them.
import type { ClassifyFrame } from '../../contract/tasks/classify-frame.ts';
import type { ScoredClasses } from '../../evaluation/classes/scored-classes.ts';

/** @param positive of two classes; default: the rarer one of the frame */
export function scoredIn(
  { header, columns }: ClassifyFrame,
  positive?: number,
): ScoredClasses & { readonly rows: readonly number[] } {
  const classes = header.classes.length;
  const rows = [...columns.truth.keys()].filter((row) => columns.truth[row]! >= 0);
  const truth = Int32Array.from(rows, (row) => columns.truth[row]!);
  const probabilities = new Float64Array(rows.length * classes);
  for (const [index, row] of rows.entries())
    for (let one = 0; one < classes; one++)
      probabilities[index * classes + one] = columns.probability[one]![row]!;
  const first = truth.reduce((sum, label) => sum + (label === 0 ? 1 : 0), 0);
  return {
    count: rows.length,
    classes,
    positive: positive ?? (2 * first < rows.length ? 0 : 1),
    truth,
    probabilities,
    rows,
  };
}
