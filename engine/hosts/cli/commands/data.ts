// The verbs about data: import, datasets.
import type { ImportOptions } from '../../../contract/dataset.ts';
import { delimiter, oneOf, someText } from '../arguments.ts';
import { type Define, examples } from './common.ts';

export const defineDataVerbs: Define = (program, choose) => {
  program.commandsGroup('Data:');

  const imports = program
    .command('import')
    .summary('make a dataset from a CSV or TSV file')
    .description(
      'Makes a dataset from a CSV or TSV file and reports what was found and which rows were set aside. What is not given is detected.',
    )
    .argument('<FILE>', 'the file to read')
    .option(
      '--name <NAME>',
      "name of the dataset; default: the file's name without its ending",
      someText('--name'),
    )
    .option(
      '--delimiter <CHARACTER>',
      'what stands between the columns: one character, or the word tab',
      delimiter,
    )
    .option('--time-column <COLUMN>', 'column that holds the times', someText('--time-column'))
    .option(
      '--time-format <FORMAT>',
      'strptime format of the times, such as %d.%m.%Y',
      someText('--time-format'),
    )
    .option(
      '--time-zone <ZONE>',
      'IANA zone of times without an offset; default: UTC',
      someText('--time-zone'),
    )
    .option(
      '--series-column <COLUMN>',
      'column whose values name the series (long layout)',
      someText('--series-column'),
    )
    .option(
      '--layout <LAYOUT>',
      'auto, wide (each row is one time) or long (a column names the series)',
      oneOf('--layout', ['auto', 'wide', 'long']),
    )
    .action((file: string, options: ImportOptions & { name?: string }) =>
      choose(async (context) =>
        (await import('../verbs/import.ts')).importFile(context, { file, ...options }),
      ),
    );
  examples(
    imports,
    'hindcast import prices.csv --name prices',
    'hindcast import weather.tsv --delimiter tab --time-format "%d.%m.%Y %H:%M" --time-zone Europe/Berlin',
  );

  const datasets = program
    .command('datasets')
    .summary('list the datasets, or show one')
    .description(
      'Lists the datasets of the workspace, or shows one with its columns, series and import report.',
    )
    .argument('[NAME]', "a dataset's name or number")
    .action((name: string | undefined) =>
      choose(async (context) => (await import('../verbs/datasets.ts')).datasets(context, name)),
    );
  examples(datasets, 'hindcast datasets', 'hindcast datasets sp500');
};
