// `hindcast translate RUN TEXTS...`: what a translator writes for texts, a line for each.

import {
  LONGEST_TRANSLATED,
  MOST_TRANSLATED,
  type TranslatingOptions,
  type Translation,
} from '../../../contract/results/translation.ts';
import { HindcastError } from '../../../contract/values/errors.ts';
import type { RunReference } from '../../../contract/values/ids.ts';
import { cutTo } from '../../../contract/values/shortened.ts';
import { shareCell } from '../../../words/share-text.ts';
import { requireShort } from '../../../words/short-texts.ts';
import type { Outcome, VerbContext } from '../context.ts';
import { safeText } from '../text/safe-text.ts';
import { linesOfFile } from './lines-of-file.ts';

export interface TranslateArguments extends TranslatingOptions {
  readonly run: RunReference;
  readonly with?: readonly RunReference[];
  readonly texts: readonly string[];
  readonly input?: string;
  readonly alternatives?: boolean;
}

export async function translate(context: VerbContext, given: TranslateArguments): Promise<Outcome> {
  const { run, with: others = [], input, alternatives = false, texts: named, ...options } = given;
  const texts = [...named, ...(input === undefined ? [] : await linesOfFile(input))];
  if (texts.length === 0) {
    const message = 'There is no text to translate; write some behind the run, or name a file with --input.';
    throw new HindcastError('invalid-input', message);
  }
  requireShort(texts, LONGEST_TRANSLATED);
  const { client } = await context.connect('existing');
  const found: Translation[] = [];
  for (let from = 0; from < texts.length; from += MOST_TRANSLATED) {
    const some = texts.slice(from, from + MOST_TRANSLATED);
    found.push(...(await client.translation.translate({ run, with: [...others], texts: some, ...options })));
  }
  if (!context.json) for (const note of unknownNotes(texts, found)) context.terminal.err(`note: ${note}\n`);
  const json = found.map((one, index) => ({ source: texts[index], ...one }));
  return {
    json: { run, ...(others.length > 0 && { with: others }), translations: json },
    text: safeText(found.flatMap(linesFor).join('\n')),
  };

  function linesFor({ text, alternatives: others }: Translation): string[] {
    if (!alternatives) return [text];
    return [text, ...others.map((one) => `  ${shareCell(one.probability, 2)}  ${one.text}`)];
  }
}

const MOST_NOTES = 5;
/** Characters of what is unknown. */
const LONGEST_NOTE = 200;

function unknownNotes(texts: readonly string[], found: readonly Translation[]): string[] {
  return found
    .flatMap(({ unknown }, index) =>
      unknown.length === 0
        ? []
        : [
            `"${texts[index]!.slice(0, 60)}" has what the training texts never have: ${cutTo(
              LONGEST_NOTE,
              unknown
                .slice(0, 8)
                .map((one) => JSON.stringify(one))
                .join(', '),
            )}`,
          ],
    )
    .slice(0, MOST_NOTES);
}
