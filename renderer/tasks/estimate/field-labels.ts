// The form's labels of the fields of an estimate, and which of them are of its first level. What it shares with a classification has the labels
// of that.
export const ESTIMATE_FIELD_LABELS: Readonly<Record<string, string>> = { 'task.value': 'Number' };

export const ESTIMATE_BASIC_FIELDS = ['task.value'];
