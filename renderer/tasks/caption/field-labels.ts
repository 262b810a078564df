// Labels of the task's fields, and which are of the form's first level; others are those of translations and of classified images.
export const CAPTION_FIELD_LABELS = {
  'task.neighbours': 'Captions of similar images',
  'task.neighbourShare': 'Share of these captions',
};
export const CAPTION_BASIC_FIELDS = ['task.target', 'task.targetTokens.by'];
