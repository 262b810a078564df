// The form's labels of the fields of a forecast of frames that no other task has, and its first level.
export const VIDEO_FIELD_LABELS: Readonly<Record<string, string>> = {
  'task.given': 'Read',
  'task.ahead': 'Ahead',
  'task.relative': 'Changes from the last frame',
};

export const VIDEO_BASIC_FIELDS = ['task.given', 'task.ahead'];
