// The beginnings that are continued after every validation: those of the experiment, or none and two beginnings of validation texts.
import type { GenerateTask } from '../../contract/tasks/generate.ts';
import type { TextCoder } from '../../data/samples/text-tokens.ts';

const LONGEST = 24;

/** @param validation texts of the validation part */
export function promptsFor(
  { prompts, tokens: { by } }: Pick<GenerateTask, 'prompts' | 'tokens'>,
  validation: readonly string[],
  coder: TextCoder,
): readonly string[] {
  if (prompts) return prompts;
  const [first = ''] = validation;
  const middle =
    validation.length > 1
      ? validation[Math.floor(validation.length / 2)]!
      : first.slice(Math.floor(first.length / 2)).replace(/^\S*\s+/, '');
  return ['', ...new Set([beginningOf(first, coder, by), beginningOf(middle, coder, by)])];
}

const MOST_ITEMS = 4;

const firstItems = (items: readonly string[]): string =>
  items
    .slice(0, Math.min(MOST_ITEMS, Math.max(1, Math.floor(items.length / 3))))
    .join('')
    .trim();

/** A third of a short text, else a few words. */
function beginningOf(text: string, coder: TextCoder, by: GenerateTask['tokens']['by']): string {
  if (by === 'items') return firstItems(coder.cut(text));
  const tidy = coder.tidy(text).trimStart();
  const letters = [...tidy];
  const most = Math.min(LONGEST, Math.max(1, Math.floor(letters.length / 3)));
  const cut = letters.slice(0, most).join('');
  const words = letters.length > LONGEST * 3 ? cut.replace(/\s+\S*$/, '') : cut;
  return words === '' ? cut : words;
}
