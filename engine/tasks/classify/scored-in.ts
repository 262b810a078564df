// The answers of a frame whose truth is known, as metrics take them.
import type { ClassifyFrame, Decision } from '../../contract/tasks/classify-frame.ts';
import type { ScoredClasses } from '../../evaluation/classes/scored-classes.ts';

/** @param decision of two classes; default: that of the frame, and without one the most probable class, the rarer one being positive */
export function scoredIn(
  { header, columns }: ClassifyFrame,
  decision: Partial<Decision> | undefined = header.decision,
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
    positive: decision?.class ?? (2 * first < rows.length ? 0 : 1),
    threshold: decision?.threshold,
    truth,
    probabilities,
    rows,
  };
}
