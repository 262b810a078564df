// The options of a benchmark. What it does not know is refused before anything is measured.
import { type ParseArgsConfig, parseArgs } from 'node:util';

type Options = NonNullable<ParseArgsConfig['options']>;

/** Values by name. Prints the usage and ends the process where that is asked for (code 0) or where something is unknown (code 2). */
export function readOptions<const T extends Options>(args: readonly string[], options: T, usage: string) {
  if (args.includes('--help') || args.includes('-h')) {
    console.log(usage);
    process.exit(0);
  }
  try {
    return parseArgs({ args: [...args], options, strict: true }).values;
  } catch (error) {
    return refuse((error as Error).message.replace(/\. To specify .*/s, '.'), usage);
  }
}

export function refuse(complaint: string, usage: string): never {
  console.error(complaint);
  console.error(usage);
  process.exit(2);
}
