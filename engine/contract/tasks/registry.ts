// The kinds of tasks that an experiment can have. A new kind is a file beside forecast.ts and a line here; its defaults that
// depend on the data are in engine/defaults/tasks, its behaviour in engine/tasks, its screens in renderer/tasks.
import type { RecordedFields } from '../values/fields.ts';
import { CaptionTaskSchema } from './caption.ts';
import { ClassifyTaskSchema } from './classify.ts';
import { EstimateTaskSchema } from './estimate.ts';
import { ForecastTaskSchema, recordedForecast } from './forecast.ts';
import { GenerateTaskSchema } from './generate.ts';
import { LabelTaskSchema } from './label.ts';
import { TagTaskSchema } from './tag.ts';
import { TranslateTaskSchema } from './translate.ts';
import { VideoTaskSchema } from './video.ts';

export const TASK_SCHEMAS = [
  ForecastTaskSchema,
  ClassifyTaskSchema,
  TagTaskSchema,
  EstimateTaskSchema,
  LabelTaskSchema,
  TranslateTaskSchema,
  GenerateTaskSchema,
  VideoTaskSchema,
  CaptionTaskSchema,
] as const;

/** Each adds to a recorded task of its kind the options that came later, and leaves other tasks as they are. */
export const RECORDED_TASKS: readonly ((task: RecordedFields) => RecordedFields)[] = [recordedForecast];
