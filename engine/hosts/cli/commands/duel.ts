// The verb that compares configurations beyond luck: duel.
import type { Command } from 'commander';
import { DUEL_SEEDS } from '../../../contract/studies/duel.ts';
import { collect, someText, wholeNumber } from '../arguments.ts';
import type { DuelArguments } from '../verbs/duel.ts';
import { type Choose, examples, experimentOptions } from './common.ts';

type DuelOptions = Omit<DuelArguments, 'files'>;

export function defineDuel(program: Command, choose: Choose): void {
  const duel = program
    .command('duel')
    .summary('find out whether one configuration forecasts better than another, beyond luck')
    .description(
      'Trains two or more experiments with the same seeds and compares their errors at every origin of the test part: Diebold-Mariano on errors averaged over the seeds (Harvey, Holm), and a paired bootstrap over seeds and origins. The verdict may be that there is no evidence of a difference.',
    )
    .argument('<EXPERIMENT...>', 'JSON files of two experiments or more', collect(someText('EXPERIMENT')))
    .option(
      '--seeds <N>',
      `matched seeds, from ${DUEL_SEEDS.fewest} to ${DUEL_SEEDS.most}`,
      wholeNumber('--seeds', DUEL_SEEDS.fewest, DUEL_SEEDS.most),
      3,
    );
  experimentOptions(duel, {
    seed: "the first seed, instead of the first file's",
    name: 'name of the study; default: the names of the experiments',
    of: 'all experiments',
  }).action((files: string[], options: DuelOptions) =>
    choose(async (context) => (await import('../verbs/duel.ts')).duel(context, { files, ...options })),
  );
  examples(duel, 'hindcast duel gru.json lstm.json --seeds 5');
}
