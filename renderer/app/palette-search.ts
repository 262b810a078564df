// Which commands the palette offers for what is typed: every word must occur, and a number names its run or study. Pure.
import { studyNumberOf } from '../../engine/contract/values/ids.ts';

export interface Command {
  readonly id: string;
  readonly label?: string | undefined;
  readonly description?: string | undefined;
}

/** `run 12`, `#12`, `12`, `study 3`, `s3` -> the id of the command that opens it; null where no number is named. */
export function namedBy(query: string): string | null {
  const text = query.trim().toLowerCase();
  const run = /^(?:run\s*#?|#)?(\d+)$/.exec(text)?.[1];
  if (run !== undefined) return `run-${Number(run)}`;
  const study = /^study\s*s?(\d+)$/.exec(text)?.[1] ?? studyNumberOf(text);
  return study === null ? null : `study-${Number(study)}`;
}

/** What a number names comes first, and then what has all words, in the order that they are given. */
export function findCommands<T extends Command>(query: string, commands: readonly T[]): T[] {
  const words = query.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const named = namedBy(query);
  const first = commands.filter(({ id }) => id === named);
  const rest = commands.filter((command) => {
    const text = `${command.label ?? ''} ${command.description ?? ''}`.toLowerCase();
    return command.id !== named && words.every((word) => text.includes(word));
  });
  return [...first, ...rest];
}
