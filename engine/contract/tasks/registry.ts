// The kinds of tasks that an experiment can have. A new kind is a file beside forecast.ts and a line here; its behaviour is in
// engine/tasks, its screens in renderer/tasks.
import type { DatasetFacts } from '../dataset.ts';
import type { RecordedFields } from '../fields.ts';
import { completeForecast, ForecastTaskSchema, recordedForecast } from './forecast.ts';

export const TASK_SCHEMAS = [ForecastTaskSchema] as const;

/** Each adds to a recorded task of its kind the options that came later, and leaves other tasks as they are. */
export const RECORDED_TASKS: readonly ((task: RecordedFields) => RecordedFields)[] = [recordedForecast];

type Complete = (configuration: RecordedFields, facts: DatasetFacts | null) => RecordedFields;

/** Each adds to a configuration with a task of its kind what that leaves out and the data decide, and leaves others as they are. */
export const TASK_DEFAULTS: readonly Complete[] = [completeForecast];
