// The form's labels of the fields of a forecast of frames that no other task has, and its first level.
export const VIDEO_FIELD_LABELS: Readonly<Record<string, string>> = {
  'task.given': 'Frames read',
  'task.ahead': 'Frames ahead',
  'task.relative': 'Changes from the last frame',
};

export const VIDEO_BASIC_FIELDS = ['task.given', 'task.ahead'];
