// What is wrong with a draft that does not fit its schema, in words that know its data.
import type { z } from 'zod';
import type { DatasetFacts } from '../../contract/datasets/dataset.ts';
import { type FieldIssue, fieldIssues } from '../../contract/values/issues.ts';

/** @param facts of the dataset; null: it is not known */
export function draftIssues(
  error: z.ZodError,
  configuration: unknown,
  facts: DatasetFacts | null,
): FieldIssue[] {
  const lacksLabels = facts?.samples?.label === null;
  return fieldIssues(error, configuration).map((issue) =>
    lacksLabels && OF_LABELS.includes(issue.field) && issue.message.startsWith('is missing')
      ? { ...issue, message: HOW_TO_LABEL }
      : issue,
  );
}

/** Fields that the label of the samples fills. */
const OF_LABELS = ['task.label', 'task.labels'];

const HOW_TO_LABEL =
  'is missing, because the samples have no labels: import them again with a column of labels, a folder for each class or, in FASTA and FASTQ, label=... in each header or a CSV file of names and labels beside the file';
