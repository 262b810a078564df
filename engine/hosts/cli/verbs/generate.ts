// `hindcast generate RUN`: a new text, token by token on stdout as it is written.
import type { WritingOptions } from '../../../contract/generation.ts';
import type { RunReference } from '../../../contract/ids.ts';
import type { Outcome, VerbContext } from '../context.ts';
import { safeText } from '../text/safe-text.ts';
import { cancellable } from '../watch/cancellable.ts';

export interface GenerateArguments extends Partial<WritingOptions> {
  readonly run: RunReference;
  /** Tokens. */
  readonly length: number;
}

/** The first words come at once, later ones in larger pieces. */
const FIRST = 10;
const PIECE = 200;

export async function generate(context: VerbContext, given: GenerateArguments): Promise<Outcome> {
  const { run, length, ...options } = given;
  const { client } = await context.connect('existing');
  const { terminal, json } = context;
  const prompt = options.prompt ?? '';
  let text = '';
  const work = async (_line: (text: string) => void, signal: AbortSignal) => {
    for (let from = 0; from < length; ) {
      const count = Math.min(from === 0 ? FIRST : PIECE, length - from);
      const { tokens } = await client.generation.write({ run, ...options, from, count }, { signal });
      if (!json) terminal.out(safeText((from === 0 ? prompt : '') + tokens.join('')));
      text += tokens.join('');
      from += count;
    }
    return { text };
  };
  await cancellable(terminal, work, 'The text was cancelled.');
  if (!json) terminal.out('\n');
  return { json: { run, ...options, prompt, text }, text: '' };
}
