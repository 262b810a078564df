// The verbs that show, rename and delete runs: runs, show, compare, rename, delete.

import type { Command } from 'commander';
import { type RunState, RunStateSchema } from '../../../contract/runs/run.ts';
import { EnsembleWaySchema } from '../../../contract/studies/ensemble.ts';
import type { RunReference } from '../../../contract/values/ids.ts';
import { collect, oneOf, runReference, someText, wholeNumber } from '../arguments.ts';
import { UsageError } from '../usage.ts';
import type { EnsembleArguments } from '../verbs/ensemble.ts';
import type { ShowArguments } from '../verbs/show.ts';
import { type Choose, type Define, examples, RUN, RUN_TEXT, TARGET_TEXT } from './common.ts';

/** One of these at a time. */
const VIEWS = [
  { name: 'metrics', option: '--metrics' },
  { name: 'steps', option: '--steps' },
  { name: 'log', option: '--log' },
  { name: 'config', option: '--config' },
  { name: 'byStep', option: '--by-step' },
  { name: 'bySeries', option: '--by-series' },
  { name: 'byOrigin', option: '--by-origin' },
  { name: 'residuals', option: '--residuals' },
  { name: 'intervals', option: '--intervals' },
  { name: 'learning', option: '--learning' },
] as const satisfies readonly { readonly name: keyof Omit<ShowArguments, 'run'>; readonly option: string }[];

const PARTS = ['test', 'validation'] as const;
/** Options of single views, each with the views that take it. */
const OF_VIEWS = {
  part: ['byStep', 'bySeries', 'byOrigin', 'residuals', 'intervals'],
  metric: ['byStep', 'bySeries'],
  top: ['byStep', 'bySeries', 'byOrigin'],
  out: ['learning'],
  force: ['learning'],
} as const satisfies Readonly<
  Partial<Record<keyof Omit<ShowArguments, 'run'>, readonly (keyof Omit<ShowArguments, 'run'>)[]>>
>;

export const defineRunVerbs: Define = (program, choose) => {
  program.commandsGroup('Runs:');

  const runs = program
    .command('runs')
    .summary('list the runs, newest first')
    .description(
      'Lists the runs of the workspace, newest first: state, progress, losses, first score on the test part. A study is one row, with mean and deviation of its scores.',
    )
    .option(
      '--state <STATE>',
      `only runs in this state (${RunStateSchema.options.join(', ')}); may be given several times`,
      collect(oneOf('--state', RunStateSchema.options)),
    )
    .option('--unfold', 'the runs of a study below it, not only the study')
    .option('--limit <N>', 'at most this many; default: 50, with --json all', wholeNumber('--limit', 1))
    .action((options: { state?: readonly RunState[]; limit?: number; unfold?: boolean }) =>
      choose(async (context) => (await import('../verbs/runs.ts')).listRuns(context, options)),
    );
  examples(runs, 'hindcast runs --state running --state queued');

  defineShow(program, choose);

  const compare = program
    .command('compare')
    .summary('put runs side by side')
    .description(
      'Shows what differs between 2 to 10 runs and their test scores beside the baselines; only scores of one protocol are ranked.',
    )
    .argument('<RUN...>', 'numbers or exact names of the runs; a study (s3) stands for all its runs')
    .action((references: string[]) => {
      if (references.length === 1 && /^s\d+$/i.test(references[0] ?? '')) {
        // A study alone is compared with itself: run by run.
      } else if (references.length < 2 || references.length > 10) {
        throw new UsageError(
          `compare takes 2 to 10 runs, but got ${references.length}; for example: hindcast compare 3 4`,
        );
      }
      const list = references.map(runReference);
      choose(async (context) => (await import('../verbs/compare.ts')).compare(context, list));
    });
  examples(compare, 'hindcast compare 3 4 5');

  const rename = program
    .command('rename')
    .summary('give a run or a study another name')
    .description('Gives a run or a study another name; runs that are named after their study follow it.')
    .argument(RUN, TARGET_TEXT, runReference)
    .argument('<NAME>', 'the new name', someText('NAME'))
    .action((run: RunReference, name: string) =>
      choose(async (context) => (await import('../verbs/change.ts')).rename(context, run, name)),
    );
  examples(rename, 'hindcast rename 3 "wider, no dropout"');

  const remove = program
    .command('delete')
    .summary('delete a run or a study for good')
    .description(
      'Deletes a run with its metrics, checkpoints and weights, or a study with all its runs, for good; asks first. An active run has to be stopped before.',
    )
    .argument(RUN, TARGET_TEXT, runReference)
    .option('--yes', 'delete without asking')
    .action((run: RunReference, options: { yes?: boolean }) =>
      choose(async (context) => (await import('../verbs/change.ts')).deleteRun(context, { run, ...options })),
    );
  examples(remove, 'hindcast delete 3 --yes');
};

