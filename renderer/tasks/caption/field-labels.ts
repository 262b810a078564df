// The fields of captions are those of translations and of classified images; their first level has nothing of its own.
export const CAPTION_BASIC_FIELDS = ['task.target', 'task.targetTokens.by'];
