// The form's labels of the fields of a language model, and which of them are of its first level.
export const GENERATE_FIELD_LABELS: Readonly<Record<string, string>> = {
  'task.window': 'Window',
  'task.tied': 'Tied embedding',
  'task.prompts': 'Prompts',
  'task.sampleTokens': 'Length of the sampled texts',
  'task.sampleTemperature': 'Temperature of the sampled texts',
};

export const GENERATE_BASIC_FIELDS = ['task.input', 'task.tokens.by'];
