// The form's labels of the fields of a labelling that no other task has, and its first level.
export const LABEL_FIELD_LABELS: Readonly<Record<string, string>> = {
  'task.noLabel': 'Sign for no label',
};

export const LABEL_BASIC_FIELDS = ['task.target', 'task.tokens.by'];
