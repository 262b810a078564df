// Of the texts that were pursued and the captions of neighbours the one that is expected to be most alike the right one is chosen.
import { expect, test } from 'vitest';
import { chrf, chrfBetween } from '../../../engine/evaluation/pairs/chrf.ts';
import { chooseCaption } from '../../../engine/tasks/caption/choose-caption.ts';

const END = 1;
const WORDS = ['?', '', 'man', 'woman', 'surfing', 'rowing', 'boat', 'hedgehog'];
const textOf = (tokens: readonly number[]) => tokens.map((token) => WORDS[token]).join(' ');
const chosen = (
  share: number,
  probabilities: Readonly<Record<string, number>>,
  captions: readonly string[],
) => {
  const tokensOf = (text: string) => text.split(' ').map((word) => WORDS.indexOf(word));
  const pursued = Object.entries(probabilities).map(([text, probability]) => ({
    tokens: tokensOf(text),
    logProbability: Math.log(probability),
  }));
  const hints = Int32Array.from(captions.flatMap((text) => [...tokensOf(text), END]));
  return textOf(chooseCaption(pursued, hints, { share, lengthPenalty: 0, end: END, textOf }));
};

test('texts that are alike count together: not the most probable one of its own kind', () => {
  const pursued = { hedgehog: 0.4, 'man rowing boat': 0.3, 'woman rowing boat': 0.3 };
  expect(chosen(0, pursued, [])).toMatch(/rowing boat/);
  expect(chosen(0, { hedgehog: 0.9, 'man rowing boat': 0.1 }, [])).toBe('hedgehog');
});

test('captions count by their share and rank, and may be chosen themselves', () => {
  const pursued = { hedgehog: 1 };
  expect(chosen(0.9, pursued, ['man surfing', 'boat'])).toBe('man surfing');
  expect(chosen(0.9, pursued, ['boat', 'man surfing'])).toBe('boat');
  expect(chosen(0.1, pursued, ['boat', 'man surfing'])).toBe('hedgehog');
});

test('hopelessly improbable texts are still told apart', () => {
  const tokens = [[7], [2, 4]];
  const pursued = tokens.map((some, index) => ({ tokens: some, logProbability: -2_000 + index }));
  const choice = { share: 0.2, lengthPenalty: 0, end: END, textOf };
  expect(textOf(chooseCaption(pursued, Int32Array.of(6, END), choice))).toBe('man surfing');
});

test('likeness of texts is chrF2 of each pair', () => {
  const texts = ['man surfing', 'woman surfing', 'boat', ''];
  for (const [written, row] of chrfBetween(texts).entries())
    for (const [reference, value] of row.entries())
      expect(value).toBe(chrf([{ written: texts[written]!, references: [texts[reference]!] }]));
});
