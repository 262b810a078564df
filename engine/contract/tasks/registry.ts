// The kinds of tasks that an experiment can have. A new one is a file beside forecast.ts and a line here; what it does is in
// engine/tasks, what it looks like in renderer/tasks.
import { ForecastTaskSchema } from './forecast.ts';

export const TASK_SCHEMAS = [ForecastTaskSchema] as const;
