// Questions before something is deleted for good.
import type { Terminal } from '../context.ts';
import { UsageError } from '../usage.ts';

/** A verb that deletes needs --yes, or a terminal in which to ask. */
export function requireAnswer(
  terminal: Terminal,
  verb: string,
  thing: string,
  yes: boolean | undefined,
): void {
  if (yes || terminal.inIsTerminal) return;
  throw new UsageError(
    `${verb} needs --yes without a terminal to ask in; a deleted ${thing} cannot be restored.`,
    { option: '--yes' },
  );
}

/** True where the answer is yes; anything else is no. */
export async function askForGood(terminal: Terminal, what: string): Promise<boolean> {
  const answer = await terminal.ask(`Delete ${what} for good? [y/N] `);
  return /^y(es)?$/i.test(answer.trim());
}
