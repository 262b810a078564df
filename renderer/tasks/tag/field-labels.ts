// The form's labels of the fields of a task that gives labels, and which of them are of its first level. What it shares with a
// classification has the labels of that.
export const TAG_FIELD_LABELS: Readonly<Record<string, string>> = { 'task.labels': 'Labels' };

export const TAG_BASIC_FIELDS = ['task.labels'];
