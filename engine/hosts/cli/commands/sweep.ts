// The verb that searches: sweep.
import type { Command } from 'commander';
import { SEARCH_METHODS, STOPPER_NAMES } from '../../../contract/studies/search.ts';
import { METHOD_CHOICES, STOPPER_CHOICES } from '../../../words/search-options.ts';
import { collect, someText, wholeNumber } from '../arguments.ts';
import { searchChoice } from '../experiment/search-option.ts';
import { parseSpace } from '../experiment/space-option.ts';
import { UsageError } from '../usage.ts';
import type { BudgetArguments, SweepArguments } from '../verbs/sweep.ts';
import { type Choose, examples, experimentOptions, OF_STUDY } from './common.ts';

type SweepOptions = Omit<SweepArguments, 'file'>;

export function defineSweep(program: Command, choose: Choose): void {
  const sweep = program
    .command('sweep')
    .summary('search the best values of some fields of an experiment')
    .description(
      'Trains an experiment again and again with other values of the fields that --space names, chosen from the validation losses so far, and lists the trials best first. A field that only some models or optimizers have is chosen where it exists. Test scores are shown once the sweep has ended or is stopped, so that no choice is made by them. `hindcast resume` continues a sweep that was stopped or interrupted.',
    )
    .argument(
      '<FILE>',
      "an experiment's JSON file, or that of a sweep: its base, space, method, stopper, budget ...",
      someText('FILE'),
    )
    .option(
      '--space <path=range>',
      'values of a field: log:1e-4..1e-1, linear:0..0.5, int:8..64:8, log-int:8..512, step:0..0.5:0.1, or a list: gru,lstm; may be given several times',
      collect(parseSpace),
    )
    .option(
      '--method <METHOD>',
      `how values are chosen: ${SEARCH_METHODS.join(', ')}, with options as in tpe:startup=20,candidates=48 or grid:points=5; default: tpe`,
      searchChoice('--method', METHOD_CHOICES),
    )
    .option(
      '--stopper <STOPPER>',
      `which trials are held early: ${STOPPER_NAMES.join(', ')}; asha resumes the best third at 1, 3, 9 ... epochs (asha:minEpochs=2,factor=4 changes that), median holds what is worse than the trials before`,
      searchChoice('--stopper', STOPPER_CHOICES),
    )
    .option(
      '--objective <METRIC>',
      'what is made least on the validation part: loss, or a metric of the task; default: loss',
      someText('--objective'),
    )
    .option('--runs <N>', 'trials at most, from 1 to 500; default: 20', wholeNumber('--runs', 1, 500))
    .option(
      '--epochs <N>',
      'no trial starts after this many epochs of all together',
      wholeNumber('--epochs', 1),
    )
    .option('--minutes <N>', 'no trial starts after this many minutes of training', minutes)
    .option(
      '--batch <N>',
      'trials that are chosen together, each batch after the one before has ended; default: 1',
      wholeNumber('--batch', 1, 64),
    )
    .option('--refill', 'begin the next trial as soon as one of a batch has ended')
    .option(
      '--repeat <K>',
      'train the best K trials again, each with 3 other seeds, to show the noise',
      wholeNumber('--repeat', 1, 20),
    )
    .option(
      '--search-seed <N>',
      'seed of the choices; default: 1',
      wholeNumber('--search-seed', 0, 2 ** 32 - 1),
    );
  experimentOptions(sweep, OF_STUDY).action((file: string, options: SweepOptions) =>
    choose(async (context) => (await import('../verbs/sweep.ts')).sweep(context, { file, ...options })),
  );
  examples(
    sweep,
    'hindcast sweep samples/sp500-lstm.json --space training.optimizer.learningRate=log:1e-4..1e-1 --space model.units=int:8..64:8 --runs 20',
    'hindcast sweep samples/co2-sweep.json',
    'hindcast sweep samples/sp500-lstm.json --space model.kind=gru,lstm --space model.dropout=linear:0..0.5 --method halton --batch 4',
  );
}

export function defineSweepList(program: Command, choose: Choose): void {
  program
    .command('sweeps')
    .summary('list the sweeps, newest first')
    .description(
      'Lists the sweeps of the workspace: trials made, best result, time left. `hindcast show s3` shows one.',
    )
    .action(() => choose(async (context) => (await import('../verbs/sweep.ts')).listSweeps(context)));
  const budget = program
    .command('budget')
    .summary('change the budget of a sweep, also while it runs')
    .description(
      'Changes how many trials, epochs or minutes a sweep may use. One that has ended continues with `hindcast resume`.',
    )
    .argument('<SWEEP>', 'the number (s3) or the exact name of the sweep', someText('SWEEP'))
    .option('--runs <N>', 'trials at most, from 1 to 500', wholeNumber('--runs', 1, 500))
    .option('--epochs <N>', 'epochs of all trials together', wholeNumber('--epochs', 1))
    .option('--minutes <N>', 'minutes of training of all trials together', minutes)
    .action((study: string, options: Omit<BudgetArguments, 'study'>) =>
      choose(async (context) =>
        (await import('../verbs/sweep.ts')).changeBudget(context, { study, ...options }),
      ),
    );
  examples(budget, 'hindcast budget s3 --runs 40', 'hindcast budget s3 --minutes 120');
}

function minutes(text: string): number {
  const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (value > 0) return value;
  throw new UsageError(`--minutes takes a number above 0, but "${text}" was given.`, { option: '--minutes' });
}
