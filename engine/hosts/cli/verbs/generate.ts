// `hindcast generate RUN`: a new text, token by token on stdout as it is written, or in a file, also as music.
import { extname } from 'node:path';
import type { WritingOptions } from '../../../contract/results/generation.ts';
import { HindcastError } from '../../../contract/values/errors.ts';
import type { RunReference } from '../../../contract/values/ids.ts';
import type { Outcome, VerbContext } from '../context.ts';
import { refuseExisting, writeNewFile } from '../files.ts';
import { safeText } from '../text/safe-text.ts';
import { UsageError } from '../usage.ts';
import { cancellable } from '../watch/cancellable.ts';

export interface GenerateArguments extends Partial<WritingOptions> {
  readonly run: RunReference;
  /** Tokens. */
  readonly length: number;
  readonly out?: string;
  readonly force?: boolean;
}

/** The first words come at once, later ones in larger pieces. */
const FIRST = 10;
const PIECE = 200;

export async function generate(context: VerbContext, given: GenerateArguments): Promise<Outcome> {
  const { run, length, out, force = false, ...options } = given;
  if (out !== undefined) requireKind(out);
  if (out !== undefined) await refuseExisting(out, 'file', force);
  const { client } = await context.connect('existing');
  const { terminal, json } = context;
  const prompt = options.prompt ?? '';
  let text = '';
  const work = async (_line: (text: string) => void, signal: AbortSignal) => {
    for (let from = 0; from < length; ) {
      const count = Math.min(from === 0 ? FIRST : PIECE, length - from);
      const { tokens } = await client.generation.write({ run, ...options, from, count }, { signal });
      if (!json && out === undefined) terminal.out(safeText((from === 0 ? prompt : '') + tokens.join('')));
      text += tokens.join('');
      from += count;
    }
    return { text };
  };
  await cancellable(terminal, work, 'The text was cancelled.');
  if (out !== undefined) {
    await writeNewFile(out, await contentFor(out, prompt + text), force);
    return { json: { run, ...options, prompt, text, file: out }, text: `Wrote ${out}.` };
  }
  if (!json) terminal.out('\n');
  return { json: { run, ...options, prompt, text }, text: '' };

  async function contentFor(path: string, whole: string): Promise<Uint8Array> {
    const kind = extname(path).toLowerCase();
    if (!MUSIC.includes(kind)) return new TextEncoder().encode(`${whole}\n`);
    const music = await client.generation.music({ text: whole, hasWave: kind === '.wav' });
    const file = kind === '.wav' ? music?.wave : music?.midi;
    if (file) return new Uint8Array(await file.arrayBuffer());
    const message = `What run ${run} wrote is no music: it has no tune in ABC notation and no events of MIDI files; name a .txt file, or write more with --length.`;
    throw new HindcastError('invalid-input', message);
  }
}

const MUSIC = ['.mid', '.midi', '.wav'];
/** A text in a file of such a name would not open. */
const OTHER_FILES = /^\.(mp3|ogg|opus|flac|m4a|aac|pdf|png|svg|jpe?g|docx?|zip)$/;

function requireKind(out: string): void {
  const kind = extname(out).toLowerCase();
  if (!OTHER_FILES.test(kind)) return;
  throw new UsageError(
    `generate writes texts and music, and ${kind} is the name of another kind of file; name a .txt, .mid or .wav file.`,
    { option: '--out' },
  );
}
