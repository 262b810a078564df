// The form's first level of a labelling; its labels are those of other tasks.
export const LABEL_BASIC_FIELDS = ['task.target', 'task.tokens.by'];
