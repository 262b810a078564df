// The tables of a labeller: a token a line, the confusion matrix, and the figures of each class.
import type { LabelFrame } from '../../contract/tasks/label-frame.ts';
import { field, number } from '../../export/csv-text.ts';
import type { ColumnMeanings, Tables } from '../../export/task-content.ts';
import { matrixOf, saidIn } from './result.ts';

export const LABEL_COLUMNS: ColumnMeanings = {
  sample: ['row of the text in its dataset, from 1', ''],
  name: ['name of the text', ''],
  position: ['position of the token in its text, from 1', ''],
  token: ['token', ''],
  truth: ['true class; empty where the training part lacks it', ''],
  answer: ['most probable class', ''],
  probability: ['probability of the answer', ''],
  class: ['class', ''],
  tokens: ['tokens of the class', ''],
  precision: ['share of the answers with this class that are right', ''],
  recall: ['share of the tokens of this class that are recognised', ''],
  f1: ['harmonic mean of precision and recall', ''],
};

export function labelTables(frame: LabelFrame): Tables {
  const { classes, names, tokens } = frame.header;
  const { columns } = frame;
  const said = saidIn(frame);
  const { confusion, figures } = matrixOf(frame);
  return {
    'labels.csv': [
      'sample,name,position,token,truth,answer,probability',
      ...Array.from(columns.token, (token, row) =>
        [
          String(columns.sample[row]! + 1),
          field(names[columns.text[row]!]!),
          String(columns.position[row]! + 1),
          field(tokens[token]!),
          field(classes[columns.truth[row]!] ?? ''),
          field(classes[said[row]!]!),
          number(columns.probability[said[row]!]![row]!),
        ].join(','),
      ),
    ],
    'confusion.csv': [
      ['true class', ...classes].map(field).join(','),
      ...classes.map((name, truth) => [field(name), ...confusion[truth]!.map(String)].join(',')),
    ],
    'classes.csv': [
      'class,tokens,precision,recall,f1',
      ...figures.map(({ samples, precision, recall, f1 }, index) =>
        [field(classes[index]!), String(samples), number(precision), number(recall), number(f1)].join(','),
      ),
    ],
  };
}
