// The table of a model that estimates a number: an answer a line.
import type { AnswersFrame } from '../../contract/tasks/answers-frame.ts';
import { number } from '../../export/csv-text.ts';
import type { ColumnMeanings, Tables } from '../../export/task-content.ts';
import { ANSWER_COLUMNS, answerLines, known } from '../per-sample/answers-csv.ts';

export const ESTIMATE_COLUMNS: ColumnMeanings = {
  ...ANSWER_COLUMNS,
  truth: ['true number; empty where it is not known', ''],
  answer: ['number that is estimated', ''],
};

export function estimateTables(frame: AnswersFrame): Tables {
  const [truth] = frame.columns.truth;
  const [answer] = frame.columns.answer;
  return {
    'answers.csv': answerLines(frame, {
      columns: [
        { name: 'truth', cellOf: (row) => known(truth![row]!) },
        { name: 'answer', cellOf: (row) => number(answer![row]!) },
      ],
    }),
  };
}
