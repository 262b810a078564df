// The form's labels of the fields of a classification, and which of them are of its first level.
export const CLASSIFY_FIELD_LABELS: Readonly<Record<string, string>> = {
  'task.input': 'Input',
  'task.label': 'Classes',
  'task.tokens.by': 'Tokens',
  'task.tokens.lowerCase': 'Lower case',
  'task.tokens.most': 'Most tokens known',
  'task.tokens.fewest': 'Fewest occurrences',
  'task.mostSteps': 'Longest sample',
  'task.embedding': 'Length of a token vector',
  'task.readout': 'Readout',
  'task.classWeights': 'Class weights',
  'task.labelSmoothing': 'Label smoothing',
  'split.by': 'Parts by',
  'split.train': 'Training',
  'split.validation': 'Validation',
  'split.seed': 'Seed of the split',
};

export const CLASSIFY_BASIC_FIELDS = ['task.input', 'task.label'];
