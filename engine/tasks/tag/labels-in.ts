// The labels in a frame of answers: what is said, what is true, and both as metrics take them.
import type { AnswersFrame } from '../../contract/tasks/answers-frame.ts';
import type { ScoredLabels } from '../../evaluation/labels/scored-labels.ts';
import { labelled } from './outcome.ts';

const EVEN = 0.5;

const thresholdOf = ({ header }: AnswersFrame, label: number): number => header.thresholds?.[label] ?? EVEN;

const labelsWhere = ({ header }: AnswersFrame, holds: (label: number) => boolean): number[] =>
  [...header.outputs.keys()].filter(holds);

/** Indices of labels. */
export const saidLabels = (frame: AnswersFrame, row: number): number[] =>
  labelsWhere(frame, (label) => frame.columns.answer[label]![row]! >= thresholdOf(frame, label));

export const trueLabels = (frame: AnswersFrame, row: number): number[] =>
  labelsWhere(frame, (label) => frame.columns.truth[label]![row] === 1);

/** Those whose labels are known; `rows` of the frame. */
export function labelsScoredIn(frame: AnswersFrame): ScoredLabels & { readonly rows: readonly number[] } {
  const { columns, header } = frame;
  const width = header.outputs.length;
  const rows = [...columns.sample.keys()].filter((row) => !Number.isNaN(columns.truth[0]![row]!));
  const flat = (all: readonly Float64Array[]) => {
    const values = new Float64Array(rows.length * width);
    for (const [index, row] of rows.entries())
      for (let output = 0; output < width; output++) values[index * width + output] = all[output]![row]!;
    return values;
  };
  const { thresholds } = header;
  const scored = {
    count: rows.length,
    truth: flat(columns.truth),
    answers: flat(columns.answer),
    thresholds,
  };
  return { ...labelled(scored, width), rows };
}
