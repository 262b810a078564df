// The whole command line: parses arguments into an action. Nothing is opened, written or printed here.
import { Command, CommanderError } from 'commander';
import packageJson from '../../../package.json' with { type: 'json' };
import { someText } from './arguments.ts';
import { defineDataVerbs } from './commands/data.ts';
import { defineDoctorVerb } from './commands/doctor.ts';
import { defineInsideVerbs } from './commands/inside.ts';
import { defineLabVerbs } from './commands/labs.ts';
import { definePoolVerbs } from './commands/pool.ts';
import { defineResultVerbs } from './commands/results.ts';
import { defineRunVerbs } from './commands/runs.ts';
import { defineTrainingVerbs } from './commands/training.ts';
import { defineWorkbenchVerbs } from './commands/workbench.ts';
import { defineWorkspaceVerbs } from './commands/workspace-file.ts';
import type { Perform } from './context.ts';
import { UsageError, usageErrorFrom } from './usage.ts';

export type Parsed =
  | { readonly kind: 'print'; readonly text: string }
  | {
      readonly kind: 'perform';
      readonly perform: Perform;
      readonly json: boolean;
      readonly workspace: string | undefined;
    };

const FOOTER = `
Exit codes: 0 success, 1 failure, 2 wrong use, 130 stopped by Ctrl-C (143 by SIGTERM).
\`hindcast VERB --help\` explains a verb. A first run: hindcast train samples/sp500-lstm.json`;

const VERBS = [
  defineWorkbenchVerbs,
  defineDataVerbs,
  defineTrainingVerbs,
  defineRunVerbs,
  defineInsideVerbs,
  defineLabVerbs,
  defineResultVerbs,
  defineDoctorVerb,
  definePoolVerbs,
  defineWorkspaceVerbs,
];

/** Without a verb the workbench opens. */
const isBare = (argv: readonly string[]): boolean =>
  argv.length === 0 ||
  (argv.length === 1 && argv[0]!.startsWith('--workspace=')) ||
  (argv.length === 2 && argv[0] === '--workspace');

/** What the arguments (without node and script) ask for; help is as wide as `width`. Wrong use is a UsageError. */
export function parseArguments(argv: readonly string[], width: number): Parsed {
  let chosen: Perform | undefined;
  let printed = '';
  const program = createProgram(width, (text) => {
    printed += text;
  });
  for (const define of VERBS) {
    define(program, (perform) => {
      chosen = perform;
    });
  }
  for (const command of [program, ...program.commands]) {
    command.exitOverride((error) => {
      // Help and version end the parsing, but they are no errors.
      throw error.exitCode === 0 || error.code === 'commander.help' ? error : usageErrorFrom(error, command);
    });
  }
  try {
    program.parse(isBare(argv) ? ['open', ...argv] : [...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // Commander also prints the help where the verb is missing.
    if (error.code !== 'commander.help' || argv.includes('help')) return { kind: 'print', text: printed };
  }
  if (!chosen) {
    throw new UsageError(
      'A verb is missing, for example `hindcast runs`; `hindcast --help` lists the verbs.',
    );
  }
  const { json = false, workspace } = program.opts<{ json?: boolean; workspace?: string }>();
  return { kind: 'perform', perform: chosen, json, workspace };
}

function createProgram(width: number, write: (text: string) => void): Command {
  const columns = Number.isFinite(width) ? width : 100;
  return new Command('hindcast')
    .description(
      'Hindcast: train recurrent and attention models on sequences, and see why they learn or fail.',
    )
    .usage('VERB [arguments] [options]')
    .helpOption('-h, --help', 'print this help')
    .version(packageJson.version, '-V, --version', 'print the version')
    .helpCommand('help [VERB]', 'print the help of a verb')
    .optionsGroup('Common options:')
    .option(
      '--workspace <FILE>',
      'workspace file; default: HINDCAST_WORKSPACE, else one in the user-data folder',
      someText('--workspace'),
    )
    .option('--json', 'print the result as one JSON value; errors as {"error": ...} on stderr')
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: write,
      writeErr: write,
      outputError: () => {},
      getOutHelpWidth: () => columns,
      getOutHasColors: () => false,
    })
    .addHelpText('after', FOOTER);
}
