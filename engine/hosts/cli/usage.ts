// Wrong use of the command line: one sentence with the mistake and the remedy; exit code 2.
import type { Command, CommanderError } from 'commander';
import { HindcastError } from '../../contract/values/errors.ts';

export class UsageError extends HindcastError {
  constructor(message: string, details?: Readonly<Record<string, unknown>>) {
    super('invalid-input', message, details ? { details } : {});
  }
}

/** Full name as typed: `hindcast train`. */
function fullName(command: Command): string {
  return command.parent ? `${fullName(command.parent)} ${command.name()}` : command.name();
}

const quoted = (text: string): RegExpMatchArray | null => text.match(/'([^']*)'/);

/** Commander's complaint about `command` in our words. */
export function usageErrorFrom(error: CommanderError, command: Command): UsageError {
  const name = command.parent ? command.name() : 'hindcast';
  const help = `\`${fullName(command)} --help\``;
  const subject = quoted(error.message)?.[1] ?? '';
  const meant = error.message.match(/Did you mean (?:one of )?(.*)\?\)/)?.[1];
  const hint = meant ? `; did you mean ${meant.replaceAll(', ', ' or ')}?` : '.';
  switch (error.code) {
    case 'commander.unknownCommand':
      return new UsageError(`There is no verb "${subject}"${hint} ${help} lists the verbs.`, {
        verb: subject,
      });
    case 'commander.unknownOption':
      return new UsageError(
        `${command.parent ? `${name} has` : 'There is'} no option ${subject}${hint} ${help} lists its options.`,
        {
          option: subject,
        },
      );
    case 'commander.missingArgument':
      return new UsageError(`${name} needs ${missingArguments(command)}; ${help} shows an example.`, {
        argument: subject,
      });
    case 'commander.optionMissingArgument':
      return new UsageError(`${subject.split(' ')[0]} needs a value: ${subject}; ${help} says which.`, {
        option: subject.split(' ')[0],
      });
    case 'commander.missingMandatoryOptionValue':
      return new UsageError(`${name} needs the option ${subject}; ${help} shows an example.`, {
        option: subject,
      });
    case 'commander.excessArguments':
      return new UsageError(tooMany(command, name, help));
    case 'commander.conflictingOption': {
      const [first, second] = [...error.message.matchAll(/'(--[\w-]+)[^']*'/g)].map((match) => match[1]);
      return new UsageError(`${first} and ${second} can't be used together; choose one of them.`);
    }
    default:
      return new UsageError(`${error.message.replace(/^error: /, '')} ${help} shows how it is used.`);
  }
}

function missingArguments(command: Command): string {
  const missing = command.registeredArguments
    .slice(command.args.length)
    .filter((argument) => argument.required);
  return missing.map((argument) => `${argument.name()} (${argument.description})`).join(' and ');
}

function tooMany(command: Command, name: string, help: string): string {
  const most = command.registeredArguments.length;
  const takes = most === 0 ? 'no arguments' : most === 1 ? 'one argument' : `${most} arguments`;
  const extra = command.args.slice(most).map((argument) => `"${argument}"`);
  return `${name} takes ${takes}, so ${extra.join(', ')} is too much; ${help} shows how it is used.`;
}
