// The beginnings that are continued after every validation: those of the experiment, or none and two beginnings of validation texts.
import type { GenerateTask } from '../../contract/tasks/generate.ts';
import type { TextCoder } from '../../data/samples/text-tokens.ts';

const LONGEST = 24;

/** @param validation texts of the validation part */
export function promptsFor(
  { prompts }: Pick<GenerateTask, 'prompts'>,
  validation: readonly string[],
  coder: TextCoder,
): readonly string[] {
  if (prompts) return prompts;
  const [first = ''] = validation;
  const middle =
    validation.length > 1
      ? validation[Math.floor(validation.length / 2)]!
      : first.slice(Math.floor(first.length / 2)).replace(/^\S*\s+/, '');
  return ['', ...new Set([beginningOf(first, coder), beginningOf(middle, coder)])];
}

/** A third of a short text, else a few words. */
function beginningOf(text: string, coder: TextCoder): string {
  const tidy = coder.tidy(text).trimStart();
  const letters = [...tidy];
  const most = Math.min(LONGEST, Math.max(1, Math.floor(letters.length / 3)));
  const cut = letters.slice(0, most).join('');
  const words = letters.length > LONGEST * 3 ? cut.replace(/\s+\S*$/, '') : cut;
  return words === '' ? cut : words;
}
