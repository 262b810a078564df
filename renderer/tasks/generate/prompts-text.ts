// Prompts as the lines of a text field, and back. Pure.

/**
 * One a line; a line break inside of one is written `\n`, a backslash `\\`. An empty line is the empty prompt; where it is the last one, a
 * line break ends it, so that the break after the last prompt adds none.
 */
export function textOfPrompts(prompts: readonly string[]): string {
  const lines = prompts.map((prompt) => prompt.replaceAll('\\', '\\\\').replaceAll('\n', '\\n'));
  return lines.at(-1) === '' ? `${lines.join('\n')}\n` : lines.join('\n');
}

/** Undefined without any: the training then chooses its own. */
export function promptsOfText(text: string): string[] | undefined {
  if (text === '') return undefined;
  const lines = text.replace(/\n$/, '').split('\n');
  return lines.map((line) => line.replace(/\\([n\\])/g, (_, sign: string) => (sign === 'n' ? '\n' : sign)));
}
