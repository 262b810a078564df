// Models read texts and images too: only what is of windows of series speaks of rows.
import { expect, test } from 'vitest';
import { WINDOW_FIELDS } from '../../engine/contract/experiment/model.ts';
import { MODEL_DESCRIPTIONS } from '../../engine/words/model-descriptions.ts';
import { MODEL_TEXTS } from '../../renderer/features/design/field-texts.ts';

const OF_WINDOWS = Object.keys(WINDOW_FIELDS);

test('the fields of models that read anything speak of steps', () => {
  const fields = Object.entries(MODEL_TEXTS).filter(([name]) => !OF_WINDOWS.includes(name.split('.')[0]!));
  expect(fields.length).toBeGreaterThan(15);
  for (const [name, { label, help }] of fields)
    expect(`${label}: ${help}`, name).not.toMatch(/\b(rows?|series|windows?|past)\b/i);
});

test('so do the sentences that describe them', () => {
  for (const { kind, sentence } of MODEL_DESCRIPTIONS)
    expect(sentence, kind).not.toMatch(/\b(rows?|windows?|past)\b/i);
});
