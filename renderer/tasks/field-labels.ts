// The form's labels of task fields, by their path in an experiment. Not a part of the screens, because the screens themselves ask
// for labels.
import { CLASSIFY_FIELD_LABELS } from './classify/field-labels.ts';
import { FORECAST_FIELD_LABELS } from './forecast/field-labels.ts';

export const TASK_FIELD_LABELS: Readonly<Record<string, string>> = {
  ...FORECAST_FIELD_LABELS,
  ...CLASSIFY_FIELD_LABELS,
};
