// Fields in the engine's sentences: by path for the JSON, by label for the form.
import { describe, expect, it } from 'vitest';
import { formField, formWords } from '../../renderer/features/design/form-words.ts';

describe('a sentence beside the form', () => {
  it.each([
    [
      'The last 30 rows (task.lookback) are not there; lower it.',
      'The last 30 rows are not there; lower it.',
    ],
    ['choose a numeric column in task.targets.', 'choose a numeric column in “Forecast”.'],
    [
      'lower model.units, model.layers, training.batchSize or task.lookback.',
      'lower “Units”, “Layers”, “Batch size” or “Look-back”.',
    ],
    ['Lower training.optimizer.learningRate (0.1).', 'Lower “Learning rate” (0.1).'],
    ['lower model.segment.length, or more', 'lower “Segment length, rows”, or more'],
  ])('%s', (sentence, words) => expect(formWords(sentence)).toBe(words));

  it('keeps what the form has no field for', () => {
    const sentence = 'The file data.model.csv has no model.thing (split.elsewhere); see the model (LSTM).';
    expect(formWords(sentence)).toBe(sentence);
  });
});

it('a field is called as the form calls it, or as what is around it', () => {
  expect(
    ['task.lookback', 'task.targets.0', 'pipeline.2.offset', 'model.units', 'model', '', 'elsewhere'].map(
      formField,
    ),
  ).toEqual(['Look-back', 'Forecast', 'Pipeline', 'Units', 'Model', undefined, undefined]);
});
