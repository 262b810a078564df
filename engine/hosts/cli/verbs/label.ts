// `hindcast label RUN TEXTS...`: the label of each word or letter of texts, a line for each text; of series a line for each row.

import { type Labelled, LONGEST_LABELLED, MOST_LABELLED } from '../../../contract/results/labelling.ts';
import { asLabelTask } from '../../../contract/tasks/label.ts';
import { HindcastError } from '../../../contract/values/errors.ts';
import type { RunReference } from '../../../contract/values/ids.ts';
import { requireShort } from '../../../words/short-texts.ts';
import { neverSeen } from '../../../words/unknown-items.ts';
import type { Outcome, VerbContext } from '../context.ts';
import { safeText } from '../text/safe-text.ts';
import { linesOfFile } from './lines-of-file.ts';
import { rowsToLabel } from './rows-to-label.ts';

export interface LabelArguments {
  readonly run: RunReference;
  readonly texts: readonly string[];
  readonly input?: string;
}

export async function label(context: VerbContext, given: LabelArguments): Promise<Outcome> {
  const { run, input, texts: named } = given;
  const { client } = await context.connect('existing');
  const { configuration } = await client.runs.get({ run });
  const { window } = asLabelTask(configuration.task);
  const ofFile = (path: string) => (window ? rowsToLabel(path, window) : linesOfFile(path));
  const texts = [...named, ...(input === undefined ? [] : await ofFile(input))];
  if (texts.length === 0) {
    const message = 'There is no text to label; write some behind the run, or name a file with --input.';
    throw new HindcastError('invalid-input', message);
  }
  requireShort(texts, LONGEST_LABELLED);
  const found: Labelled[] = [];
  for (let from = 0; from < texts.length; from += MOST_LABELLED)
    found.push(await client.labelling.label({ run, texts: texts.slice(from, from + MOST_LABELLED) }));
  const all = found.flatMap(({ classes, texts: some }) =>
    some.map(({ tokens }) =>
      tokens.map(({ text, said, probability }) => ({ text, label: classes[said]!, probability })),
    ),
  );
  // Of rows each has a line.
  const between = window ? '\n' : ' ';
  const lines = all.map((tokens) => tokens.map(({ text, label: name }) => `${text}/${name}`).join(between));
  const unknown = [...new Set(found.flatMap((some) => some.unknown))];
  if (!context.json && unknown.length > 0) context.terminal.err(`note: ${neverSeen(unknown)}\n`);
  return {
    json: { run, texts: all.map((tokens, index) => ({ text: texts[index], tokens })), unknown },
    text: safeText(lines.join('\n')),
  };
}
