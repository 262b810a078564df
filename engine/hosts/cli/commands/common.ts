// The parts that the definitions of all verbs share.
import type { Command } from 'commander';
import { PLACES } from '../../../contract/pool/place.ts';
import { collect, oneOf, seedNumber, someText } from '../arguments.ts';
import type { Perform } from '../context.ts';
import { parseSetting } from '../experiment/set-values.ts';

/** Takes what the command line asks for; it is performed after parsing. Verbs are imported only then, since starting must be quick. */
export type Choose = (perform: Perform) => void;

export type Define = (program: Command, choose: Choose) => void;

export const RUN = '<RUN>';
export const RUN_TEXT = "the run's number or its exact name";
export const DATASET_TEXT = "the dataset's number or its exact name";
export const TARGET_TEXT = 'the number or the exact name of a run (3) or a study (s3)';

interface ExperimentOptionTexts {
  readonly seed: string;
  readonly name: string;
  /** What a setting changes. */
  readonly of?: string;
}

/** What every verb that trains an experiment file may change of it: --seed, --set and --name. */
export function experimentOptions(
  command: Command,
  { seed, name, of = 'the experiment' }: ExperimentOptionTexts,
): Command {
  return command
    .option('--seed <N>', seed, seedNumber)
    .option(
      '--set <path=value>',
      `change a field of ${of}, value as JSON or text; may be given several times`,
      collect(parseSetting),
    )
    .option('--name <NAME>', name, someText('--name'))
    .option('--on <PLACE>', ON_TEXT, oneOf('--on', PLACES));
}

/** Of everything that starts runs. */
export const ON_TEXT = 'where it is trained: here, or by the workers of the pool; default: here';

export const OF_STUDY: ExperimentOptionTexts = {
  seed: "seed of the training, instead of the file's",
  name: "name of the study; default: the experiment's",
};

/** Examples at the end of a verb's help. */
export function examples(command: Command, ...lines: string[]): Command {
  const title = lines.length === 1 ? 'Example:' : 'Examples:';
  return command.addHelpText('after', `\n${title}\n${lines.map((line) => `  ${line}`).join('\n')}`);
}
