// Reads a task of any kind. The resulting type has only what all tasks share, so only a kind's own folder sees more.
import { z } from 'zod';
import { TASK_SCHEMAS } from './registry.ts';
import type { Task } from './task.ts';

export const TaskSchema: z.ZodType<Task> = z.discriminatedUnion('kind', TASK_SCHEMAS);
