// What each kind of task leaves to the data. A new kind is a file beside forecast.ts and a line here.
import type { DatasetFacts } from '../../contract/datasets/dataset.ts';
import type { RecordedFields } from '../../contract/values/fields.ts';
import { completeCaption } from './caption.ts';
import { completeClassify } from './classify.ts';
import { completeEstimate } from './estimate.ts';
import { completeForecast, nameForecast } from './forecast.ts';
import { completeGenerate } from './generate.ts';
import { completeLabel } from './label.ts';
import { completeTag } from './tag.ts';
import { completeTranslate } from './translate.ts';
import { completeVideo } from './video.ts';

type Complete = (configuration: RecordedFields, facts: DatasetFacts | null) => RecordedFields;

/** Each completes a configuration with a task of its kind, and gives back any other. */
export const TASK_DEFAULTS: readonly Complete[] = [
  completeForecast,
  completeClassify,
  completeTag,
  completeEstimate,
  completeLabel,
  completeTranslate,
  completeGenerate,
  completeVideo,
  completeCaption,
];

/** Each names in a recorded task of its kind what was left out, and gives back any other. */
export const RECORDED_DEFAULTS: readonly ((task: RecordedFields) => RecordedFields)[] = [nameForecast];
