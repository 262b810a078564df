// The tables of a model that gives labels: an answer a line, and the figures of each label.
import type { AnswersFrame } from '../../contract/tasks/answers-frame.ts';
import { labelFigures } from '../../evaluation/labels/scored-labels.ts';
import { field, number } from '../../export/csv-text.ts';
import type { ColumnMeanings, Tables } from '../../export/task-content.ts';
import { ANSWER_COLUMNS, answerLines } from '../per-sample/answers-csv.ts';
import { labelsScoredIn, saidLabels, trueLabels } from './labels-in.ts';

export const TAG_COLUMNS: ColumnMeanings = {
  ...ANSWER_COLUMNS,
  truth: ['true labels, between semicolons; empty where they are not known', ''],
  answer: ['labels that are said, between semicolons', ''],
  label: ['label', ''],
  samples: ['samples that have the label', ''],
  threshold: ['probability from which on it is said', ''],
  precision: ['share of the samples that are said to have the label that have it', ''],
  recall: ['share of the samples with the label that are said to have it', ''],
  f1: ['harmonic mean of precision and recall', ''],
};

export function tagTables(frame: AnswersFrame): Tables {
  const answers = { 'answers.csv': answersCsv(frame) };
  const scored = labelsScoredIn(frame);
  if (scored.count === 0) return answers;
  const { outputs } = frame.header;
  return {
    ...answers,
    'labels.csv': [
      'label,samples,threshold,precision,recall,f1',
      ...labelFigures(scored).map(({ samples, precision, recall, f1 }, label) =>
        [
          field(outputs[label]!),
          String(samples),
          number(scored.thresholds[label]!),
          number(precision),
          number(recall),
          number(f1),
        ].join(','),
      ),
    ],
  };
}

function answersCsv(frame: AnswersFrame): string[] {
  const { outputs } = frame.header;
  const joined = (labels: readonly number[]) => field(labels.map((label) => outputs[label]).join('; '));
  return answerLines(frame, {
    columns: [
      { name: 'truth', cellOf: (row) => joined(trueLabels(frame, row)) },
      { name: 'answer', cellOf: (row) => joined(saidLabels(frame, row)) },
      ...outputs.map((label, output) => ({
        name: `p ${label}`,
        cellOf: (row: number) => number(frame.columns.answer[output]![row]!),
      })),
    ],
  });
}
