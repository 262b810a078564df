// The options of a benchmark. Unknown ones are refused before anything is measured.
import { type ParseArgsConfig, parseArgs } from 'node:util';

type Options = NonNullable<ParseArgsConfig['options']>;

/** Values by name. Prints the usage and ends the process where that is asked for (code 0) or where something is unknown (code 2). */
export function readOptions<const T extends Options>(args: readonly string[], options: T, usage: string) {
  helpIfAsked(args, usage);
  try {
    return parseArgs({ args: [...args], options, strict: true }).values;
  } catch (error) {
    return refuseAs(error, usage);
  }
}

/** The same of a benchmark that takes more than options: a file. */
export function readArguments<const T extends Options>(args: readonly string[], options: T, usage: string) {
  helpIfAsked(args, usage);
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: true });
  } catch (error) {
    return refuseAs(error, usage);
  }
}

function helpIfAsked(args: readonly string[], usage: string): void {
  if (!args.includes('--help') && !args.includes('-h')) return;
  console.log(usage);
  process.exit(0);
}

const refuseAs = (error: unknown, usage: string): never =>
  refuse((error as Error).message.replace(/\. To specify .*/s, '.'), usage);

/** What is counted: `seeds`. Refused where the text is no whole number above 0. */
export function countOf(text: string, option: string, what: string, usage: string): number {
  const count = Number(text);
  return Number.isInteger(count) && count > 0
    ? count
    : refuse(`${option} takes a number of ${what}, at least 1.`, usage);
}

export function refuse(complaint: string, usage: string): never {
  console.error(complaint);
  console.error(usage);
  process.exit(2);
}