function defineShow(program: Command, choose: Choose): void {
  const show = program
    .command('show')
    .summary('show one run, study or dataset')
    .description(
      'Shows a study with its runs, a dataset by its name, or a run: state, data, model, scores beside the baselines, weights; or one of the following views.',
    )
    .argument(RUN, TARGET_TEXT, runReference)
    .option('--metrics', 'the metrics of every epoch')
    .option('--steps', 'the metrics of every step')
    .option('--log', 'what happened to the run, in order')
    .option('--config', 'its configuration, as an experiment file')
    .option('--by-step', 'errors by steps ahead, of the model and the baselines')
    .option('--by-series', 'scores of each series, the worst against its best baseline first')
    .option('--by-origin', 'errors of each origin, the worst first, beside the best baseline')
    .option(
      '--residuals',
      'what is left in the errors 1 step ahead, and whether the model copies the last value',
    )
    .option('--intervals', 'how well its intervals are calibrated: coverage, width and CRPS')
    .option('--part <PART>', 'with these five: test (the default) or validation', oneOf('--part', PARTS))
    .option(
      '--learning',
      'what it wrote, or which frames it said, of a few examples after each epoch (runs that write texts or say frames)',
    )
    .option(
      '--out <FOLDER>',
      'with --learning: write the texts as CSV, or the frames as PNG pictures with their MSE, PSNR and SSIM as CSV',
      someText('--out'),
    )
    .option('--force', 'with --out: write into a folder that is not empty')
    .option(
      '--metric <METRIC>',
      'with --by-step and --by-series: another metric than the first of the run',
      someText('--metric'),
    )
    .option(
      '--top <N>',
      'with --by-step, --by-series and --by-origin: lines of the table (default 24)',
      wholeNumber('--top', 1),
    )
    .action((run: RunReference, options: Omit<ShowArguments, 'run'>) => {
      const views = VIEWS.filter(({ name }) => options[name]).map(({ option }) => option);
      refuseIdleOptions(options);
      if (views.length > 1) {
        throw new UsageError(`${views.join(' and ')} can't be used together; choose one of them.`);
      }
      choose(async (context) => (await import('../verbs/show.ts')).show(context, { run, ...options }));
    });
  examples(
    show,
    'hindcast show 3',
    'hindcast show 3 --config > again.json',
    'hindcast show 3 --by-series --top 10 --metric rmse',
    'hindcast show 3 --learning --out learning-3',
  );

  const ensemble = program
    .command('ensemble')
    .summary('put several runs together into one')
    .description(
      'Puts 2 to 10 runs of one protocol together into one, and scores it on the test part beside each run and the baselines: the forecasts of runs that forecast, the probabilities of each next token of runs that translate.',
    )
    .argument('<RUN...>', 'numbers or exact names of the runs; a study (s3) stands for all its runs')
    .option(
      '--way <WAY>',
      'mean; of forecasts also median, or weights: shares that make the squared error on the validation part least',
      oneOf('--way', EnsembleWaySchema.options),
      'mean',
    )
    .option('--out <FILE>', 'write its answers on the test part to this file, as CSV', someText('--out'))
    .option('--force', 'overwrite the file')
    .action((references: string[], options: Omit<EnsembleArguments, 'runs'>) => {
      const runs = references.map(runReference);
      choose(async (context) =>
        (await import('../verbs/ensemble.ts')).ensemble(context, { runs, ...options }),
      );
    });
  examples(
    ensemble,
    'hindcast ensemble 3 4 5',
    'hindcast ensemble s2 --way median',
    'hindcast ensemble 3 7 --way weights --out together.csv',
  );

  const audit = program
    .command('audit')
    .summary('look for leaks of the future into the forecasts of a run')
    .description(
      'Replaces everything after some origins of the test part by noise, fits the pipeline again, and demands the same forecast, bit for bit. Exit code 1 where something leaks.',
    )
    .argument(RUN, RUN_TEXT, runReference)
    .action((run: RunReference) =>
      choose(async (context) => (await import('../verbs/audit.ts')).audit(context, { run })),
    );
  examples(audit, 'hindcast audit 3');
}

/** An option that no chosen view takes would be ignored in silence. */
function refuseIdleOptions(options: Omit<ShowArguments, 'run'>): void {
  for (const [name, views] of Object.entries(OF_VIEWS)) {
    // Keys of the table are options.
    if (options[name as keyof typeof OF_VIEWS] === undefined) continue;
    if (views.some((view) => options[view])) continue;
    const names = VIEWS.filter((view) => views.some((one) => one === view.name)).map(({ option }) => option);
    const either = [names.slice(0, -1).join(', '), names.at(-1)].filter((part) => part !== '').join(' or ');
    throw new UsageError(`--${name} needs ${either}.`, {
      option: `--${name}`,
    });
  }
}
