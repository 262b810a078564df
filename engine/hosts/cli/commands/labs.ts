// The verb of the labs: lab.
import { LAB_NAMES, type LabName } from '../../../contract/labs.ts';
import { LAB_WORDS } from '../../../words/labs/registry.ts';
import { oneOf, someText } from '../arguments.ts';
import type { LabArguments } from '../verbs/lab.ts';
import { type Define, examples } from './common.ts';

export const defineLabVerbs: Define = (program, choose) => {
  program.commandsGroup('Learning:');
  const command = program
    .command('lab')
    .summary('guess, then measure: small experiments about sequence models')
    .description(
      'Runs a lab: a small experiment of less than a minute that asks for a guess first. Its result is kept in the workspace. Without a name the labs are listed.',
    )
    .argument('[LAB]', `one of ${LAB_NAMES.join(', ')}`, oneOf('LAB', LAB_NAMES))
    .option('--guess <ID>', 'your guess; on a terminal it is asked for', someText('--guess'))
    .option('--dataset <DATASET>', 'with your own data: a dataset of the workspace', someText('--dataset'))
    .option('--target <COLUMN>', 'and a numeric column of it', someText('--target'))
    .option('--series <NAME>', 'and a series instead of the first', someText('--series'))
    .option('--quick', 'smaller data and fewer steps; the outcome may be another one')
    .option('--results', 'list the results that are kept instead')
    .option('--out <FILE>', 'also write the figures to a .csv or .json file', someText('--out'))
    .option('--force', 'overwrite the file')
    .action((lab: LabName | undefined, options: Omit<LabArguments, 'lab'>) =>
      choose(async (context) => {
        const verbs = await import('../verbs/lab.ts');
        return verbs.lab(context, { lab, ...options });
      }),
    );
  command.addHelpText('after', `\nLabs:\n${labLines()}`);
  examples(command, 'hindcast lab fading', 'hindcast lab gates --dataset weather --target temperature');
};

const labLines = (): string =>
  LAB_NAMES.map((name) => `  ${name.padEnd(11)}${LAB_WORDS[name].title}: ${LAB_WORDS[name].summary}`).join(
    '\n',
  );
