// What the form calls the fields of tasks, by their path in an experiment. Apart from the screens, which themselves ask for labels.
import { FORECAST_FIELD_LABELS } from './forecast/field-labels.ts';

export const TASK_FIELD_LABELS: Readonly<Record<string, string>> = { ...FORECAST_FIELD_LABELS };
