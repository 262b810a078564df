// The parts that the definitions of all verbs share.
import type { Command } from 'commander';
import type { Perform } from '../context.ts';

/** Takes what the command line asks for; it is performed after parsing. Verbs are imported only then, since starting must be quick. */
export type Choose = (perform: Perform) => void;

export type Define = (program: Command, choose: Choose) => void;

export const RUN = '<RUN>';
export const RUN_TEXT = "the run's number or its exact name";
export const TARGET_TEXT = 'the number or the exact name of a run (3) or a study (s3)';

/** Examples at the end of a verb's help. */
export function examples(command: Command, ...lines: string[]): Command {
  const title = lines.length === 1 ? 'Example:' : 'Examples:';
  return command.addHelpText('after', `\n${title}\n${lines.map((line) => `  ${line}`).join('\n')}`);
}
