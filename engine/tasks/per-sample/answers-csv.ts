// The answers to samples as a table: a sample a line, with what is true and what is said.
import type { AnswersFrame } from '../../contract/tasks/answers-frame.ts';
import { field, number } from '../../export/csv-text.ts';

export const ANSWER_COLUMNS = {
  sample: ['row of the sample in its dataset, from 1', ''],
  name: ['name of the sample', ''],
  group: ['group of the sample; empty where there is none', ''],
} as const;

interface Shown {
  /** Columns behind `sample`, `name` and `group`, with the cells of a row. */
  readonly columns: readonly { readonly name: string; cellOf(row: number): string }[];
}

/** The header first. */
export function answerLines({ header, columns }: AnswersFrame, { columns: shown }: Shown): string[] {
  const head = ['sample', 'name', 'group', ...shown.map(({ name }) => name)];
  return [
    head.map(field).join(','),
    ...Array.from(columns.sample, (sample, row) =>
      [
        String(sample + 1),
        field(header.names[row]!),
        field(header.groups[row]!),
        ...shown.map(({ cellOf }) => cellOf(row)),
      ].join(','),
    ),
  ];
}

/** Empty where it is not known. */
export const known = (value: number): string => (Number.isNaN(value) ? '' : number(value));
