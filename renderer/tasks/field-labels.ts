// What the form knows of task fields, by their path in an experiment: labels, and which are of its first level. Not a part of the
// screens, because the screens themselves ask for it.
import { CAPTION_BASIC_FIELDS, CAPTION_FIELD_LABELS } from './caption/field-labels.ts';
import { CLASSIFY_BASIC_FIELDS, CLASSIFY_FIELD_LABELS } from './classify/field-labels.ts';
import { ESTIMATE_BASIC_FIELDS, ESTIMATE_FIELD_LABELS } from './estimate/field-labels.ts';
import { FORECAST_BASIC_FIELDS, FORECAST_FIELD_LABELS } from './forecast/field-labels.ts';
import { GENERATE_BASIC_FIELDS, GENERATE_FIELD_LABELS } from './generate/field-labels.ts';
import { LABEL_BASIC_FIELDS, LABEL_FIELD_LABELS } from './label/field-labels.ts';
import { TAG_BASIC_FIELDS, TAG_FIELD_LABELS } from './tag/field-labels.ts';
import { TRANSLATE_BASIC_FIELDS, TRANSLATE_FIELD_LABELS } from './translate/field-labels.ts';
import { VIDEO_BASIC_FIELDS, VIDEO_FIELD_LABELS } from './video/field-labels.ts';

export const TASK_FIELD_LABELS: Readonly<Record<string, string>> = {
  ...FORECAST_FIELD_LABELS,
  ...CAPTION_FIELD_LABELS,
  ...CLASSIFY_FIELD_LABELS,
  ...VIDEO_FIELD_LABELS,
  ...GENERATE_FIELD_LABELS,
  ...TAG_FIELD_LABELS,
  ...ESTIMATE_FIELD_LABELS,
  ...LABEL_FIELD_LABELS,
  ...TRANSLATE_FIELD_LABELS,
};

export const TASK_BASIC_FIELDS: readonly string[] = [
  ...FORECAST_BASIC_FIELDS,
  ...CAPTION_BASIC_FIELDS,
  ...CLASSIFY_BASIC_FIELDS,
  ...VIDEO_BASIC_FIELDS,
  ...GENERATE_BASIC_FIELDS,
  ...TAG_BASIC_FIELDS,
  ...ESTIMATE_BASIC_FIELDS,
  ...LABEL_BASIC_FIELDS,
  ...TRANSLATE_BASIC_FIELDS,
];
