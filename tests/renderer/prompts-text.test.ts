// Prompts as the lines of a text field, and back.
import { expect, test } from 'vitest';
import { promptsOfText, textOfPrompts } from '../../renderer/tasks/generate/prompts-text.ts';

test.each<[string, readonly string[]]>([
  ['the whale', ['the whale']],
  ['the whale\n the sea ', ['the whale', ' the sea ']],
  ['\nthe whale', ['', 'the whale']],
  ['\n', ['']],
  ['the whale\n\n', ['the whale', '']],
  ['KING:\\nSo\n\\\\n', ['KING:\nSo', '\\n']],
])('%j is %j, both ways', (text, prompts) => {
  expect(promptsOfText(text)).toEqual(prompts);
  expect(textOfPrompts(prompts)).toBe(text);
});

test('a break after the last prompt adds none, and no text leaves the choice to the training', () => {
  expect(promptsOfText('the whale\n')).toEqual(['the whale']);
  expect(promptsOfText('')).toBeUndefined();
  expect(textOfPrompts([])).toBe('');
});
