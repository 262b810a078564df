// The verbs that start, stop and order runs: train, stop, resume, duplicate, queue.

import type { Command } from 'commander';
import { PLACES, type Place } from '../../../contract/pool/place.ts';
import { MOST_SEEDS } from '../../../contract/studies/study.ts';
import type { RunReference } from '../../../contract/values/ids.ts';
import { PRESETS } from '../../../defaults/presets.ts';
import { oneOf, runReference, seedNumber, someText, wholeNumber } from '../arguments.ts';
import type { TrainArguments } from '../verbs/train.ts';
import { defineBacktest } from './backtest.ts';
import {
  type Choose,
  type Define,
  examples,
  experimentOptions,
  RUN,
  RUN_TEXT,
  TARGET_TEXT,
} from './common.ts';
import { defineDuel } from './duel.ts';
import { defineSweep, defineSweepList } from './sweep.ts';

export const defineTrainingVerbs: Define = (program, choose) => {
  program.commandsGroup('Training:');
  defineTrain(program, choose);
  defineSweep(program, choose);
  defineSweepList(program, choose);
  defineBacktest(program, choose);
  defineDuel(program, choose);

  const models = program
    .command('models')
    .summary('list the models, each with a sentence and its equation')
    .description(
      'Lists the kinds of models that an experiment can name in `model.kind`, with what they are and what they compute.',
    )
    .action(() => choose(async () => (await import('../verbs/models.ts')).models()));
  examples(models, 'hindcast models');

  const stop = program
    .command('stop')
    .summary('stop a run or a study after its current step')
    .description(
      'Takes a waiting run out of the queue, or ends a running one after its current step, with a checkpoint.',
    )
    .argument(RUN, TARGET_TEXT, runReference)
    .option('--no-wait', "ask for the stop and return before the run's checkpoint is made")
    .action((run: RunReference, { wait }: { wait: boolean }) =>
      choose(async (context) => (await import('../verbs/stop.ts')).stop(context, { run, wait })),
    );
  examples(stop, 'hindcast stop 3');

  const resume = program
    .command('resume')
    .summary('resume a stopped, interrupted or failed run, or such runs of a study')
    .description(
      'Puts a run back into the queue; it resumes from its last checkpoint as if it had never ended.',
    )
    .argument(RUN, TARGET_TEXT, runReference)
    .option('--no-watch', 'return at once where another process trains, or train without showing progress')
    .option('--on <PLACE>', 'continue here or on the pool; default: where it was', oneOf('--on', PLACES))
    .action((run: RunReference, options: { watch: boolean; on?: Place }) =>
      choose(async (context) => (await import('../verbs/resume.ts')).resume(context, { run, ...options })),
    );
  examples(resume, 'hindcast resume 3');

  const duplicate = program
    .command('duplicate')
    .summary('train the configuration of a run again')
    .description(
      'Makes a new run with the configuration of another one, with the same seed or a new one, and watches it.',
    )
    .argument(RUN, RUN_TEXT, runReference)
    .option('--seed <N>', 'seed of the new run; default: that of the other', seedNumber)
    .option('--name <NAME>', 'name of the new run', someText('--name'))
    .option('--no-watch', 'return at once where another process trains, or train without showing progress')
    .action((run: RunReference, options: { seed?: number; name?: string; watch: boolean }) =>
      choose(async (context) => (await import('../verbs/resume.ts')).duplicate(context, { run, ...options })),
    );
  examples(duplicate, 'hindcast duplicate 3 --seed 2');

  defineQueue(program, choose);
};

function defineTrain(program: Command, choose: Choose): void {
  const train = program
    .command('train')
    .summary('train the experiment of a JSON file and watch it')
    .description(
      'Starts a run of an experiment file and watches it to its end: progress on stderr, scores on stdout. Sample data that the file names is imported where it is missing. Ctrl-C stops the run after its current step, with a checkpoint; a second Ctrl-C leaves at once. A run on the pool is left to its worker by the first.',
    )
    .argument('<EXPERIMENT>', "the experiment's JSON file", someText('EXPERIMENT'))
    .option(
      '--seeds <N>',
      'a study: a run for each of N seeds, counted from the first, to see how much of a score is luck',
      wholeNumber('--seeds', 1, MOST_SEEDS),
    )
    .option(
      '--preset <NAME>',
      `settings that go together, laid over the file: ${PRESETS.map(({ name }) => name).join(', ')} (docs/defaults.md)`,
      oneOf(
        '--preset',
        PRESETS.map(({ name }) => name),
      ),
    )
    .option('--yes', 'start many runs without asking');
  experimentOptions(train, {
    seed: "seed of the run, instead of the file's",
    name: "name of the run or study; default: the experiment's",
  }).action((file: string, options: Omit<TrainArguments, 'file'>) =>
    choose(async (context) => (await import('../verbs/train.ts')).train(context, { file, ...options })),
  );
  examples(
    train,
    'hindcast train samples/sp500-lstm.json',
    'hindcast train samples/sp500-lstm.json --seeds 3',
    'hindcast train samples/sp500-lstm.json --preset fast-look',
    'hindcast train samples/sp500-lstm.json --seed 2 --set training.epochs=5 --set model.units=64',
  );
}

function defineQueue(program: Command, choose: Choose): void {
  const queue = program
    .command('queue')
    .summary('show or change what trains and what waits')
    .description(
      'Shows the runs that train and those that wait, and changes their order or how many train at once.',
    )
    .option('--limit <N>', 'runs that may train at once, from 1 to 64', wholeNumber('--limit', 1, 64))
    .option(
      '--move <RUN>',
      'a waiting run (or the waiting runs of a study) to put at another position; needs --to',
      runReference,
    )
    .option('--to <N>', 'the position for --move, counted from 1', wholeNumber('--to', 1))
    .action((options: { limit?: number; move?: RunReference; to?: number }) =>
      choose(async (context) => (await import('../verbs/queue.ts')).queue(context, options)),
    );
  examples(queue, 'hindcast queue --limit 2', 'hindcast queue --move 7 --to 1');
}
