// The tables of a classifier: an answer a line, the confusion matrix, and the figures of each class.
import type { ClassifyFrame } from '../../contract/tasks/classify-frame.ts';
import { confusionOf, figuresOf, saidBy } from '../../evaluation/classes/scored-classes.ts';
import { field, number } from '../../export/csv-text.ts';
import type { ColumnMeanings, Tables } from '../../export/task-content.ts';
import { scoredIn } from './scored-in.ts';

export const CLASSIFY_COLUMNS: ColumnMeanings = {
  sample: ['row of the sample in its dataset, from 1', ''],
  name: ['name of the sample', ''],
  group: ['group of the sample; empty where there is none', ''],
  truth: ['true class; empty where it is not known', ''],
  answer: ['class that is said: the most probable one, or by the threshold of the run', ''],
  probability: ['probability of the answer', ''],
  class: ['class', ''],
  samples: ['samples of the class', ''],
  precision: ['share of the answers with this class that are right', ''],
  recall: ['share of the samples of this class that are recognised', ''],
  f1: ['harmonic mean of precision and recall', ''],
};

export function classifyTables(frame: ClassifyFrame): Tables {
  const { classes } = frame.header;
  const known = scoredIn(frame);
  const answers = { 'answers.csv': answersCsv(frame) };
  if (known.count === 0) return answers;
  const confusion = confusionOf(known, saidBy(known));
  const figures = figuresOf(confusion, classes.length);
  return {
    ...answers,
    'confusion.csv': [
      ['true class', ...classes].map(field).join(','),
      ...classes.map((name, truth) =>
        [field(name), ...classes.map((_, said) => String(confusion[truth * classes.length + said]))].join(
          ',',
        ),
      ),
    ],
    'classes.csv': [
      'class,samples,precision,recall,f1',
      ...figures.map(({ samples, precision, recall, f1 }, index) =>
        [field(classes[index]!), String(samples), number(precision), number(recall), number(f1)].join(','),
      ),
    ],
  };
}

/** The header first. */
export function answersCsv({ header, columns }: ClassifyFrame): string[] {
  const { classes, names, groups } = header;
  const rows = columns.sample.length;
  const said = saidBy({
    count: rows,
    classes: classes.length,
    positive: header.decision?.class ?? 0,
    threshold: header.decision?.threshold,
    probabilities: flatten(columns.probability, rows),
  });
  const head = [
    'sample',
    'name',
    'group',
    'truth',
    'answer',
    'probability',
    ...classes.map((name) => `p ${name}`),
  ];
  return [
    head.map(field).join(','),
    ...Array.from({ length: rows }, (_, row) =>
      [
        String(columns.sample[row]! + 1),
        field(names[row]!),
        field(groups[row]!),
        field(classes[columns.truth[row]!] ?? ''),
        field(classes[said[row]!]!),
        number(columns.probability[said[row]!]![row]!),
        ...classes.map((_, one) => number(columns.probability[one]![row]!)),
      ].join(','),
    ),
  ];
}

export function flatten(probability: readonly Float64Array[], rows: number): Float64Array {
  const flat = new Float64Array(rows * probability.length);
  for (const [one, values] of probability.entries())
    for (let row = 0; row < rows; row++) flat[row * probability.length + one] = values[row]!;
  return flat;
}
