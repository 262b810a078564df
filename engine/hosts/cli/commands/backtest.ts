// The verbs that test an experiment at several times of the past, and look at its folds: backtest, folds.
import type { Command } from 'commander';
import { EnsembleWaySchema } from '../../../contract/studies/ensemble.ts';
import { BACKTEST_WINDOWS, MOST_FOLDS } from '../../../defaults/backtest.ts';
import { oneOf, someText, studyReference, wholeNumber } from '../arguments.ts';
import type { BacktestArguments } from '../verbs/backtest.ts';
import type { FoldsArguments } from '../verbs/folds.ts';
import { type Choose, examples, experimentOptions, OF_STUDY } from './common.ts';

type BacktestOptions = Omit<BacktestArguments, 'file'>;

const rows = (option: string) => wholeNumber(option, 1);

export function defineBacktest(program: Command, choose: Choose): void {
  const backtest = program
    .command('backtest')
    .summary('train and test an experiment at several times of the past')
    .description(
      "Trains the experiment once for each fold, on the rows before the fold's test rows, and says mean and deviation of the test scores over the folds. The parts replace the split of the experiment; the last fold ends with the data unless rows are given.",
    )
    .argument('<EXPERIMENT>', "the experiment's JSON file", someText('EXPERIMENT'))
    .option('--folds <N>', `folds, from 2 to ${MOST_FOLDS}`, wholeNumber('--folds', 2, MOST_FOLDS), 5)
    .option('--test <ROWS>', 'rows that each fold tests on; default: together three tenths', rows('--test'))
    .option('--validation <ROWS>', 'rows that each fold stops by; default: a tenth', rows('--validation'))
    .option('--train <ROWS>', 'rows that the first fold learns on; default: all before', rows('--train'))
    .option(
      '--window <WINDOW>',
      'expanding: each fold learns on all rows before; sliding: on as many as the first one',
      oneOf('--window', BACKTEST_WINDOWS),
      'expanding',
    )
    .option('--embargo <ROWS>', 'rows between the parts that are in none', wholeNumber('--embargo', 0), 0)
    .option(
      '--refit-every <FOLDS>',
      'one model tests this many folds before the next is trained',
      wholeNumber('--refit-every', 1, MOST_FOLDS - 1),
      1,
    );
  experimentOptions(backtest, OF_STUDY).action((file: string, options: BacktestOptions) =>
    choose(async (context) => (await import('../verbs/backtest.ts')).backtest(context, { file, ...options })),
  );
  examples(
    backtest,
    'hindcast backtest samples/co2-lstm.json --folds 5',
    'hindcast backtest samples/sp500-lstm.json --folds 8 --window sliding --train 2000 --embargo 5',
  );
  defineFolds(program, choose);
}

function defineFolds(program: Command, choose: Choose): void {
  const folds = program
    .command('folds')
    .summary('look at the folds of backtests, put together and with intervals')
    .description(
      'Shows the test score of each fold of one or more backtests. The forecasts of several backtests of the same folds (other models or seeds) are put together fold by fold. From the second fold on, the errors of the folds before calibrate intervals of 90 % (split-conformal): INSIDE is the share of true values that they hold.',
    )
    .argument('<STUDY...>', 'numbers (s3) or exact names of backtests')
    .option(
      '--way <WAY>',
      'mean, median, or weights: shares that make the squared error on the validation part of the fold least',
      oneOf('--way', EnsembleWaySchema.options),
      'mean',
    )
    .option('--metric <METRIC>', 'another metric than the first of the task', someText('--metric'))
    .action((references: string[], options: Omit<FoldsArguments, 'studies'>) => {
      const studies = references.map(studyReference);
      choose(async (context) => (await import('../verbs/folds.ts')).folds(context, { studies, ...options }));
    });
  examples(folds, 'hindcast folds s3', 'hindcast folds s3 s4 --way weights --metric rmse');
}
