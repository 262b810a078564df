// `hindcast caption RUN PICTURES...`: what a run writes for picture files, a line for each.

import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { Caption } from '../../../contract/results/captioning.ts';
import { HindcastError } from '../../../contract/values/errors.ts';
import type { RunReference } from '../../../contract/values/ids.ts';
import { shareCell } from '../../../words/share-text.ts';
import type { Outcome, VerbContext } from '../context.ts';
import { safeText } from '../text/safe-text.ts';

export interface CaptionArguments {
  readonly run: RunReference;
  readonly pictures: readonly string[];
  readonly beam?: number;
  readonly alternatives?: boolean;
}

export async function caption(context: VerbContext, given: CaptionArguments): Promise<Outcome> {
  const { run, pictures, beam, alternatives = false } = given;
  const { client } = await context.connect('existing');
  const found: (Caption & { readonly picture: string })[] = [];
  for (const picture of pictures) {
    const content = (await contentOf(picture)).toString('base64');
    const asked = { run, picture: content, ...(beam && { beam }) };
    found.push({ picture, ...(await client.captioning.write(asked).catch(ofFile(picture))) });
  }
  const silent = found.filter(({ text }) => text === '').map(({ picture }) => basename(picture));
  if (!context.json && silent.length > 0)
    context.terminal.err(`note: the model wrote nothing for ${silent.join(', ')}\n`);
  const lines = found.flatMap(({ picture, text, alternatives: others }) => [
    pictures.length > 1 ? `${basename(picture)}: ${text}` : text,
    ...(alternatives ? others.map((one) => `  ${shareCell(one.probability, 2)}  ${one.text}`) : []),
  ]);
  return { json: { run, captions: found }, text: safeText(lines.join('\n')) };
}

/** What was wrong with a picture, with its name: the engine knows none. */
const ofFile =
  (picture: string) =>
  (cause: unknown): never => {
    if (!(cause instanceof HindcastError) || cause.code !== 'file-unreadable') throw cause;
    const message = `${basename(picture)} cannot be read: ${cause.message}; name another file.`;
    throw new HindcastError(cause.code, message, { cause, details: { file: picture } });
  };

async function contentOf(picture: string): Promise<Buffer> {
  try {
    return await readFile(resolve(picture));
  } catch (cause) {
    const message = `${picture} cannot be read; name a PNG, JPEG or GIF file.`;
    throw new HindcastError('file-missing', message, { cause, details: { file: picture } });
  }
}
