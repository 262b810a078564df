// The verbs about data: import and refresh (import.ts), datasets, delete-dataset, and those that look into one.
import type { Command } from 'commander';
import { type AnalysisName, AnalysisNameSchema } from '../../../contract/datasets/explore.ts';
import type { DatasetReference } from '../../../contract/values/ids.ts';
import { datasetReference, oneOf, someText, texts, wholeNumber } from '../arguments.ts';
import type { ProfileArguments } from '../verbs/profile.ts';
import type { RowsArguments } from '../verbs/rows.ts';
import type { SetAsideArguments } from '../verbs/set-aside.ts';
import { DATASET_TEXT, type Define, examples } from './common.ts';
import { defineImportVerbs } from './import.ts';
import { defineSamplesVerb } from './samples.ts';

const seriesOption = (command: Command): Command =>
  command.option('--series <NAME>', 'another series than the first one', someText('--series'));

/** A verb that writes a file. */
const outOptions = (command: Command, kind: string): Command =>
  command
    .requiredOption('--out <FILE>', `the ${kind} file to write`, someText('--out'))
    .option('--force', 'replace an existing file');

export const defineDataVerbs: Define = (program, choose) => {
  program.commandsGroup('Data:');
  defineImportVerbs(program, choose);
  defineSamplesVerb(program, choose);

  /** A verb about one dataset. */
  const about = (verb: string, summary: string, description: string): Command =>
    program
      .command(verb)
      .summary(summary)
      .description(description)
      .argument('<DATASET>', DATASET_TEXT, datasetReference);

  const explore = seriesOption(
    about(
      'explore',
      'analyse a series of a dataset',
      'Shows an analysis of a series: correlogram (autocorrelations), periodogram (periods), stationarity (ADF and KPSS in words), correlation (of columns, and which leads), profiles (by hour, weekday, month), decomposition (trend and season, STL), scatter (of two columns, or one and itself later) or categories (counts).',
    ).argument(
      '<ANALYSIS>',
      AnalysisNameSchema.options.join(', '),
      oneOf('ANALYSIS', AnalysisNameSchema.options),
    ),
  )
    .option(
      '--columns <COLUMNS>',
      'columns, separated by commas; default: the first 20 of numbers',
      texts('--columns'),
    )
    .option(
      '--period <ROWS>',
      'of decomposition: rows of a cycle; default: by the times',
      wholeNumber('--period', 2, 100_000),
    )
    .option(
      '--lag <ROWS>',
      'of scatter: rows by which the second column is read later',
      wholeNumber('--lag', 0, 1_000_000),
    )
    .option('--zone <ZONE>', 'of profiles: IANA zone of the clock; default: UTC', someText('--zone'))
    .action(
      (
        dataset: DatasetReference,
        analysis: AnalysisName,
        options: { series?: string; columns?: string[]; period?: number; lag?: number; zone?: string },
      ) =>
        choose(async (context) =>
          (await import('../verbs/explore.ts')).explore(context, { dataset, analysis, ...options }),
        ),
    );
  examples(
    explore,
    'hindcast explore sp500 stationarity',
    'hindcast explore power profiles --columns kWh',
    'hindcast explore power scatter --columns temperature,kWh --lag 24',
  );

  const rows = seriesOption(
    about(
      'rows',
      'show rows of a dataset',
      'Shows rows of a series, all or those that a filter keeps, from a time on.',
    ),
  )
    .option(
      '--filter <CONDITIONS>',
      'conditions joined by "and", such as "load > 100 and wind is missing"',
      someText('--filter'),
    )
    .option(
      '--at <TIME>',
      'the first row at this time or after it, UTC: 2024-05 or 2024-05-01T12:00',
      someText('--at'),
    )
    .option('--count <ROWS>', 'rows to show; default: 40', wholeNumber('--count', 1, 1_000))
    .action((dataset: DatasetReference, options: Omit<RowsArguments, 'dataset'>) =>
      choose(async (context) => (await import('../verbs/rows.ts')).rows(context, { dataset, ...options })),
    );
  examples(
    rows,
    'hindcast rows sp500 --at 2008-09',
    'hindcast rows power --filter "kWh > 9 and temperature is missing"',
  );

  const profile = outOptions(
    about(
      'profile',
      'write the profile of a dataset',
      'Writes a profile of a series as one HTML file: findings, statistics, charts, autocorrelations, profiles, correlations and categories.',
    ),
    'HTML',
  );
  seriesOption(profile).action((dataset: DatasetReference, options: Omit<ProfileArguments, 'dataset'>) =>
    choose(async (context) =>
      (await import('../verbs/profile.ts')).profile(context, { dataset, ...options }),
    ),
  );
  examples(profile, 'hindcast profile power --out power.html');

  const setAside = outOptions(
    about(
      'set-aside',
      'write the rows that an import set aside',
      'Writes all rows of a dataset that its import set aside into a CSV file: line, column, reason and the raw text.',
    ),
    'CSV',
  )
    .option(
      '--no-guard-formulas',
      'leave CSV cells as they are; else a text that begins with = + - or @ gets an apostrophe before, so that no spreadsheet runs it',
    )
    .action((dataset: DatasetReference, options: Omit<SetAsideArguments, 'dataset'>) =>
      choose(async (context) =>
        (await import('../verbs/set-aside.ts')).setAside(context, { dataset, ...options }),
      ),
    );
  examples(setAside, 'hindcast set-aside prices --out refused.csv');

  const sql = about(
    'sql',
    'ask a dataset in SQL',
    'Answers a statement of SQL (DuckDB) on a copy of the dataset: a table data with the columns time, series and those of the dataset. Nothing is changed.',
  )
    .argument('<STATEMENT>', 'such as "SELECT series, max(close) FROM data GROUP BY series"')
    .action((dataset: DatasetReference, statement: string) =>
      choose(async (context) => (await import('../verbs/sql.ts')).sql(context, { dataset, sql: statement })),
    );
  examples(
    sql,
    `hindcast sql sp500 "SELECT year(time) AS year, avg(close) FROM data GROUP BY year ORDER BY year"`,
  );

  const datasets = program
    .command('datasets')
    .summary('list the datasets, or show one')
    .description(
      'Lists the datasets of the workspace, or shows one with its columns, series and import report.',
    )
    .argument('[DATASET]', DATASET_TEXT, datasetReference)
    .action((dataset: DatasetReference | undefined) =>
      choose(async (context) => (await import('../verbs/datasets.ts')).datasets(context, dataset)),
    );
  examples(datasets, 'hindcast datasets', 'hindcast datasets sp500');

  const remove = about(
    'delete-dataset',
    'delete a dataset for good',
    'Deletes a dataset with all its versions, for good; asks first. The file it was imported from stays. Refused while runs use it, unless they are to go with it.',
  )
    .option('--with-runs', 'delete the runs that use it too')
    .option('--yes', 'delete without asking')
    .action((dataset: DatasetReference, options: { withRuns?: boolean; yes?: boolean }) =>
      choose(async (context) =>
        (await import('../verbs/delete-dataset.ts')).deleteDataset(context, { dataset, ...options }),
      ),
    );
  examples(remove, 'hindcast delete-dataset sp500', 'hindcast delete-dataset sp500 --with-runs --yes');
};
