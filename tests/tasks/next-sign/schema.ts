// The schema of a toy task: does a column rise or fall at the next row?
import { z } from 'zod';
import type { Task } from '../../../engine/contract/tasks/task.ts';
import { ColumnNames } from '../../../engine/contract/values/fields.ts';

export const NextSignSchema = z.strictObject({
  kind: z.literal('next-sign'),
  columns: ColumnNames.length(1),
  window: z.int().positive().default(6),
  loss: z.literal('cross-entropy').default('cross-entropy'),
  metrics: z.array(z.literal('accuracy')).default(['accuracy']),
});
export type NextSign = z.infer<typeof NextSignSchema> & Task;
