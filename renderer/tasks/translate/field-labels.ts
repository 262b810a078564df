// The form's labels of the fields of a translator, and which of them are of its first level.
export const TRANSLATE_FIELD_LABELS: Readonly<Record<string, string>> = {
  'task.target': 'What is written',
  'task.targetTokens.by': 'Tokens that are written',
  'task.targetTokens.lowerCase': 'Lower case, written',
  'task.targetTokens.most': 'Most tokens known, written',
  'task.targetTokens.fewest': 'Fewest occurrences, written',
  'task.bidirectional': 'Reads from both ends',
  'task.attentionScores': 'Scores of attention',
  'task.beam': 'Beam',
  'task.lengthPenalty': 'Length penalty',
};

export const TRANSLATE_BASIC_FIELDS = ['task.target', 'task.targetTokens.by'];
